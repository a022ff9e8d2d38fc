import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { startHost, until } from "../../runtime/test/loopback.ts";
import { startPhone, writeWav } from "../../sip/index.ts";
import { startRawPhone } from "../../sip/test/raw-phone.ts";
import { answerChallenge } from "../../sip/trunks/digest.ts";
import { folder, type Running, running } from "./command.ts";

/* Row 0.26: each secret of a run is used, and then everything that the run has written or said is looked through for all of them. */

const secrets = {
  SECRECY_PHONE: "phone-Wq83nfLb21",
  SECRECY_CARRIER: "carrier-Zt55mxKd90",
  SECRECY_TRUNK: "trunk-Hp17vcRs64",
  SECRECY_CRM: "crm-Bn42ykTg38",
  SECRECY_BOT: "bot-Lm90qzXj15",
  SECRECY_HOOK: "hook-Fd66wrPv72",
  SECRECY_PIN: "73914682",
  CORDBOARD_TOKEN: "api-Cs29hgNw84-Uy61tkQe03",
};
const card = "4929518273640951";

const directory = (host: string, carrier: number): string => `directory: 1
site: { name: secrecy, zone: Europe/Madrid, country: ES }
agents: { ana: { extension: "6001" } }
devices: { ana: { user: "6001", password: { env: SECRECY_PHONE } } }
trunks:
  carrier:
    to: "sip:127.0.0.1:${carrier}"
    trusted: yes
    outbound: { user: hotel, password: { env: SECRECY_CARRIER }, token: { header: X-Token, env: SECRECY_TRUNK } }
mailboxes: { own: { owner: agent ana, access: "*98", pin: { env: SECRECY_PIN } } }
hosts:
  crm: { url: "${host}", trusted: yes, token: { env: SECRECY_CRM } }
  bots: { url: "${host}", trusted: yes, token: { header: X-Bot-Key, env: SECRECY_BOT } }
bots: { helper: { host: bots, path: /bot } }
webhooks: { ops: { url: "${host}/hook", secret: { env: SECRECY_HOOK } } }
`;

const strategy = `strategy "secrecy" {
  entry "5000"
  default route to agent ana
  secret call.data.card
  answer
  set call.data.card = collect 16 digits prompt "card" within 10s else ""
  fetch GET crm "/customer" with { card: call.data.card } within 2s
  ask bot helper {
    give up after 10s
    on done, transfer { note "bot {outcome}" }
    on failed, silent, give_up { note "no bot" }
  }
  note "has paid"
  dial "+34910603165" via trunk carrier {
    uui "00" json { card: call.data.card }
  }
}
`;

/** As they are, and as they could be wrapped. */
const forms = (value: string): string[] => [
  value,
  Buffer.from(value).toString("base64").replace(/=+$/, ""),
  Buffer.from(value).toString("hex"),
];

