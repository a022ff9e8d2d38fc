import { describe, expect, it } from "vitest";
import type { DigestAlgorithm } from "../../language/index.ts";
import { answerChallenge, parseDigests, responseOf } from "../trunks/digest.ts";
import { createChallenges } from "../trunks/nonces.ts";

describe("responses (RFC 2617 3.5, RFC 7616 3.9.1)", () => {
  const mufasa = { user: "Mufasa", method: "GET", uri: "/dir/index.html" };
  const later = {
    ...mufasa,
    realm: "http-auth@example.org",
    password: "Circle of Life",
    nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    qop: { nc: "00000001", cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ" },
  };
  it.each<[DigestAlgorithm, Omit<Parameters<typeof responseOf>[0], "algorithm">, string]>([
    [
      "MD5",
      {
        ...mufasa,
        realm: "testrealm@host.com",
        password: "Circle Of Life",
        nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093",
        qop: { nc: "00000001", cnonce: "0a4f113b" },
      },
      "6629fae49393a05397450978507c4ef1",
    ],
    ["MD5", later, "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256", later, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
  ])("%s %#", (algorithm, proof, response) => expect(responseOf({ ...proof, algorithm })).toBe(response));
});

describe("header values", () => {
  it.each<[string, string, [string, string][][]]>([
    [
      "one",
      'Digest realm="a", nonce="b"',
      [
        [
          ["realm", "a"],
          ["nonce", "b"],
        ],
      ],
    ],
    [
      "another case and spacing",
      'DIGEST\tRealm = "a" ,NONCE=b',
      [
        [
          ["realm", "a"],
          ["nonce", "b"],
        ],
      ],
    ],
    ["commas, equal signs and quotes in quotes", 'Digest realm="a, \\"b\\"=c"', [[["realm", 'a, "b"=c']]]],
    [
      "two joined",
      'Digest realm="a", Digest realm="b", nonce="c"',
      [
        [["realm", "a"]],
        [
          ["realm", "b"],
          ["nonce", "c"],
        ],
      ],
    ],
    [
      "another scheme between them",
      'Digest realm="a", Basic realm="x", Digest realm="b"',
      [[["realm", "a"]], [["realm", "b"]]],
    ],
    ["the first of two of a name holds", "Digest realm=a, realm=b", [[["realm", "a"]]]],
    ["an open quote", 'Digest realm="a, nonce="b"', [[["realm", 'a, nonce="b']]]],
    [
      "names of objects",
      'Digest __proto__="a", constructor="b"',
      [
        [
          ["__proto__", "a"],
          ["constructor", "b"],
        ],
      ],
    ],
    ["nothing", "", []],
    ["nonsense", ", ,=,Digest", []],
    ["too long", `Digest realm="${"x".repeat(5000)}"`, []],
  ])("%s", (_what, value, expected) => {
    const read = parseDigests(value).map((params) => [...params]);
    expect(read).toEqual(expected);
  });
});

describe("what answers a challenge", () => {
  const proving = { user: "hotel", password: "12345678", method: "REGISTER", uri: "sip:carrier.example" };
  const offer = (algorithm: string, more = ""): string => `Digest realm="r", nonce="n", algorithm=${algorithm}${more}`;
  it.each([
    ["MD5 where nothing is said", 'Digest realm="r", nonce="n"', undefined],
    ["the strongest of two", `${offer("MD5")}, ${offer("SHA-256")}`, "SHA-256"],
    ["what is understood", `${offer("SHA-512-256")}, ${offer("MD5-sess")}, ${offer("MD5")}`, "MD5"],
    ["qop=auth among others", offer("MD5", ', qop="auth-int,auth"'), "MD5"],
  ])("%s", (_what, header, algorithm) => {
    const [answer] = parseDigests(answerChallenge(header, proving));
    expect(answer?.get("algorithm")).toBe(algorithm);
    expect(answer?.get("response")).toHaveLength(algorithm === "SHA-256" ? 64 : 32);
    expect(answer?.get("qop")).toBe(header.includes("qop") ? "auth" : undefined);
  });

  it.each([
    ["no challenge", undefined],
    ["another scheme", 'Basic realm="r"'],
    ["no nonce", 'Digest realm="r"'],
    ["only qop=auth-int", offer("MD5", ', qop="auth-int"')],
    ["only unknown algorithms", offer("SHA-512-256")],
  ])("not %s", (_what, header) => expect(answerChallenge(header, proving)).toBeUndefined());
});

describe("our nonces", () => {
  const both = ["SHA-256", "MD5"] as const;
  let nowMs = 1_700_000_000_000;
  const challenges = createChallenges(() => nowMs);
  const account = { realm: "here", password: "right password", algorithms: both };
  const request = { method: "INVITE", uri: "sip:+34910@cordboard.example" };
  const proving = { user: "hotel", password: account.password, ...request };
  const ask = (which: DigestAlgorithm, realm = "here"): string =>
    challenges.challenge(realm, both, false).find((line) => line.includes(`algorithm=${which}`)) ?? "";
  const show = (header: string, odd: Partial<typeof proving> = {}) =>
    parseDigests(answerChallenge(header, { ...proving, ...odd }))[0] ?? new Map<string, string>();

  it.each(["MD5", "SHA-256"] as const)("%s: right, once", (algorithm) => {
    const shown = show(ask(algorithm));
    expect(challenges.judge(shown, request, account)).toBe("right");
    expect(challenges.judge(shown, request, account)).toBe("stale"); // the same count again is a replay
  });

  it("a nonce serves again with a higher count, and no lower one", () => {
    const shown = show(ask("SHA-256"));
    const again = (nc: string) => {
      const said = Object.fromEntries(shown) as Record<string, string>;
      const { nonce = "", cnonce = "" } = said;
      const qop = { nc, cnonce };
      const response = responseOf({ ...proving, algorithm: "SHA-256", realm: "here", nonce, qop });
      return challenges.judge(new Map(Object.entries({ ...said, nc, response })), request, account);
    };
    expect(["00000003", "00000002", "00000003", "0000000a", "ffffffff", "junk"].map(again)).toEqual([
      "right",
      "stale",
      "stale",
      "right",
      "right",
      "stale",
    ]);
  });

  it("without qop a nonce serves once", () => {
    const shown = show(ask("MD5").replace(', qop="auth"', ""));
    expect(shown.has("nc")).toBe(false);
    expect([0, 1].map(() => challenges.judge(shown, request, account))).toEqual(["right", "stale"]);
  });

  it("is stale after five minutes, which is told to who knows the password only", () => {
    const header = ask("MD5");
    nowMs += 300_001;
    expect(challenges.judge(show(header), request, account)).toBe("stale");
    expect(challenges.judge(show(header, { password: "guess" }), request, account)).toBe("wrong");
    expect(challenges.challenge("here", both, true)[0]).toMatch(/^Digest realm="here", .*, stale=true$/);
  });

  it.each<[string, () => ReadonlyMap<string, string>, string]>([
    ["another password", () => show(ask("MD5"), { password: "guess" }), "wrong"],
    ["another method", () => show(ask("MD5"), { method: "REGISTER" }), "wrong"],
    ["for another number", () => show(ask("MD5"), { uri: "sip:+881@cordboard.example" }), "wrong"],
    [
      "for the same number through a proxy",
      () => show(ask("MD5"), { uri: "sip:+34910@cordboard.example:5070;x" }),
      "right",
    ],
    [
      "a nonce of our own for another realm",
      () => show(ask("MD5", "elsewhere").replace("elsewhere", "here")),
      "foreign",
    ],
    ["a nonce of somebody else", () => show('Digest realm="here", nonce="abc"'), "foreign"],
    ["a nonce of our own with something behind it", () => show(ask("MD5").replace(/nonce="[^"]*/, "$&.x")), "foreign"],
    ["a nonce of tomorrow", () => show(ask("MD5").replace(/nonce="[^.]*/, 'nonce="zzzzzzzz')), "foreign"],
    ["an algorithm of its own", () => new Map([...show(ask("MD5")), ["algorithm", "NONE"]]), "foreign"],
    ["nothing at all", () => new Map(), "foreign"],
  ])("%s", (_what, shown, judgement) => expect(challenges.judge(shown(), request, account)).toBe(judgement));

  it("an algorithm that he may not use is wrong", () => {
    expect(challenges.judge(show(ask("MD5")), request, { ...account, algorithms: ["SHA-256"] })).toBe("wrong");
  });

  it("nobody of that name is as wrong as a wrong password", () => {
    expect(challenges.judge(show(ask("MD5")), request, undefined)).toBe("wrong");
  });

  it("remembers ten thousand, and what it has forgotten is stale", () => {
    const crowded = createChallenges(() => nowMs);
    const [first = new Map(), unused = new Map()] = crowded.challenge("here", both, false).map((line) => show(line));
    expect(crowded.judge(first, request, account)).toBe("right");
    nowMs += 1;
    for (let at = 0; at < 10_000; at++) {
      const [next = ""] = crowded.challenge("here", both, false);
      expect(crowded.judge(show(next), request, account)).toBe("right");
    }
    expect(crowded.judge(first, request, account)).toBe("stale");
    expect(crowded.judge(unused, request, account)).toBe("stale");
  });
});
