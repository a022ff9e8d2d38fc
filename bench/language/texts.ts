/*
 * Texts of a wanted length, made of what strategies are made of; the same text every time. `subset` keeps to what all three
 * parsers read, `whole` has the language from calendars to traffic and is clean against `directory`.
 */

const skills = ["billing", "service", "loans", "general"];
const groups = ["Reception", "Backoffice", "Accounts", "Tier2"];
const prompts = ["welcome", "busy", "sorry", "all-away", "leave-message"];

type Unit = (index: number, pick: (from: readonly string[], shift?: number) => string) => string;

function linesOf(unit: Unit, atLeast: number): string {
  const lines: string[] = [];
  for (let index = 0; lines.length < atLeast; index++) {
    const pick = (from: readonly string[], shift = 0): string => from[(index + shift) % from.length] ?? "";
    lines.push(...unit(index, pick).split("\n"));
  }
  return `${lines.join("\n")}\n`;
}

const number = (index: number): string => `7${String(index).padStart(4, "0")}`;

export const subset = (atLeast: number): string =>
  linesOf(
    (index, pick) => `# line ${index}: who calls is known by number
strategy "line ${index}" {
  entry "${number(index)}00".."${number(index)}49", "${number(index)}5"
  default route to group ${pick(groups)}

  let owner = agent_at(call.to)
  let level = if call.data.tier == "gold" then ${(index % 5) + 5} else 4
  if owner is found and owner.state != offline {
    ring owner for 20s {
      on no_answer, busy, rejected, unreachable { note "owner missed: {outcome}, after {call.waited}" }
    }
  } else if level >= 9 or call.waited > 5m {
    note "nobody at {call.to}"
  } else {
    set call.data.reason = "unknown"
  }
  answer
  match call.data.topic ?? "none" {
    "loans", "billing" -> { play "${pick(prompts)}-{call.data.topic}" else "${pick(prompts, 1)}" }
    else               -> { play "${pick(prompts, 2)}" }
  }
  set call.data.topic = "${pick(skills)}"
  queue Line${index} {
    priority ${40 + (index % 20)} rising 5 every 30s up to 80
    choose by best_skill(${pick(skills)}) then longest_idle
    ring for 18s
    showing { topic: call.data.topic, waited: call.waited, parts: [1, 2.5, "three"] }
    at 0s     agents with ${pick(skills)} >= 7 and language(lang) >= 6
    at 30s    add agents with ${pick(skills)} >= 4 and not ${pick(skills, 1)} > (2 + 1) * 2
    at 1m30s  add group ${pick(groups, 1)} when ready(group ${pick(groups, 1)}) > 2 - -1
    give up after 8m
    while waiting {
      once { play "${pick(prompts)}" }
      music "moh/calm" for 25s
      if ewt(this) < 10m { play "${pick(prompts, 1)}" } else { play "busy" }
      music "moh/calm" for 40s
    }
    on nobody { play "nobody" }
    on give_up { play "sorry" }
  }
  voicemail to mailbox of group ${pick(groups)}
  hangup
}
`,
    atLeast,
  );