function filesIn(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  return all.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

afterEach(() => vi.unstubAllEnvs());

test("row 0.26: no log, event, journal, webhook or answer of the API holds a secret", {
  timeout: 90_000,
}, async () => {
  for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value);
  const host = await startHost((response, { url }) => {
    const answers: Record<string, unknown> = { "/bot": [{ type: "event", name: "hangup" }] };
    response.setHeader("content-type", "application/json").end(JSON.stringify(answers[url ?? ""] ?? {}));
  });
  const challenge = 'WWW-Authenticate: Digest realm="carrier", nonce="n", algorithm=MD5, qop="auth"';
  const carrier = await startRawPhone(({ method, text, reply }) => {
    if (method === "ACK") return;
    if (method === "INVITE" && !/^Authorization:/im.test(text))
      return reply("401 Unauthorized", { headers: [challenge] });
    reply(method === "INVITE" ? "503 Service Unavailable" : "200 OK");
  });
  const site = folder({ "a.strategy": strategy, "directory.yaml": directory(host.url, carrier.port) });
  mkdirSync(join(site.path, "prompts"));
  writeFileSync(join(site.path, "prompts/card.wav"), writeWav(new Int16Array(800)));
  const journal = join(site.path, "journal");
  const run = await running(site.path, ["--journal", journal, "--log-level", "debug"]);
  const caller = await startPhone({ user: "+34600000001" });
  const said: string[] = [];

  // A phone that has to prove itself, once with what is wrong.
  for (const password of ["wrong-password", secrets.SECRECY_PHONE]) said.push(...(await registers(run, password)));
  expect(said.filter((text) => text.startsWith("SIP/2.0 200"))).toHaveLength(1);

  // A mailbox behind a PIN.
  const listens = caller.call(`sip:*98@${run.sip}`);
  await listens.reached("talking");
  for (const key of secrets.SECRECY_PIN) listens.press(key);
  await listens.reached("ended", 30_000);
  const visit = await run.event(({ type, disposition }) => type === "call.ended" && disposition === "hung_up");
  const told = run.events().filter(({ type, call }) => call === visit["call"] && type !== "call.measured");
  expect(told.map(({ type }) => type)).toEqual(["call.arrived", "call.answered", "mailbox.opened", "call.ended"]);

  // A card, hosts and a bot that are shown tokens, a carrier that asks for a password.
  const call = caller.call(`sip:5000@${run.sip}`);
  await run.event(({ type }) => type === "treatment.started");
  for (const key of card) call.press(key);
  await run.event(({ type, text }) => type === "call.noted" && text === "has paid", 30_000);
  said.push(...(await answersOf(run)));
  await until(() => carrier.received.some((text) => /^Authorization:/im.test(text)));
  call.hangUp();
  const { call: paid } = await run.event(({ type, call: id }) => type === "call.ended" && id !== visit["call"]);
  said.push(...(await answersOf(run)));
  await until(() =>
    host.asked.some(({ url, body }) => url === "/hook" && body.includes(`"call.ended","call":"${paid}"`)),
  );

  // All of them were used.
  const asked = (path: string) => host.asked.find(({ url }) => url?.startsWith(path))?.headers;
  expect(asked("/customer")?.authorization).toBe(`Bearer ${secrets.SECRECY_CRM}`);
  expect(asked("/bot")?.["x-bot-key"]).toBe(secrets.SECRECY_BOT);
  const left = carrier.received.find((text) => /^Authorization:/im.test(text)) ?? "";
  expect(left).toContain(`X-Token: ${secrets.SECRECY_TRUNK}`);
  expect(forms(card).some((form) => left.includes(form))).toBe(true);
  expect(run.events().find(({ type }) => type === "digits.collected")).toBeDefined();

  said.push(
    ...host.asked.filter(({ url }) => url === "/hook").map(({ body, headers }) => body + JSON.stringify(headers)),
  );
  said.push(
    run
      .events()
      .map((line) => JSON.stringify(line))
      .join("\n"),
  );
  const { stdout, stderr } = await run.stop();
  said.push(stdout, stderr);
  const written = filesIn(journal);
  expect(written.length).toBeGreaterThan(0);
  said.push(...written.map((file) => readFileSync(file, "latin1")));
  const found = [...Object.entries(secrets), ["card", card] as const].flatMap(([name, value]) =>
    said
      .filter((text) => forms(value).some((form) => text.includes(form)))
      .map((text) => `${name}: ${around(text, value)}`),
  );
  expect(found).toEqual([]);

  await Promise.all([caller.stop(), carrier.stop(), host.close()]);
  site.remove();
});

/** Where it stands. */
function around(text: string, value: string): string {
  const at = Math.max(0, ...forms(value).map((form) => text.indexOf(form)));
  return text.slice(Math.max(0, at - 200), at + 100);
}

/** What the registrar says to a phone with this password. */
async function registers(run: Running, password: string): Promise<string[]> {
  const phone = await startRawPhone(() => undefined);
  const uri = `sip:${run.sip}`;
  const ask = (cseq: number, more: string): void => {
    const lines = [
      `REGISTER ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${phone.port};branch=z9hG4bK${cseq}x${phone.port}`,
      `From: <sip:6001@${run.sip}>;tag=t`,
      `To: <sip:6001@${run.sip}>`,
      `Call-ID: secrecy-${phone.port}`,
      `CSeq: ${cseq} REGISTER`,
      `Contact: <sip:6001@127.0.0.1:${phone.port}>`,
      "Max-Forwards: 70",
      ...(more ? [more] : []),
      "Content-Length: 0",
    ];
    phone.send(`${lines.join("\r\n")}\r\n\r\n`, Number(run.sip.split(":")[1]));
  };
  ask(1, "");
  await until(() => phone.received.length === 1);
  const header = /^WWW-Authenticate: (.*)$/im.exec(phone.received[0] ?? "")?.[1]?.trim();
  ask(2, `Authorization: ${answerChallenge(header, { user: "6001", password, method: "REGISTER", uri })}`);
  await until(() => phone.received.length === 2);
  await phone.stop();
  return phone.received;
}

/** All that the API says to who may ask, and to who may not. */
async function answersOf({ http }: Running): Promise<string[]> {
  const authorization = `Bearer ${secrets.CORDBOARD_TOKEN}`;
  const ask = async (path: string, headers: Record<string, string>): Promise<string> => {
    const response = await fetch(`http://${http}${path}`, { headers });
    return `${path} ${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`;
  };
  const { paths } = (await (await fetch(`http://${http}/api/openapi.json`)).json()) as {
    paths: Record<string, object>;
  };
  const calls = (await (await fetch(`http://${http}/api/calls`, { headers: { authorization } })).json()) as {
    id: string;
  }[];
  const readable = Object.entries(paths).flatMap(([path, methods]) => ("get" in methods ? [path] : []));
  const asked = readable.flatMap((path) => {
    if (path === "/api/events") return [];
    if (!path.includes("{")) return [path];
    return path.startsWith("/api/calls/{id}")
      ? calls.map(({ id }) => path.replace("{id}", id))
      : [path.replace(/\{\w+\}/, "ana")];
  });
  expect(asked).toContain("/api/calls");
  const answers = await Promise.all(asked.flatMap((path) => [ask(path, { authorization }), ask(path, {})]));
  return answers;
}
