import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSecret } from "../node/index.ts";

test("a secret stands in the environment or in a file, or nowhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "secret-"));
  const file = join(folder, "token");
  process.env.CORDBOARD_TEST_SECRET = "s3cret";
  try {
    writeFileSync(file, "from a file\n");
    expect(readSecret({ env: "CORDBOARD_TEST_SECRET" })).toBe("s3cret");
    expect(readSecret({ env: "CORDBOARD_TEST_NONE" })).toBeUndefined();
    expect(readSecret({ file })).toBe("from a file");
    expect(readSecret({ file: join(folder, "none") })).toBeUndefined();
  } finally {
    delete process.env.CORDBOARD_TEST_SECRET;
    rmSync(folder, { recursive: true });
  }
});
