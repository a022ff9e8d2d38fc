import { createHmac } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import type { EventRecord } from "../records.ts";
import { createWebhooks } from "../node/index.ts";
import { type Asked, type LoopbackHost, startHost, until } from "./loopback.ts";

/* Event records on their way to whom the directory names (features.md rows 4.6 to 4.8). */

let hosts: LoopbackHost[] = [];
afterEach(async () => {
  for (const host of hosts) await host.close();
  hosts = [];
});

/** A receiver that replies with these codes in turn, and then with 204. */
async function receiver(...codes: number[]): Promise<LoopbackHost> {
  const host = await startHost((response) => {
    response.statusCode = codes.shift() ?? 204;
    response.end();
  });
  hosts.push(host);
  return host;
}

const note = (seq: number): EventRecord => ({ type: "call.noted", call: "A", text: `n${seq}`, at: 1000, seq });
const state: EventRecord = { type: "trunk.state", trunk: "pbx", up: false, at: 1000, seq: 9 };

function sending(hook: { url: string; failover?: string; events?: string[]; secret?: { env: string } }) {
  const lost: string[] = [];
  const webhooks = createWebhooks({
    run: "run",
    webhooks: () => ({ ops: { id: "ops", events: [], ...hook } }),
    line: (record) => JSON.stringify(record),
    secret: (reference) => ("env" in reference && reference.env === "HOOK" ? "s3cret" : undefined),
    failed: (id, count, reason) => lost.push(`${id} ${count} ${reason}`),
    restMs: 5,
  });
  return { webhooks, lost };
}

const seqs = ({ asked }: LoopbackHost): number[] => asked.map(({ body }) => (JSON.parse(body) as EventRecord).seq);
const header = (asked: Asked | undefined, name: string) => asked?.headers[name];

test("row 4.6: records arrive in their order, each tried until it is taken", async () => {
  const host = await receiver(500, 204, 302, 503, 200);
  const { webhooks, lost } = sending({ url: `${host.url}/hook` });
  for (const seq of [1, 2, 3]) webhooks.see(note(seq));
  await until(() => host.asked.length === 6);
  await webhooks.stop();
  expect(seqs(host)).toEqual([1, 1, 2, 2, 2, 3]);
  expect(lost).toEqual([]);
});

test("row 4.7: after two failed tries the failover gets the same record under the same id; the next begins anew", async () => {
  const [first, second] = [await receiver(500, 500), await receiver()];
  const { webhooks } = sending({ url: first.url, failover: second.url });
  webhooks.see(note(1));
  webhooks.see(note(2));
  await until(() => first.asked.length === 3);
  await webhooks.stop();
  expect([seqs(first), seqs(second)]).toEqual([[1, 1, 2], [1]]);
  const ids = [...first.asked, ...second.asked].map((asked) => header(asked, "cordboard-id"));
  expect(ids).toEqual(["run-1", "run-1", "run-2", "run-1"]);
});

test("row 4.8: the body is the record, signed, with its type and the version beside it", async () => {
  const host = await receiver();
  const { webhooks } = sending({ url: host.url, secret: { env: "HOOK" } });
  webhooks.see(note(1));
  await until(() => host.asked.length === 1);
  await webhooks.stop();
  const [asked] = host.asked;
  expect(JSON.parse(asked?.body ?? "")).toEqual(note(1));
  expect(asked).toMatchObject({
    method: "POST",
    headers: {
      "content-type": "application/json",
      "cordboard-event": "call.noted",
      "cordboard-version": "1",
      "cordboard-signature": `sha256=${createHmac("sha256", "s3cret")
        .update(asked?.body ?? "")
        .digest("hex")}`,
    },
  });
});

test("only the records that are asked for", async () => {
  const host = await receiver();
  const { webhooks } = sending({ url: host.url, events: ["trunk.*", "call.ended"] });
  for (const record of [note(1), state, note(2)]) webhooks.see(record);
  await until(() => host.asked.length === 1);
  await webhooks.stop();
  expect(seqs(host)).toEqual([9]);
});

test("what nobody takes is given up and told; without its secret nothing is sent", async () => {
  const host = await receiver(...Array.from({ length: 8 }, () => 503));
  const down = sending({ url: host.url });
  down.webhooks.see(note(1));
  down.webhooks.see(note(2));
  await until(() => host.asked.length === 9);
  await down.webhooks.stop();
  expect(down.lost).toEqual(["ops 1 it replied 503"]);
  const unsigned = sending({ url: host.url, secret: { env: "NOTHING" } });
  unsigned.webhooks.see(note(3));
  await until(() => unsigned.lost.length > 0);
  expect(unsigned.lost).toEqual(["ops 1 its secret cannot be had"]);
  expect(seqs(host)).not.toContain(3);
});

test("at the end what waits is sent for a moment, and the rest is told", async () => {
  const silent = await startHost(() => undefined);
  hosts.push(silent);
  const { webhooks, lost } = sending({ url: silent.url });
  webhooks.see(note(1));
  webhooks.see(note(2));
  await webhooks.stop();
  expect(lost).toEqual(["ops 2 the run has ended"]);
});