export const whole = (atLeast: number): string =>
  linesOf(
    (index, pick) => `# line ${index}: hours, a bot in front, people by skill, a callback
calendar hours_${index} zone "Europe/Madrid" {
  open mon..fri 08:00..20:00
  open sat 09:00..14:00, 16:00..18:00
  holiday 2026-12-25 yearly "christmas"
  holiday 2026-12-24 "christmas eve" hours 09:00..13:00
}

sub offer_${index}(phone) {
  collect 1 digit prompt "callback-offer" within 6s {
    on "1" {
      let n = collect 9..15 digits prompt "which-number" within 10s ended by "#" else phone
      callback to n {
        expires after 4h
        attempts 3 every 10m
        agent first
        on accepted { play "we-will-call"  hangup }
        after callback {
          if call.outcome == unreachable { note "callback lost" }
        }
      }
    }
  }
}

queue plan orders_${index} {
  priority ${40 + (index % 20)} rising 5 every 30s up to 80
  choose by best_skill(${pick(skills)}) then least_occupied
  ring for 15s
}

strategy "line ${index}" {
  entry "${number(index)}00".."${number(index)}49" at most 100 calls else reject 486
  default route to group ${pick(groups)}
  secret call.data.card

  match hours_${index}.now {
    holiday(h) -> { answer  play "holiday-{h.name}" else "holiday"  hangup }
    closed     -> { answer  play "closed"  voicemail to mailbox support }
    open       -> { }
  }
  let who = fetch GET crm "/customers" with { phone: call.from } within 1s else { name: "", tier: "none" }
  let owner = agent_at(call.to)
  if owner is found and owner.state != offline {
    ring owner for 20s {
      no_answer makes not_ready("no answer")
      on no_answer, busy, rejected, unreachable { note "owner missed: {outcome}" }
    }
  }
  answer
  set call.data.name = who.name ?? "unknown"
  set call.data.id = collect 6 digits prompt "enter-id" within 8s else ""
  ask bot helpdesk {
    uui "00" json { id: call.data.id, tier: who.tier }
    give up after 15m
    on transfer(t) { set call.data.reason = t.reason ?? "asked for a person" }
    on done { hangup }
    on failed, silent, give_up { set call.data.reason = "bot {outcome}" }
  }
  queue Line${index} by orders_${index} {
    tier vip when (who.tier ?? "none") in ["gold", "platinum"]
    exclude owner
    showing { name: call.data.name, reason: call.data.reason, waited: call.waited }
    at 0s     agents with ${pick(skills)} >= 7
    at 30s    add agents with ${pick(skills)} >= 4 and language_en >= 3
    at 1m30s  add group ${pick(groups, 1)} when ready(group ${pick(groups, 1)}) > 0
    give up after 8m
    while waiting {
      once { play "hello" }
      music "moh/calm" for 25s
      if ewt(this) > 4m {
        once { run offer_${index}(call.from) }
      } else {
        say position(this), ewt(this)
      }
    }
    on nobody { play "nobody" }
    on give_up { play "sorry" }
  }
  voicemail to mailbox of group ${pick(groups)} {
    subject "for {owner.name ?? "nobody"}, from {call.from}"
    on failed { transfer to "+34910603100" }
  }
  after call {
    if call.outcome == abandoned {
      send POST crm "/abandoned" with { phone: call.from, waited: call.waited } within 2s
    }
  }
}

test "line ${index} widens" for "line ${index}" {
  clock 2026-11-23 10:00
  http crm "/customers*" replies { name: "Ada", tier: "gold" }
  bot helpdesk transfers after 20s with { reason: "loans" }
  agent ana with ${pick(skills)} 4, language_en 8, ready
  agent ana accepts after 2s, talks 3m
  call A from "+34600000001" to "${number(index)}10" at 0s presses "123456" when hears "enter-id"
  expect A never offered to ana before 30s
  expect A answered by ana
}

traffic "weekday ${index}" for "line ${index}" {
  during 08:00..20:00  seed 7  replications 20
  calls 150 per hour to "${number(index)}10"
  talk lognormal mean 190s sd 220s  wrap_up mean 30s  patience weibull mean 6m shape 0.8
  agents 12 with ${pick(skills)} 7, language_en 8
  target 80% within 20s
}
`,
    atLeast,
  );

export const directory = `directory: 1
site: { name: bench, zone: Europe/Madrid, country: ES, languages: [en, es] }
defaults: { entry_route: group Reception, outbound: [pstn] }
skills: { scale: 0..10, names: [billing, service, loans, general], languages: [es, en] }
tiers: [vip, normal]
groups:
${groups.map((group) => `  ${group}: { members: [rita, ana], mailbox: box }`).join("\n")}
agents:
  rita: { extension: "6001", skills: { billing: 7, service: 8, loans: 9, general: 7, language_en: 9 } }
  ana: { extension: "5101", skills: { billing: 7, service: 9, loans: 8, general: 9, language_en: 8 } }
trunks:
  pbx: { to: "sip:pbx.example:5060", roles: [pbx, voicemail] }
  pstn: { to: "sip:gw.example", numbers: e164, trusted: yes }
  livehub: { to: "sip:livehub.example:5061;transport=tls", trusted: yes, uui: { encoding: ascii, at_most: 256 } }
bots: { helpdesk: { trunk: livehub, user: helpdesk } }
mailboxes:
  box: { owner: group Reception, on: pbx, deposit: "2000" }
  support: { owner: group Reception, on: pbx, deposit: "2001" }
hosts: { crm: { url: "https://crm.example", trusted: yes, token: { env: CRM_TOKEN } } }
`;
