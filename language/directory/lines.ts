import type { Diagnostic } from "../diagnostic.ts";
import { normalise } from "../phone.ts";
import type { Directory } from "./directory.ts";
import { credentialName, userName } from "./kinds.ts";
import type { Raw } from "./schema.ts";
import type { Found } from "./shape.ts";
import { takenBy } from "./taken.ts";
import { saysNothing, type Say, sayInto } from "./say.ts";
import { sameNameTwice } from "./node.ts";

type Trunk = NonNullable<Raw["trunks"]>[number];
type Mailbox = NonNullable<Raw["mailboxes"]>[number];

/** Trunks, phones, mailboxes and bots must be able to do what they are for. */
export function checkLines(raw: Raw, directory: Directory, diagnostics: Diagnostic[]): void {
  const say = sayInto(diagnostics);
  for (const trunk of raw.trunks ?? []) checkTrunk(trunk, say);
  checkWays(raw, directory, diagnostics);
  checkPbx(raw, say);
  checkPhones(raw, directory, say);
  checkExtensions(raw, directory, say);
  for (const mailbox of raw.mailboxes ?? []) checkMailbox(mailbox, say);
  checkFlags(raw, directory, diagnostics);
  for (const { name, value } of raw.bots ?? []) {
    if (!value.trunk || !value.host) continue;
    say(
      "error",
      "D126",
      value.host.place,
      `bot \`${name}\` is either on a trunk or at a host`,
      "leave one of the two out",
    );
  }
  for (const { value } of raw.sites ?? []) {
    if (!value.every || value.every.value <= 5000) continue;
    const message = "a wait older than 5 s is not used, so most of the time it would be unknown";
    say("warning", "D130", value.every.place, message, "write `5s` or less");
  }
}

function checkTrunk({ name, place, value }: Trunk, say: Say): void {
  const { inbound, outbound, caller_id: callerId } = value;
  if (saysNothing(value, "to") && !inbound) {
    say("error", "D114", place, `trunk \`${name}\` does not say where it leads`, 'write `to: "sip:host"`');
  }
  for (const [key, half] of [
    ["inbound", inbound],
    ["outbound", outbound],
  ] as const) {
    if (!half || "user" in half === "password" in half) continue;
    const missing = "user" in half ? "password" : "user";
    say(
      "error",
      "D126",
      half.user?.place ?? place,
      `\`${key}\` of trunk \`${name}\` has no \`${missing}\``,
      "a user name and a password go together",
    );
  }
  const needsUser = (found: Found<unknown> | undefined, what: string): void => {
    if (!found || (outbound && "user" in outbound)) return;
    const message = `trunk \`${name}\` ${what} without a user name`;
    say("error", "D126", found.place, message, "write its `user` and `password`");
  };
  needsUser(outbound?.register?.value ? outbound.register : undefined, "cannot register");
  needsUser(outbound?.realm, "has nothing to prove itself with in a realm");
  if (outbound?.user && !credentialName.test(outbound.user.value)) {
    say("warning", "D130", outbound.user.place, "many carriers take user names of 4 to 32 letters and digits only");
  }
  if (callerId?.show?.value === "own" && !("own" in callerId)) {
    say("error", "D126", callerId.show.place, `trunk \`${name}\` has no number of its own`, "write `own` beside it");
  }
}

/** Calls leave only where something leads; strategies call trunks and their groups alike. */
function checkWays(raw: Raw, directory: Directory, diagnostics: Diagnostic[]): void {
  for (const { name, place } of raw.trunk_groups ?? []) {
    const trunk = raw.trunks?.find((one) => one.name === name);
    if (trunk) diagnostics.push(sameNameTwice(name, place, trunk.place));
  }
  const outbound = (raw.defaults?.outbound ?? []).flatMap((one) => ("name" in one ? one.value : [one]));
  for (const found of outbound) {
    const trunk = Object.hasOwn(directory.trunks, found.value) ? directory.trunks[found.value] : undefined;
    if (trunk?.to.length !== 0 || trunk.inbound.user !== undefined) continue;
    sayInto(diagnostics)(
      "error",
      "D114",
      found.place,
      `trunk \`${found.value}\` only brings calls`,
      'write its `to: "sip:host"`',
    );
  }
}

/** Phones without a device of their own are on the first. */
function checkPbx({ trunks = [] }: Raw, say: Say): void {
  const pbxs = trunks.filter((trunk) => trunk.value.roles?.some((role) => role.value === "pbx"));
  const [first, second] = pbxs;
  if (!first || !second) return;
  const message = `\`${first.name}\` is the \`pbx\` already: agents without a device are on it, not on \`${second.name}\``;
  say("warning", "D123", second.place, message);
}

function checkPhones(raw: Raw, directory: Directory, say: Say): void {
  for (const agent of raw.agents ?? []) {
    const device = directory.devices[directory.agents[agent.name]?.device ?? ""];
    if (!device || userName.test(device.user)) continue;
    const message = `\`${device.user}\` cannot be the user name of a phone, and agent \`${agent.name}\` has no extension`;
    say("error", "D116", agent.place, message, "write its `extension`");
  }
}

function checkExtensions(raw: Raw, directory: Directory, say: Say): void {
  const holders = new Map<string, string>();
  for (const { name, value } of raw.agents ?? []) {
    if (!value.extension) continue;
    const phone = normalise(value.extension.value, directory.site.country);
    const holder = holders.get(phone);
    if (holder === undefined) holders.set(phone, name);
    else {
      const message = `\`${value.extension.value}\` is the extension of \`${holder}\` already, who gets the calls to it`;
      say("warning", "D124", value.extension.place, message);
    }
  }
}

/** A number turns one flag, unless a mailbox is heard there. Mailboxes may share one: the PIN says which. */
function checkFlags(raw: Raw, directory: Directory, diagnostics: Diagnostic[]): void {
  for (const { name, value } of raw.flags ?? []) {
    const taken = value.dial && takenBy(value.dial.value, directory);
    if (!value.dial || !taken || (taken.noun === "flag" && taken.name === name)) continue;
    const message = `\`${value.dial.value}\` ${taken.use} already, and flag \`${name}\` is never turned by it`;
    const [first] = ((taken.noun === "flag" ? raw.flags : raw.mailboxes) ?? []).filter(
      (one) => one.name === taken.name,
    );
    diagnostics.push({
      code: "D131",
      severity: "warning",
      message,
      ...value.dial.place,
      hint: "give one of the two another number",
      ...(first && { related: [{ ...first.place, message: `the ${taken.noun}` }] }),
    });
  }
}

/** Either another system keeps it, and then it must be said where; or we do, and then nothing else is to be said. */
function checkMailbox({ name, place, value }: Mailbox, say: Say): void {
  if ("on" in value) {
    if (!("deposit" in value)) {
      say(
        "error",
        "D126",
        place,
        `mailbox \`${name}\` does not say at which number messages are left`,
        'write its `deposit: "NUMBER"`',
      );
    }
    const ours = (["pin", "greeting", "at_most"] as const).filter((one) => one in value);
    for (const one of ours)
      say("error", "D126", place, `\`${one}\` of mailbox \`${name}\` is up to who keeps it`, `leave \`${one}\` out`);
    return;
  }
  const elsewhere = value.deposit ?? value.subscribe_as;
  if (!elsewhere) return;
  say(
    "error",
    "D126",
    elsewhere.place,
    `mailbox \`${name}\` does not say on which system it is`,
    "write its `on: TRUNK`, or leave this out",
  );
}
