/** The site in which the examples of pages and of the language reference are checked. */
export const standard = {
  directory: `directory: 1
site: { name: example, zone: Europe/Madrid, country: ES, languages: [en, es] }
defaults: { ring_for: 20s, entry_route: group Sales, outbound: [pstn] }
skills: { scale: 0..10, names: [billing, cards, expert_boiler], languages: [en, es] }
tiers: [vip, normal]
groups:
  Sales: { members: [ana, luc], mailbox: sales }
  Backoffice: { members: [bea, bob] }
  Night: { members: [tom] }
agents:
  ana: { name: Ana, extension: "5100", skills: { billing: 7, language_en: 8 } }
  luc: { name: Luc, extension: "5101", skills: { billing: 4, cards: 2, language_es: 9 } }
  tom: { name: Tom, extension: "5102", skills: { cards: 6 } }
  bea: { name: Bea, extension: "5103" }
  bob: { name: Bob, extension: "5104" }
  eva: { name: Eva, extension: "5105", kind: worker, skills: { expert_boiler: 5 }, redirect: "+34600000900" }
trunks:
  pbx: { to: "sip:pbx.example", roles: [pbx, voicemail] }
  pstn: { to: "sip:gw.example", numbers: e164 }
  backup: { to: "sip:gw2.example", numbers: e164 }
  livehub: { to: "sip:livehub.example", trusted: yes }
sites:
  madrid: { trunks: pstn, poll: "https://madrid.example/ewt", every: 2s }
  lyon: { trunks: backup, poll: "https://lyon.example/ewt", every: 2s }
bots:
  helpdesk: { trunk: livehub, user: helpdesk }
mailboxes:
  sales: { owner: group Sales, on: pbx, deposit: "2000" }
numbers: { duty_engineer: "+34600000061", spain: ["+34*"] }
flags: { storm: { default: no, who: [supervisor] } }
counters: { outage_reports: { start: 0, reset: daily } }
hosts:
  crm: { url: "https://crm.example", trusted: yes }
  mail: { url: "https://mail.example" }
holidays: { spain: { 2026-12-25: christmas, 2027-01-06: epiphany } }
`,
  prompts: ["welcome", "sorry", "closed", "menu", "once-more", "take-call", "moh/calm"],
} as const;
