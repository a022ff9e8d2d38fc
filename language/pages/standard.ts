/** The site in which the examples of pages and of the language reference are checked. */
export const standard = {
  directory: `directory: 1
site: { name: example, zone: Europe/Madrid, country: ES, languages: [en, es] }
defaults: { ring_for: 20s, outbound: [pstn] }
skills: { scale: 0..10, names: [billing, cards], languages: [en, es] }
tiers: [vip, normal]
groups:
  Sales: { members: [ana, luc], mailbox: sales }
  Night: { members: [tom] }
agents:
  ana: { name: Ana, extension: "5100", skills: { billing: 7, language_en: 8 } }
  luc: { name: Luc, extension: "5101", skills: { billing: 4, cards: 2, language_es: 9 } }
  tom: { name: Tom, extension: "5102", skills: { cards: 6 } }
trunks:
  pbx: { to: "sip:pbx.example", roles: [pbx, voicemail] }
  pstn: { to: "sip:gw.example" }
mailboxes:
  sales: { owner: group Sales, on: pbx, deposit: "2000" }
numbers: { duty_engineer: "+34600000061", spain: ["+34*"] }
`,
  prompts: ["welcome", "sorry", "closed", "menu", "moh/calm"],
} as const;
