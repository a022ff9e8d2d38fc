/** The least a call through our endpoint can cost: bare `srf.createB2BUA`. `tsx bare.ts PORT` sends every call to this phone. */
import Srf from "drachtio-srf";
import { startEndpointThread } from "../../sip/index.ts";

const [phone] = process.argv.slice(2);
const endpoint = await startEndpointThread({ listen: ["udp:127.0.0.1:0"], secret: "bare" });
const srf = new Srf();
void srf.connect({ ...endpoint.app, secret: "bare" });
await new Promise((resolve) => srf.once("connect", resolve));
srf.invite((req, res) => {
  srf
    .createB2BUA(req, res, `sip:bob@127.0.0.1:${phone}`, { localSdpB: req.body })
    .then(({ uas, uac }) => {
      uas.on("destroy", () => uac.destroy());
      uac.on("destroy", () => uas.destroy());
    })
    .catch(() => {});
});
process.stdout.write(`ready sip=${endpoint.listen[0]}\n`);
