/* Packages that bring no types. */

declare module "json-logic-js" {
  const jsonLogic: { apply(rule: unknown, data: unknown): unknown };
  export default jsonLogic;
}

declare module "scion-core" {
  const scion: {
    Statechart: new (model: () => object) => { start(): void; gen(event: { name: string; data?: unknown }): void };
  };
  export default scion;
}
