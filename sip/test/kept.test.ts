import { afterEach, expect, it } from "vitest";
import type { Event } from "../../runtime/index.ts";
import type { Board, LiveCall } from "../call.ts";
import { keepCallers } from "../caller/kept.ts";
import { createSignalling } from "../dialog/srf.ts";
import { connectSignalling } from "../dialog/connect.ts";
import { startEndpoint } from "../endpoint/index.ts";
import { silent } from "../log.ts";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a kept caller no more is looked at
const kept = (of: Pick<LiveCall, "id" | "returning">): LiveCall => of as LiveCall;

it("a caller whose media fail keeps nobody who came after him from being found again", async () => {
  const told: Event[] = [];
  const deliver: Board["deliver"] = (event) => void told.push(event);
  const board: Pick<Board, "deliver"> = { deliver };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nor of a board
  const callers = keepCallers(board as Board, []);
  const failed = callers.receive(kept({ id: "A", returning: Promise.reject(new Error("no media")) }), true);
  const after = ["B", "C"].map((id) => callers.receive(kept({ id }), false));
  await expect(failed).rejects.toThrow("no media");
  await Promise.all(after);
  expect(told).toEqual(["B", "C"].map((call) => ({ type: "call.returned", call })));
});

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

it.each([true, false])("an endpoint says whether it keeps calls: %s", async (keep) => {
  const endpoint = await startEndpoint({ listen: ["udp:127.0.0.1:0"], secret: "s", keep });
  closing.push(() => endpoint.stop());
  const drachtio = { ...endpoint.app, secret: "s" };
  const connection = await connectSignalling({
    signalling: createSignalling(),
    drachtio,
    log: silent,
    lost: () => undefined,
  });
  closing.push(() => connection.close());
  expect(connection.keepsCalls).toBe(keep);
});

it("legs that were left get their BYE by name, of callers, answered as far as the journal goes or not, and of their parties, whoever has taken up the others", () => {
  const asked: unknown[] = [];
  const signalling = { request: (uri: string, options: object) => void asked.push([uri, options]) };
  const board = { signalling, log: silent, deliver: () => undefined };
  const call = { from: "1", to: "5000", trunk: undefined, conversation: undefined };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a board no more is looked at
  const callers = keepCallers(board as unknown as Board, [
    { ...call, id: "A", answered: true, dialog: "a", legs: ["p", "q"] },
    { ...call, id: "B", answered: false, dialog: "b", legs: ["r"] },
    { ...call, id: "C", answered: true, dialog: undefined, legs: undefined },
  ]);
  callers.release();
  const bye = (stackDialogId: string) => [
    "sip:placeholder",
    expect.objectContaining({ method: "BYE", stackDialogId, headers: { Reason: expect.stringContaining("nobody") } }),
  ];
  expect(asked).toEqual(["a", "p", "q", "b", "r"].map(bye));
});

it("two who talk on are there until the endpoint says that it is over, or the engine ends it", () => {
  const told: Event[] = [];
  const asked: string[] = [];
  const board = {
    signalling: { request: (_uri: string, { stackDialogId }: { stackDialogId: string }) => asked.push(stackDialogId) },
    deliver: (event: Event) => void told.push(event),
  };
  const away = { from: "1", to: "5000", trunk: undefined, conversation: undefined, answered: true };
  const of = (id: string) => ({ ...away, id, dialog: `${id};from-tag=t`, legs: [`${id}-leg`] });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a board no more is looked at
  const callers = keepCallers(board as unknown as Board, ["A", "B", "C"].map(of));
  const notify = (id: string, state: string, stackTxnId = "kept-1"): boolean => {
    const headers: Record<string, string> = { From: "<sip:x@y>;tag=t", "Call-ID": id, "Subscription-State": state };
    const get = (name: string) => headers[name];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nor of a request
    return callers.hear({ stackTxnId, get } as unknown as Parameters<typeof callers.hear>[0]);
  };
  expect([notify("A", "active"), notify("B", "active"), notify("C", "active", "of a stranger")]).toEqual([
    true,
    true,
    false,
  ]);
  callers.close();
  expect(told).toEqual([{ type: "call.gone", call: "C", reason: "not found again" }]);
  expect(notify("A", "terminated", "of a stranger")).toBe(false);
  notify("A", "terminated;reason=noresource");
  notify("A", "terminated;reason=noresource");
  expect(told.slice(1)).toEqual([{ type: "call.gone", call: "A", reason: "hung up" }]);
  callers.perform({ type: "silence", call: "B", task: 1 });
  expect(asked).toEqual([]);
  callers.perform({ type: "hangup", call: "B" });
  notify("B", "terminated");
  expect(asked).toEqual(["B;from-tag=t", "B-leg"]);
  expect(told).toHaveLength(2);
});
