import { isToken } from "../desk/index.ts";
import { readRegular } from "./disk.ts";
import { reason, UsageError } from "./exit.ts";

/** The token that callers of the API have to say: what stands in a file, or `CORDBOARD_TOKEN` in the environment. It is never a flag, since flags can be read by all. */
export function readToken(file: string | undefined): string | undefined {
  const token = file === undefined ? process.env["CORDBOARD_TOKEN"] || undefined : textIn(file);
  if (token === undefined || isToken(token)) return token;
  const where = file === undefined ? "CORDBOARD_TOKEN" : `--token-file ${file}`;
  throw new UsageError(`${where}: a token has 20 to 200 letters, digits and -._~, as from \`openssl rand -hex 24\``);
}

function textIn(file: string): string {
  try {
    return readRegular(file, 1).toString("utf8").trim();
  } catch (error) {
    throw new UsageError(`--token-file ${file}: ${reason(error)}`);
  }
}
