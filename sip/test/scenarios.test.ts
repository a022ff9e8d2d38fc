/** Rows of the features and races of RFC 3261, played by SIPp to `cordboard run`: a file each in `scenarios/`, several at once. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folder, type Line, type Running, running } from "../../cli/test/command.ts";
import { writeWav } from "../media/index.ts";
import { until } from "./calls-rig.ts";
import { PORT, type Peer, type Row, readRows } from "./peers/rows.ts";
import { sipp, type SippRun } from "./peers/sipp.ts";
import { peerSuite } from "./peers/suite.ts";

/** Addresses of loopback that no other run has, where no port is taken. */
const network = `127.${1 + (process.pid % 250)}.${Math.floor(process.pid / 250) % 250}`;
const rows = readRows(join(import.meta.dirname, "scenarios"), network);

const HOUSE = `
site: { name: rows, zone: Europe/Madrid, country: ES }
defaults: { wrap_up: 0s, cool_down: 0s }
agents: { nobody: { extension: "9" } }
`;

peerSuite("rows, by SIPp alone (row 2.1)", ["sipp"], () => {
  let site: ReturnType<typeof folder>;
  let run: Running;
  let portsAtRest = 0;

  beforeAll(async () => {
    site = folder(Object.assign({ "directory/house.yaml": HOUSE }, ...rows.map(({ files }) => files)));
    mkdirSync(join(site.path, "directory/prompts"));
    for (const prompt of ["welcome", "calm"])
      writeFileSync(join(site.path, "directory/prompts", `${prompt}.wav`), writeWav(new Int16Array(1_600).fill(900)));
    process.env["ROWS_PASSWORD"] = "correct-horse";
    process.env["ROWS_TOKEN"] = "open sesame";
    run = await running(site.path, ["--sip", "udp:127.0.0.1:0,tcp:127.0.0.1:0", "--log-level", "silent"]);
    portsAtRest = run.udpPorts();
  });
  afterAll(async () => {
    await run.stop();
    site.remove();
  });

  /** What should have been told of each call, and was not. */
  const untold = (row: Row, since: number): object[] => {
    const calls = [...eventsOf(row, since).values()];
    if (calls.length === 0) return row.told;
    const happened = (wanted: object, event: Line): boolean =>
      Object.entries(wanted).every(([field, value]) => String(event[field]) === value);
    return calls.flatMap((events) => {
      let from = 0;
      const missing = row.told.filter((wanted) => {
        const at = events.findIndex((event, index) => index >= from && happened(wanted, event));
        from = Math.max(from, at + 1);
        return at === -1;
      });
      return missing.map((wanted) => ({ wanted, told: events }));
    });
  };

  const eventsOf = (row: Row, since: number): Map<string | undefined, Line[]> => {
    const all = run.events().filter(({ seq }) => seq > since);
    const from = all.filter(({ type, trunk }) => type === "call.arrived" && row.trunk === trunk);
    return new Map(from.map(({ call }) => [call, all.filter((each) => each.call === call)]));
  };

  describe.concurrent("each", () => {
    test.each(rows.map((row) => [row.name, row] as const))("%s", { timeout: 40_000 }, async (_name, row) => {
      const since = run.events().at(-1)?.seq ?? -1;
      const started: SippRun[] = [];
      const play = async (peer: Peer, more: { remote?: string; service?: string } = {}): Promise<SippRun> => {
        const one = await sipp({ ...peer, ...more, port: PORT, rate: 10, timeoutSeconds: 15 });
        started.push(one);
        return one;
      };
      try {
        await Promise.all(row.phones.map((phone) => play(phone)));
        for (const { service, ...peer } of row.callers)
          await play(peer, { remote: peer.transport === "t1" ? run.tcp : run.sip, service });
        for (const { when, path } of row.posts) {
          const find = (): string | undefined =>
            [...eventsOf(row, since)].find(([, events]) => events.some(({ type }) => type === when))?.[0];
          await until(() => find() !== undefined);
          expect((await run.post(path.replace("CALL", find() ?? ""))).ok).toBe(true);
        }
        // Where messages are lost a phone may hear a BYE before the ACK that it waits for, and SIPp knows no such thing.
        const judged = row.phones.some(({ lost }) => lost > 0) ? started.slice(row.phones.length) : started;
        const ended = await Promise.all(judged.map((one) => one.ended));
        expect(ended.filter(({ code }) => code !== 0).map(({ errors }) => errors)).toEqual([]);
        if (row.told.length > 0)
          await until(() => untold(row, since).length === 0).catch(() => expect(untold(row, since)).toEqual([]));
      } finally {
        await Promise.all(started.map((one) => one.stop()));
      }
    });
  });

  test("nothing is left of them", async () => {
    await expect.poll(() => run.get<unknown[]>("/api/calls")).toEqual([]);
    await expect.poll(() => run.udpPorts()).toBe(portsAtRest);
    expect(await run.stop()).toMatchObject({ code: 0 });
  });
});
