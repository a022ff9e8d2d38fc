import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("fixtures/", import.meta.url);

/** The acceptance strategies, and one with every construct that they have not, in their canonical look. */
export const fixtures = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(new URL(name, folder), "utf8"),
}));
