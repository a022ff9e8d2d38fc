import { createSocket } from "node:dgram";
import { randomBytes } from "node:crypto";

/** Registers `user` with a contact of loopback at `contactPort`, as a phone would; resolves with the status. */
export function register(server: string, user: string, contactPort: number, expires = 300): Promise<number> {
  const [host = "", port = ""] = server.split(":");
  const socket = createSocket("udp4");
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(() => reject(new Error(`no answer to REGISTER of ${user}`))), 5000);
    const finish = (then: () => void): void => {
      clearTimeout(timer);
      socket.close();
      then();
    };
    socket.once("message", (bytes) => {
      const status = Number(/^SIP\/2\.0 (\d{3})/.exec(bytes.toString())?.[1]);
      finish(() => resolve(status));
    });
    socket.bind(0, "127.0.0.1", () => {
      const own = `127.0.0.1:${socket.address().port}`;
      const id = randomBytes(6).toString("hex");
      const lines = [
        `REGISTER sip:${server} SIP/2.0`,
        `Via: SIP/2.0/UDP ${own};branch=z9hG4bK${id};rport`,
        `Max-Forwards: 70`,
        `From: <sip:${user}@${server}>;tag=${id}`,
        `To: <sip:${user}@${server}>`,
        `Call-ID: ${id}`,
        `CSeq: 1 REGISTER`,
        `Contact: <sip:${user}@127.0.0.1:${contactPort}>`,
        `Expires: ${expires}`,
        `Content-Length: 0`,
      ];
      socket.send(`${lines.join("\r\n")}\r\n\r\n`, Number(port), host);
    });
  });
}
