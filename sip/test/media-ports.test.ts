import type * as dgram from "node:dgram";
import { expect, test, vi } from "vitest";
import { createPorts } from "../media/ports.ts";

const made = vi.hoisted(() => ({ sockets: 0 }));
vi.mock("node:dgram", async (original) => {
  const real = await original<typeof dgram>();
  return {
    ...real,
    createSocket(...given: Parameters<typeof real.createSocket>) {
      made.sockets++;
      return real.createSocket(...given);
    },
  };
});

test("where it is not the port that hinders, as where there are no files left, no other is tried", async () => {
  const ports = createPorts("192.0.2.1", [16_384, 32_767]);
  expect(await ports.take()).toBeUndefined();
  expect(await ports.beside(16_384)).toBeUndefined();
  expect(made.sockets).toBe(2);
});
