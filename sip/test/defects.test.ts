import { afterEach, expect, test } from "vitest";
import { createSignalling, type Signalling, type SipDialog, statusOf } from "../dialog/srf.ts";
import { type Endpoint, startEndpoint } from "../endpoint/index.ts";
import { startRig } from "./calls-rig.ts";

/* A mistake of ours in what drachtio-srf calls is told, costs the one who met it, and nobody else. */

const SDP = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", "m=audio 9 RTP/AVP 8", ""].join(
  "\r\n",
);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function side(tell?: (defect: unknown) => void): Promise<{ srf: Signalling; at: string }> {
  const endpoint: Endpoint = await startEndpoint({ listen: ["udp:127.0.0.1:0"], secret: "s" });
  closing.push(() => endpoint.stop());
  const srf = createSignalling(tell);
  srf.connect({ ...endpoint.app, secret: "s" });
  closing.push(() => srf.disconnect());
  await new Promise<void>((resolve) => srf.on("connect", () => resolve()));
  return { srf, at: endpoint.listen[0]!.slice("udp:".length) };
}

/** Ours, with what it has told, and a peer that calls it. */
async function pair() {
  const defects: string[] = [];
  const ours = await side((defect) => defects.push(String(defect)));
  const peer = await side();
  const ask = (method: string): Promise<number> =>
    new Promise((resolve, reject) =>
      peer.srf.request(`sip:a@${ours.at}`, { method }, (error, request) =>
        request ? request.on("response", ({ status }) => resolve(status)) : reject(error),
      ),
    );
  const call = (from: Signalling, to: string): Promise<SipDialog> =>
    new Promise((resolve, reject) => {
      const progress = { cbRequest: () => undefined, cbProvisional: () => undefined };
      from.createUAC({ uri: `sip:a@${to}`, headers: {}, localSdp: SDP }, progress, (error, dialog) =>
        dialog ? resolve(dialog) : reject(error),
      );
    });
  const within = (dialog: SipDialog, method: string): Promise<number | undefined> =>
    new Promise((resolve) =>
      dialog.request({ method, body: SDP }, (error, response) => resolve(response?.status ?? statusOf(error))),
    );
  return { ours: ours.srf, peer: peer.srf, defects, ask, within, call: () => call(peer.srf, ours.at), at: peer.at };
}

test("the listener of a request outside dialogs: 500, and the next one is served", async () => {
  const { ours, ask, defects } = await pair();
  let asked = 0;
  ours.use("options", (_request, reply) => {
    if (asked++ === 0) throw new Error("at options");
    reply.send(200);
  });
  expect([await ask("OPTIONS"), await ask("OPTIONS")]).toEqual([500, 200]);
  expect(defects).toEqual(["Error: at options"]);
});

test("one that has answered already has answered", async () => {
  const { ours, ask, defects } = await pair();
  ours.use("message", (_request, reply) => {
    reply.send(202);
    throw new Error("after the answer");
  });
  expect(await ask("MESSAGE")).toBe(202);
  expect(defects).toEqual(["Error: after the answer"]);
});

test("the listeners of a dialog: a re-INVITE gets 500, a BYE its 200, and another call goes on", async () => {
  const { ours, defects, call, within } = await pair();
  ours.use("invite", (request, reply) =>
    ours.createUAS(request, reply, { localSdp: SDP }, (_error, dialog) => {
      let modified = 0;
      dialog?.on("modify", (_request, answer) => {
        if (modified++ === 0) throw new Error("at modify");
        answer.send(200, { body: SDP });
      });
      dialog?.on("destroy", () => {
        throw new Error("at destroy");
      });
    }),
  );
  const [first, second] = [await call(), await call()];
  expect([await within(first, "INVITE"), await within(first, "INVITE")]).toEqual([500, 200]);
  expect(defects).toEqual(["Error: at modify"]);
  await new Promise<void>((resolve) => first.destroy({}, () => resolve()));
  expect(defects).toEqual(["Error: at modify", "Error: at destroy"]);
  expect(await within(second, "INVITE")).toBe(500);
});

test("a callback: what the endpoint says next is heard, once", async () => {
  const { ours, peer, defects, at } = await pair();
  const heard: number[] = [];
  peer.use("options", (request, reply) => reply.send(request.uri.includes("b@") ? 202 : 200));
  const ask = (user: string, answered: (status: number) => void): void =>
    ours.request(`sip:${user}@${at}`, { method: "OPTIONS" }, (_error, request) =>
      request?.on("response", ({ status }) => answered(status)),
    );
  ask("a", (status) => {
    heard.push(status);
    throw new Error("at a response");
  });
  await expect.poll(() => heard).toEqual([200]);
  ask("b", (status) => heard.push(status));
  await expect.poll(() => heard.at(-1)).toBe(202);
  expect(heard).toEqual([200, 202]);
  expect(defects).toEqual(["Error: at a response"]);
});

test("work for a call: it ends, and another goes on", async () => {
  const defects: unknown[] = [];
  const rig = await startRig({}, {}, { defect: (thrown) => defects.push(thrown) });
  closing.push(() => rig.stop());
  const [{ call }, another] = [await rig.caller(), await rig.caller()];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the engine never says
  rig.perform({ type: "say", call, task: 1 } as never);
  expect(await rig.next("call.gone")).toMatchObject({ call, reason: "defect" });
  expect(defects).toHaveLength(1);
  expect(another.phone.calls[0]?.state).toBe("talking");
});
