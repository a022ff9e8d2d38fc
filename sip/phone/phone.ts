import { randomUUID } from "node:crypto";
import { uriOf, userOf } from "../dialog/address.ts";
import { createAudio } from "../audio.ts";
import { connectSignalling } from "../dialog/connect.ts";
import { startEndpoint } from "../endpoint/index.ts";
import { ALLOW } from "../dialog/headers.ts";
import { type Logger, silent } from "../log.ts";
import { type MediaPort, startMediaHere } from "../media/index.ts";
import { toHeader } from "../dialog/hop.ts";
import { type PhoneCall, type PhoneLine, placeCall, takeCall } from "./phone-call.ts";
import { createSignalling, type Headers, type Signalling, type SipResponse } from "../dialog/srf.ts";

export interface PhoneOptions {
  user: string;
  /** The address of its own endpoint; any free UDP port of 127.0.0.1 unless given. */
  listen?: string;
  /** Where it registers, as `sip:127.0.0.1:5060`. */
  registrar?: string;
  /** What it does with calls: answers after a time (at once unless said), only rings, or refuses. */
  answer?: { afterMs: number } | "ignore" | "reject" | "busy";
  /** A WAV file played over and over in each call. */
  play?: string;
  /** A WAV file for what is heard in the latest call. */
  record?: string;
  /** Asked to call somebody else, what that comes to: a final status. Without it a REFER is declined. */
  refer?: (target: string) => number;
  /** Its media, otherwise a media service in this thread. Closed with the phone. */
  media?: MediaPort;
  /** Told each change of a call. */
  told?: (call: PhoneCall) => void;
  log?: Logger;
}

/** A built-in phone: an endpoint, media and registration of its own, over real SIP. For demonstrations and tests. */
export interface Phone {
  readonly user: string;
  /** `sip:USER@HOST:PORT` */
  readonly uri: string;
  /** Calls in the order in which they began. */
  readonly calls: readonly PhoneCall[];
  call(uri: string, headers?: Headers): PhoneCall;
  /** The next incoming call; rejects after `withinMs` (15,000). Each is given once. */
  incoming(withinMs?: number): Promise<PhoneCall>;
  /** Registers, or with 0 withdraws it; resolves to the status. */
  register(expiresS?: number): Promise<number>;
  /** Hangs up, withdraws the registration, and frees everything. */
  stop(): Promise<void>;
}

/** Starts a phone and registers it where a registrar is given; rejects when that is refused. */
export async function startPhone(options: PhoneOptions): Promise<Phone> {
  const { user, log = silent, answer = { afterMs: 0 } } = options;
  const secret = randomUUID();
  const endpoint = await startEndpoint({ listen: [options.listen ?? "udp:127.0.0.1:0"], secret });
  const media = options.media ?? (await startMediaHere({ address: "127.0.0.1" }));
  const signalling = createSignalling();
  const calls: PhoneCall[] = [];
  const fresh: PhoneCall[] = [];
  const waiting: ((call: PhoneCall) => void)[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const line: PhoneLine = {
    signalling,
    legs: new Set(),
    audio: createAudio(media),
    play: options.play,
    record: options.record,
    refer: options.refer,
    told: (call) => options.told?.(call),
  };

  signalling.use("options", (_request, reply) => reply.send(200, { headers: { Allow: ALLOW } }));
  signalling.use("invite", (request, reply) => {
    if (userOf(request.uri) !== user) return reply.send(404);
    const call = takeCall(line, { request, reply });
    calls.push(call);
    const taker = waiting.shift();
    if (taker) taker(call);
    else fresh.push(call);
    if (answer === "reject") call.reject(603);
    else if (answer === "busy") call.reject(486);
    else if (answer !== "ignore") {
      const timer = setTimeout(() => call.state === "ringing" && call.answer(), answer.afterMs);
      timers.add(timer);
    }
  });
  const drachtio = { ...endpoint.app, secret };
  const connection = await connectSignalling({ signalling, drachtio, log, lost: () => undefined });
  const [, host = "127.0.0.1", port = ""] = /^udp:(.*):(\d+)$/.exec(connection.listen[0] ?? "") ?? [];
  const uri = uriOf(user, `sip:${host}:${port}`) ?? "";
  const registration = { callId: randomUUID(), cseq: 0 };

  function register(expiresS = 3600): Promise<number> {
    const { registrar = "" } = options;
    registration.cseq += 1;
    const address = `<${uriOf(user, registrar) ?? ""}>`;
    const headers = {
      From: address,
      To: address,
      Contact: `<${uri}>`,
      Expires: `${expiresS}`,
      "Call-ID": registration.callId,
      CSeq: `${registration.cseq} REGISTER`,
    };
    return requested(signalling, registrar, { method: "REGISTER", headers });
  }

  async function stop(): Promise<void> {
    for (const timer of timers) clearTimeout(timer);
    for (const call of calls) if (call.state !== "ended") call.hangUp();
    if (options.registrar && registration.cseq > 0) await register(0);
    for (let waited = 0; line.legs.size > 0 && waited < 1000; waited += 20) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    connection.close();
    await media.stop();
    await endpoint.stop();
  }

  const phone: Phone = {
    user,
    uri,
    calls,
    call(target, headers = {}) {
      const call = placeCall(line, target, { From: `<${uri}>`, ...toHeader(target), ...headers });
      calls.push(call);
      return call;
    },
    incoming(withinMs = 15_000) {
      const call = fresh.shift();
      if (call) return Promise.resolve(call);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(take), 1);
          reject(new Error(`no call came to ${user} within ${withinMs} ms`));
        }, withinMs);
        const take = (taken: PhoneCall): void => {
          clearTimeout(timer);
          resolve(taken);
        };
        waiting.push(take);
      });
    },
    register,
    stop,
  };
  if (options.registrar) {
    const status = await register();
    if (status !== 200) {
      await stop();
      throw new Error(`${options.registrar} refused to register ${user}: ${status}`);
    }
  }
  return phone;
}

/** Sends a request outside any dialog; resolves to its final status, 503 where it could not be sent. */
function requested(
  signalling: Signalling,
  uri: string,
  options: { method: string; headers: Headers },
): Promise<number> {
  return new Promise((resolve) => {
    signalling.request(uri, options, (error, request) => {
      if (error || !request) return resolve(503);
      request.on("response", (response: SipResponse) => {
        if (response.status >= 200) resolve(response.status);
      });
    });
  });
}
