/** What routes take, as JSON Schema: Fastify refuses by it, and the OpenAPI document shows it. */

const name = { type: "string", minLength: 1, maxLength: 300 };
/** One line of text. */
const line = (maxLength: number) => ({
  type: "string",
  minLength: 1,
  maxLength,
  pattern: "^[^\\u0000-\\u001f\\u007f]*$",
});

/** What somebody writes: lines are allowed. */
const lines = (maxLength: number) => ({
  type: "string",
  minLength: 1,
  maxLength,
  pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$",
});

/** A phone, as people write one. */
const outside = { type: "string", maxLength: 40, pattern: "^\\+?[0-9][0-9 ()./-]*$" };

/** What stands in `call.data`. */
const plain = { anyOf: [{ type: "string", maxLength: 2000 }, { type: "number" }, { type: "boolean" }] };

/** Names in the path. */
export const calledBy = (...names: string[]): object => ({
  type: "object",
  properties: Object.fromEntries(names.map((each) => [each, name])),
});

/** No body at all is fine, or one with these. */
const maybe = (properties: object): object => ({ type: ["object", "null"], properties, additionalProperties: false });

const must = (properties: object, required: string[]): object => ({
  type: "object",
  required,
  properties,
  additionalProperties: false,
});

export const bodies = {
  login: maybe({ device: line(100) }),
  reason: maybe({ reason: line(100) }),
  state: must({ state: line(100) }, ["state"]),
  dial: must({ to: line(100), data: { type: "object", maxProperties: 100, additionalProperties: plain } }, ["to"]),
  whom: must({ to: line(100) }, ["to"]),
  maybeWhom: maybe({ to: line(100) }),
  redirect: maybe({ to: { anyOf: [outside, { type: "null" }] } }),
  presence: must({ open: { type: "boolean" }, activity: line(100) }, []),
  record: must({ what: { type: "string", enum: ["start", "pause", "resume", "stop"] } }, ["what"]),
  flag: must({ on: { type: "boolean" } }, ["on"]),
  agent: maybe({ agent: line(100) }),
  to: must({ to: line(100) }, ["to"]),
  text: must({ call: name, to: line(100), text: lines(2000) }, ["call", "to", "text"]),
  who: must({ who: line(100) }, ["who"]),
  heard: maybe({ heard: { type: "boolean" } }),
  nothing: maybe({}),
};
