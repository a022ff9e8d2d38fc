import {
  country,
  digest,
  digestAbout,
  domain,
  durationOrNever,
  duration,
  file,
  header,
  hostPort,
  inboundUser,
  name,
  network,
  oneOf,
  outboundUser,
  phone,
  phones,
  prefix,
  ringback,
  text,
  uri,
  url,
  user,
  wholeNumber,
  word,
  yesNo,
} from "./kinds.ts";
import { secret, token } from "./secret.ts";
import { either, type Found, key, listOf, mapOf, record, type Shape } from "./shape.ts";

/* Keys of a directory that concern lines and other systems. */

const order = oneOf("priority", "rotate", "random");
const orderAbout = "which is tried first: the first that works, each in turn, or any";

const format = oneOf("as_is", "e164_plus", "e164", "national");

const numberFormats = either(
  format,
  record("`numbers` of a trunk", {
    called: key(format, "the number that is called", { otherwise: "as_is" }),
    calling: key(format, "the number that calls", { otherwise: "as_is" }),
  }),
);

const inbound = record("`inbound`", {
  host: key(domain, "the host that its calls have in the Request-URI", { example: "hotel.carrier.example" }),
  from: key(
    listOf(network),
    "the addresses and networks that its calls come from; without it, those of its next hops, or any where it has a `user` or a `token`",
    {
      otherwise: "[]",
      example: "[192.0.2.0/24]",
    },
  ),
  user: key(inboundUser, "the user name with which it must prove itself, or register; 4 to 32 letters and digits", {
    example: "hotel",
  }),
  password: key(secret, "and the password", { example: "{ env: CARRIER_IN }" }),
  digest: key(digest, digestAbout, { otherwise: "[MD5]", example: "[SHA-256, MD5]" }),
  realm: key(text, "the realm we ask in; without it, the name of the site", { example: "carrier.example" }),
  prefix: key(prefix, "digits that must stand before the called number; they are taken off", { example: '"7001"' }),
  token: key(token("the header it must show the secret in"), "a secret that each call must show in a header", {
    example: "{ header: X-Carrier-Token, env: CARRIER_TOKEN }",
  }),
  charge: key(phone, "the number that its `P-Charge-Info` must hold", { example: '"+34910603100"' }),
});

const outbound = record("`outbound`", {
  user: key(outboundUser, "the user name with which we prove ourselves", { example: "hotel" }),
  password: key(secret, "and the password", { example: "{ env: CARRIER_OUT }" }),
  realm: key(
    text,
    "the only realm in which we prove ourselves: whoever asks in another is shown nothing; without it, in any",
    { example: "carrier.example" },
  ),
  register: key(yesNo, "whether we register there, to be called", { otherwise: "no" }),
  prefix: key(prefix, "digits that are put before the called number", { example: '"7001"' }),
  token: key(token("the header we show the secret in"), "a secret that we show in a header", {
    example: "{ header: X-Carrier-Token, env: CARRIER_TOKEN }",
  }),
  charge: key(phone, "the number we send as `P-Charge-Info`", { example: '"+34910603100"' }),
  allowed: key(listOf(phones), "the only numbers, or heads of numbers, that may be called by it; without it, all", {
    example: '["+34*", "+351*"]',
  }),
});

const callerId = record("`caller_id`", {
  show: key(oneOf("caller", "own"), "whose number the called see: that of the caller, or the trunk's own", {
    otherwise: "caller",
  }),
  own: key(phone, "the trunk's own number: shown instead of one that is withheld or not `allowed`, and asserted", {
    example: '"+34910603100"',
  }),
  allowed: key(listOf(phones), "the only numbers, or heads of numbers, that may be shown; without it, all", {
    example: '["+3491060*"]',
  }),
});

const media = either(
  oneOf("direct", "relay"),
  record("`media` of a trunk", {
    relay: key(name, "one of `media_sites`: at which they are relayed, nearest or not", { example: "madrid" }),
  }),
);

const sipCode: Shape<Found<number>> = wholeNumber("a SIP code", 300, 699);

