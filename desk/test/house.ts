import { afterAll, beforeAll, beforeEach } from "vitest";
import type { DeskOptions } from "../index.ts";
import { type Answer, ask } from "./client.ts";
import { type DeskPlace, type House, openDesk } from "./place.ts";

/* A house in which everybody has a token of his own, and what its people ask of the API. */

export const tokens = {
  run: "run-0123456789abcdef0123",
  ana: "ana-0123456789abcdef0123",
  ben: "ben-0123456789abcdef0123",
  sue: "sue-0123456789abcdef0123",
};
export type Name = keyof typeof tokens;

export const house: House = {
  secrets: { ANA: tokens.ana, BEN: tokens.ben, SUE: tokens.sue, SHORT: "short" },
  strategy: `strategy "s" {
  entry "5000", "6000", "7000"
  default route to group Sales
  secret call.data.card
  if call.to == "6000" { preview to group Sales for 20s { showing { topic: call.data.topic } on accepted(w) { ring w for 10s } } hangup }
  if call.to == "7000" { preview to group Sales for 8s { one by one, at most 2 people on accepted(w) { ring w for 10s } } hangup }
  answer
  queue Q { showing { topic: call.data.topic }  at 0s group Sales  give up after 10m }
}`,
  directory: `directory: 1
site: { name: shop, zone: UTC, country: ES, languages: [en, es] }
defaults: { wrap_up: 1m, outbound: { "+34*": [pstn] } }
trunks: { pstn: { to: "sip:gw.example" } }
states: { lunch: { class: not_ready, label: { en: Lunch, es: Comida } }, training: { class: ready, label: { en: Training } } }
groups: { Sales: { members: [ana, ben] } }
agents:
  ana: { name: Ana, extension: "1001", may: [redirect, record], login: { token: { env: ANA } } }
  ben: { name: Ben, extension: "1002", login: { token: { env: BEN } } }
  sue: { name: Sue, extension: "1003", supervisor: yes, login: { token: { env: SUE } } }
  max: { name: Max, extension: "1004", login: { token: { env: SHORT } } }
  maxi: { name: max, extension: "1005" }
flags: { storm: { default: no }, lunch_break: { default: no, who: [agent ana] }, night: { default: yes, who: [group Sales, supervisor] } }
desk: { languages: [en, es], states: [lunch], hotkeys: { accept: F9 }, help_url: "https://help.example/desk" }
`,
};

/** Opened before the tests of a file, and emptied before each: ana, ben and sue are ready. */
export function openHouse(options: Partial<DeskOptions> = {}): HouseAtWork {
  let place: DeskPlace;
  beforeAll(async () => {
    const allowance = { atOnce: 100_000, aSecond: 1 };
    place = await openDesk({ token: tokens.run, allowance, ...options }, {}, house);
  });
  afterAll(() => place.desk.stop());
  beforeEach(() => {
    place.renew();
    for (const agent of ["ana", "ben", "sue"]) place.tell({ type: "agent.claimed", agent, source: "registration" });
  });
  const at: HouseAtWork["at"] = (who, method, path, body) =>
    ask(place.desk.address, method, path, {
      headers: {
        authorization: `Bearer ${tokens[who]}`,
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  const calls: HouseAtWork["calls"] = (call, to = "5000") => {
    place.tell({ type: "call.arrived", call, from: "+34600000001", to, data: { topic: "cards", card: "4111" } });
    if (to === "5000") place.tell({ type: "call.answered", call });
  };
  return {
    place: () => place,
    at,
    read: async (who, path) => JSON.parse((await at(who, "GET", path)).body),
    calls,
    talks(call) {
      calls(call);
      place.tell({ type: "offer.answered", call, offer: `${call}/1` });
      place.tell({ type: "call.connected", call, offer: `${call}/1` });
    },
  };
}

interface HouseAtWork {
  place(): DeskPlace;
  at(who: Name, method: string, path: string, body?: object): Promise<Answer>;
  read<T>(who: Name, path: string): Promise<T>;
  calls(call: string, to?: string): void;
  /** Ana, who has been idle longest, takes it. */
  talks(call: string): void;
}
