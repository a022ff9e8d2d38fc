import * as recorded from "../runtime/index.ts";
import type { RecordedCall } from "../runtime/index.ts";
import { readRegular } from "./disk.ts";
import { reason, UsageError } from "./exit.ts";
import { complain } from "./output.ts";

/* Files that a traffic block names, read from disk. */

export function readCalls(path: string): RecordedCall[] {
  const { calls, others } = orRefused(recorded.readCalls(textOf(path), path));
  const names = others.map((name) => `\`${name}\``);
  if (names.length > 0) complain(`${path}: ${names.join(", ")} ${names.length === 1 ? "goes" : "go"} to \`call.data\``);
  return calls;
}

export const readLengths = (path: string): number[] => orRefused(recorded.readLengths(textOf(path), path));

function orRefused<T extends object>(read: T | { error: string }): T {
  if ("error" in read) throw new UsageError(read.error);
  return read;
}

function textOf(path: string): string {
  try {
    return readRegular(path).toString("utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
}
