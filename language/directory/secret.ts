import { file, header, variable } from "./kinds.ts";
import { type Found, key, record, type Shape, type Shaped, wrong } from "./shape.ts";

/* Secrets never stand in a directory: it says where they are kept. `plain-secrets.ts` finds those that do. */

const kept = {
  env: key(variable, "the variable of the environment that holds the secret", { example: "CRM_TOKEN" }),
  file: key(file, "the file that holds it, as a path from this file; a line end at its end does not count", {
    example: "secrets/crm",
  }),
};

export type WrittenSecret = Shaped<typeof kept>;

/** And the header that shows it. */
export type WrittenToken = WrittenSecret & { header?: Found<string> };

/** `{ env: NAME }` or `{ file: PATH }`. */
export const secret: Shape<WrittenSecret> = inOnePlace(record("a secret", kept));

/** A secret, and the header in which it is shown. */
export function token(headerAbout: string) {
  return inOnePlace(record("a token", { ...kept, header: key(header, headerAbout, { example: "X-Token" }) }));
}

/** Its keys are the same wherever one stands, so the reference tells them once. */
function inOnePlace<T extends WrittenSecret>(shape: Shape<T>): Shape<T> {
  return {
    what: shape.what.replace(/^an? /, ""),
    schema: { ...shape.schema, type: "object", oneOf: [{ required: ["env"] }, { required: ["file"] }] },
    read(node, diagnostics) {
      if (node.kind === "scalar" && node.value !== null) return undefined; // refused as a plain secret
      const before = diagnostics.length;
      const read = shape.read(node, diagnostics);
      if (diagnostics.length > before) return undefined;
      if (read && (read.env === undefined) !== (read.file === undefined)) return read;
      const message = read?.env
        ? "a secret is kept in one place, not in two"
        : "this does not say where the secret is kept";
      diagnostics.push(wrong(node, message, "write `{ env: NAME }` or `{ file: PATH }`"));
      return undefined;
    },
  };
}