const trunk = record("a trunk", {
  to: key(listOf(uri), "its next hops; without any it only brings calls", {
    example: '["sip:gw1.example:5061;transport=tls", "sip:gw2.example"]',
  }),
  order: key(order, `${orderAbout} of its next hops`, { otherwise: "priority" }),
  roles: key(
    listOf(oneOf("pbx", "voicemail", "media", "trunk")),
    "what is behind it: phones without a device of their own are on the `pbx`",
    {
      otherwise: "[trunk]",
      example: "[pbx, voicemail]",
    },
  ),
  trusted: key(yesNo, "whether secret data may go there and its `P-Asserted-Identity` is believed", {
    otherwise: "no",
  }),
  numbers: key(
    numberFormats,
    "how numbers are written to it: as the strategy has them, `+34910603165`, `34910603165`, or `910603165`; one word, or `{ called, calling }`",
    {
      otherwise: "as_is",
      example: "e164",
    },
  ),
  country: key(
    country,
    "the country whose dialling `national` means, and by which its callers' numbers are read; without it, the site's",
    { example: "PT" },
  ),
  codecs: key(
    listOf(oneOf("PCMA", "PCMU", "G722", "G729", "OPUS")),
    "the audio codecs that may be spoken on it, preferred first; without it, whatever both sides speak",
    { example: "[PCMA, PCMU]" },
  ),
  srtp: key(
    oneOf("off", "optional", "required"),
    "whether media on it are encrypted: never, as the two sides want it, or always; what does not fit is refused with 488",
    { otherwise: "optional", example: "required" },
  ),
  inbound: key(inbound, "how its calls are known: all that is said must hold", {
    example: "{ host: hotel.carrier.example, from: [192.0.2.0/24] }",
  }),
  outbound: key(outbound, "what calls by it show", {
    example: "{ user: hotel, password: { env: CARRIER_OUT }, register: yes }",
  }),
  caller_id: key(callerId, "whose number is shown", { example: '{ show: own, own: "+34910603100" }' }),
  no_ringback: key(durationOrNever, "a hop that does not ring after this time is given up for the next", {
    otherwise: "5s",
    example: "never",
  }),
  no_answer: key(duration, "the longest that anything rings on it", { otherwise: "5m" }),
  stop_on: key(listOf(sipCode), "codes after which no other hop and no other trunk is tried", {
    otherwise: "[404, 486, 603]",
  }),
  uui: key(
    record("`uui`", {
      encoding: key(oneOf("hex", "ascii"), "how it is written: as RFC 7433 has it, or the text as it is", {
        otherwise: "hex",
      }),
      at_most: key(wholeNumber("a number of bytes", 1, 8192), "bytes that get through; `check` tells what cannot fit", {
        otherwise: "128",
      }),
    }),
    "user-to-user information",
    { example: "{ encoding: ascii, at_most: 256 }" },
  ),
  conversation: key(header, "the header that says which calls belong together, both ways", {
    otherwise: "X-Conversation-Id",
    example: "X-inin-cnv",
  }),
  may: key(
    listOf(oneOf("hold", "refer")),
    "what the other side may do with a call by itself: put it on hold, hand it on by REFER; the rest is refused (488, 603)",
    { otherwise: "[hold]", example: "[hold, refer]" },
  ),
  ringback: key(
    ringback,
    "what its callers hear before somebody answers: what the called side sends; their own network's tone at once, then what the called side sends; or our tone at once. Without it, `inbound` of the `ringback` of `defaults`",
    { example: "instant180" },
  ),
  hold: key(
    name,
    "what its callers hear who are held: music, `silence` or `comfort_noise`; without it, that of `prompts`",
    {
      example: "comfort_noise",
    },
  ),
  media: key(
    media,
    "whether the other side's media reach the phone itself, or are relayed: at the nearest of `media_sites`, at the one that is named, or by us",
    { otherwise: "direct", example: "{ relay: madrid }" },
  ),
  tls: key(
    record("`tls`", {
      verify: key(yesNo, "whether its certificate must be good", { otherwise: "yes" }),
      ca: key(file, "the only authorities that vouch for it, as a path from this file; without it, the system's", {
        example: "certs/carrier.pem",
      }),
    }),
    "for next hops on TLS",
    { example: "{ ca: certs/carrier.pem }" },
  ),
  health: key(
    durationOrNever,
    "how often its hops are asked whether they live (OPTIONS); without an answer, or with 503, they are down until they answer; `never` where they answer none",
    { otherwise: "30s" },
  ),
  channels: key(wholeNumber("a number of channels", 1, 100_000), "calls it carries at once; without it, any number", {
    example: "30",
  }),
});

const trunkGroup = record("a trunk group", {
  trunks: key(listOf(name), "the trunks it is made of", { needed: true, example: "[denver_a, denver_b]" }),
  order: key(order, `${orderAbout} of its trunks`, { otherwise: "priority", example: "rotate" }),
});

const siteElsewhere = record("a site", {
  trunks: key(listOf(name), "the trunks or trunk groups that lead there", { needed: true, example: "denver" }),
  poll: key(url, "where its expected wait is asked for", { example: "https://denver.example/ewt" }),
  every: key(duration, "how often; what is older than 5 s is not used", { otherwise: "2s" }),
  token: key(token("the header the secret is shown in; without it, `Authorization: Bearer`"), "what we show there", {
    example: "{ env: DENVER_TOKEN }",
  }),
});

const mediaSite = record("a media site", {
  at: key(hostPort, "the address and port where its `cordboard endpoint` takes media: what that says as `media=`", {
    needed: true,
    example: '"192.0.2.9:9023"',
  }),
  secret: key(secret, "the `--secret` of that endpoint", { needed: true, example: "{ env: MADRID }" }),
});

const bot = record("a bot", {
  trunk: key(name, "the trunk or trunk group to it; `ask bot … over trunk …` may name another", { example: "livehub" }),
  user: key(user, "the user name it is called by; without it, the name of the entry", { example: "helpdesk" }),
  host: key(name, "one of `hosts`: a bot that is spoken to there, and not by a trunk", { example: "botplatform" }),
  path: key(text, "the path there", { otherwise: "/", example: "/bots/helpdesk" }),
  speaks: key(oneOf("http", "websocket"), "a request for each message, or one WebSocket for each call", {
    otherwise: "http",
  }),
  headers: key(mapOf(word, header), "headers of the call that it is given, and as what", {
    otherwise: "{}",
    example: "{ User-to-User: customerData, X-inin-cnv: sessionID }",
  }),
});

const host = record("a host", {
  url: key(url, "where it is; a path of `fetch` and `send` is put after it", {
    needed: true,
    example: "https://crm.example",
  }),
  trusted: key(yesNo, "whether secret data may go there", { otherwise: "no" }),
  token: key(token("the header the secret is shown in; without it, `Authorization: Bearer`"), "what we show there", {
    example: "{ env: CRM_TOKEN }",
  }),
});

export const trunks = mapOf(trunk);
export const trunkGroups = mapOf(trunkGroup);
export const sites = mapOf(siteElsewhere);
export const mediaSites = mapOf(mediaSite);
export const bots = mapOf(bot);
export const hosts = mapOf(host);
