/**
 * Desks in a process of their own, so that what they cost is not counted: they listen, and tell how old each record was. Plain text,
 * because the bench is one bundle. `process.send`: `{ open }` once all are connected, then `{ ages }` when asked.
 */
export const clients = `
  import { createRequire } from "node:module";
  const { WebSocket } = createRequire(process.cwd() + "/package.json")("ws");
  const [address, desks] = process.argv.slice(1);
  const ages = [];
  let open = 0;
  for (let nth = 0; nth < Number(desks); nth++) {
    const socket = new WebSocket("ws://" + address + "/api/events", ["cordboard.v1", "bearer." + "desk" + nth + "-0123456789abcdef0123"]);
    socket.on("open", () => ++open === Number(desks) && process.send({ open }));
    socket.on("message", (text) => {
      const record = JSON.parse(text);
      if (record.sent !== undefined) ages.push(Date.now() - record.sent);
    });
  }
  process.on("message", () => process.send({ ages }, () => process.exit()));
`;
