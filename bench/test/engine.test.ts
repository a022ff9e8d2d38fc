import { expect, it } from "vitest";
import { pool, ways } from "../engine/peers.ts";

it.each(Object.entries(ways))("finds the same agent, and again and again: %s", async (_, way) => {
  const play = way(pool(10));
  for (let call = 0; call < 3; call++) expect(await play()).toBe("a0003");
});

it.each(Object.entries(ways))("takes an expert at once: %s", async (_, way) => {
  const play = way([...pool(10), { id: "expert", skills: { billing: 8, language_en: 6 } }]);
  expect(await play()).toBe("expert");
});
