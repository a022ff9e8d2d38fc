/* The same agents in three ways of writing, the same every time. */

const head = `skills: { names: [billing, cards], languages: [en] }
groups: { Good: { where: "billing >= 5 and language(en) >= 6" } }
`;

const each = <T>(agents: number, one: (nth: number) => T): T[] => Array.from({ length: agents }, (_, nth) => one(nth));

export function rows(agents: number): string {
  const lines = each(
    agents,
    (nth) =>
      `  a${nth}: { name: "Agent ${nth}", extension: "${10_000 + nth}", skills: { billing: ${nth % 10}, cards: 3, language_en: 7 }, auto_login: yes }`,
  );
  return `${head}agents:\n${lines.join("\n")}\n`;
}

export function block(agents: number): string {
  const entries = each(
    agents,
    (nth) => `  a${nth}:
    name: Agent ${nth}
    extension: "${10_000 + nth}"
    skills: { billing: ${nth % 10}, cards: 3, language_en: 7 }
    auto_login: yes`,
  );
  return `${head}agents:\n${entries.join("\n")}\n`;
}

export const importing = `${head}agents:
  from: agents.csv
  columns: { id: Login, name: Name, extension: Phone, auto_login: Auto, skills: { billing: B, cards: C, language_en: E } }
`;

export function exported(agents: number): string {
  const lines = each(agents, (nth) => `a${nth};"Agent ${nth}";${10_000 + nth};yes;${nth % 10};3;7`);
  return `Login;Name;Phone;Auto;B;C;E\r\n${lines.join("\r\n")}\r\n`;
}
