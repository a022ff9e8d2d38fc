import type { Diagnostic } from "../diagnostic.ts";
import type { NumberFormat } from "../phone.ts";
import type { Condition } from "./condition.ts";
import type { Place } from "./node.ts";

/*
 * The directory after reading: defaults filled in, references checked, plain data. Durations are milliseconds (`…Ms`). Every map is
 * keyed by the name that strategies use. A field that is absent says: none, or that no more is known; its comment tells which.
 */

export interface Directory {
  site: {
    name: string;
    /** Of the time zone database. */
    zone: string;
    /** `PT`; empty where unknown: then only `+` and `00` lead outside. */
    country: string;
    /** At least one; a call starts with the first. */
    languages: string[];
    /** Addresses and networks beside those of trunks whose SIP requests are answered. Absent: all. */
    heardFrom?: string[];
  };
  defaults: Defaults;
  skills: { scale: { low: number; high: number }; names: string[]; languages: string[] };
  /** Strictest first; `normal` is among them. */
  tiers: string[];
  states: Record<string, State>;
  /** `Everyone` is among them. */
  groups: Record<string, Group>;
  agents: Record<string, Agent>;
  devices: Record<string, Device>;
  trunks: Record<string, Trunk>;
  /** No name is also one of `trunks`: strategies call both `trunk`. */
  trunkGroups: Record<string, TrunkGroup>;
  sites: Record<string, Site>;
  mediaSites: Record<string, MediaSite>;
  bots: Record<string, Bot>;
  mailboxes: Record<string, Mailbox>;
  prompts: Prompts;
  flags: Record<string, Flag>;
  counters: Record<string, Counter>;
  /** E.164 where the author wrote so, else as dialled inside; a `*` at the end stands for any rest. One without it can be rung. */
  numbers: Record<string, string[]>;
  hosts: Record<string, Host>;
  /** By list: its days in the order of the calendar. */
  holidays: Record<string, Holiday[]>;
  desk: Desk;
  webhooks: Record<string, Webhook>;
}

/** What an unanswered offer does to the agent. */
/** What callers hear before somebody answers: what the called side sends, a 180 at once, a tone of ours at once. */
export type RingbackMode = "pass" | "instant180" | "tone183";

export type AfterNoAnswer = "ready" | "not_ready" | "logout";

export interface Defaults {
  ringForMs: number;
  wrapUpMs: number;
  /** How many calls an agent may hold, or be rung for, at once. */
  capacity: number;
  /** What agents may do at their desks beyond their calls. */
  may: Permission[];
  afterNoAnswer: AfterNoAnswer;
  /** See `NoAnswer`. */
  overflow: Overflow[];
  /** How long the same pair is left alone after a failed attempt. */
  coolDownMs: number;
  /** Of the callers of trunks, and of phones that register here. */
  ringback: { inbound: RingbackMode; outbound: RingbackMode };
  /** Where calls go whose strategy is missing or broken. Absent: refused with 503. */
  entryRoute?: Destination;
  /** How long a call waits in the group that a default route or the entry route names. */
  defaultRouteMs: number;
  /** Trunks and trunk groups that outside numbers leave by which no route names, in order. */
  outbound: string[];
  /** By number, or head of numbers (`+34*`), of which the longest that fits holds: by which they leave. Empty: nobody may call them. */
  routes: Record<string, string[]>;
}

/**
 * What one level says of calls that nobody answers; what it leaves out, the level below it says. From below: application (`defaults`),
 * device, agent, strategy. `settings.ts` tells which of them won.
 */
export interface NoAnswer {
  /** Ring time. */
  afterMs?: number;
  makes?: AfterNoAnswer;
  /**
   * Tried in order. Serves calls that reached the phone by a default route, a transfer or the desk; in `queue` and `ring` the strategy's
   * handlers and the kept place win.
   */
  overflow?: Overflow[];
}

/** `group Reception`, `mailbox it`, `agent otto`, or a phone. */
export type Destination =
  | { kind: "group"; name: string }
  | { kind: "mailbox"; name: string }
  | { kind: "agent"; name: string }
  | { kind: "number"; number: string };

/** A destination, or: let it ring on, take it back to where it was given out, end it. */
export type Overflow = Destination | { kind: "stay" } | { kind: "recall" } | { kind: "release" };

/** Where a secret is kept. A file is absolute, or relative to where the directory's files are counted from. */
export type SecretReference = { env: string } | { file: string };

/** A secret, and the header that shows it; `Authorization` shows it as a bearer token. */
export interface Token {
  header: string;
  secret: SecretReference;
}

/** One text for people by language; a language that is not in it takes that of the site's first, which always is. */
export type Labels = Record<string, string>;

/** A state of agents besides the usual ones. */
export interface State {
  name: string;
  /** What it counts as. */
  class: "ready" | "not_ready" | "offline";
  label: Labels;
  /** What somebody in it may choose next, and in which he may choose it: these states and classes; absent: any. */
  next?: string[];
  from?: string[];
}

export interface Group {
  name: string;
  /** Who is in it: those listed, and those whose levels in this directory meet `where`. */
  members: string[];
  /** Whoever meets the condition is a member beside those `listed`, and only as long as he meets it. */
  where?: { condition: Condition; listed: string[] };
  /** Key of `mailboxes`; absent where the group has none, or several without saying which. */
  mailbox?: string;
}

/** Of digest authentication. */
export type DigestAlgorithm = "SHA-256" | "MD5";

/** To say himself where he takes calls elsewhere; to have his calls recorded, or not. */
export type Permission = "redirect" | "record";

export interface Agent {
  id: string;
  /** For people; the id where none is given. */
  name: string;
  /** Absent: he cannot be dialled. */
  extension?: string;
  /** Key of `devices`; always present there. He may log in at another. */
  device: string;
  kind: "agent" | "worker";
  skills: Record<string, number>;
  /** Where he takes calls elsewhere. */
  redirect?: string;
  /** The prompt that a caller hears when he has picked up, before the two are joined. */
  greeting?: string;
  /** His own word, else whether one of his groups says so. */
  autoLogin: boolean;
  /** Absent: those of `defaults`. */
  wrapUpMs?: number;
  capacity?: number;
  may?: Permission[];
  noAnswer: NoAnswer;
  supervisor: boolean;
  /** What his desk shows. Absent: he logs in from this machine only. */
  login?: { token: SecretReference };
}

/** A phone. Without a trunk it registers at our own registrar under `user`. */
export interface Device {
  id: string;
  user: string;
  /** Key of `trunks` or `trunkGroups`. */
  trunk?: string;
  /** For our registrar. Absent: it registers without one. */
  password?: SecretReference;
  /** In which it may be proven, preferred first. Absent: MD5. */
  digest?: DigestAlgorithm[];
  noAnswer: NoAnswer;
  autoAnswer: boolean;
}

/** Which of several is tried first: the first that works, each in turn, any. */
export type Order = "priority" | "rotate" | "random";

export type Codec = "PCMA" | "PCMU" | "G722" | "G729" | "OPUS";

export interface Trunk {
  id: string;
  /** Next hops as SIP URIs, in order. Empty: it only brings calls. */
  to: string[];
  order: Order;
  roles: ("pbx" | "voicemail" | "media" | "trunk")[];
  /** Secret data may go there, and its `P-Asserted-Identity` is believed. */
  trusted: boolean;
  numbers: { called: NumberFormat; calling: NumberFormat };
  /** Whose dialling `national` means, and its callers' numbers are read by. */
  country: string;
  inbound: Inbound;
  outbound: Outbound;
  callerId: CallerId;
  /** Absent: a hop may take as long as it likes to ring. */
  noRingbackMs?: number;
  /** The longest that anything rings on it. */
  noAnswerMs: number;
  /** SIP codes after which no other hop and no other trunk is tried. */
  stopOn: number[];
  /** `atMost` in bytes. */
  /** Audio codecs that may be spoken on it, preferred first. Absent: whatever both sides speak. */
  codecs?: Codec[];
  /** Whether media on it are encrypted (SDES, DTLS). */
  srtp: "off" | "optional" | "required";
  uui: { encoding: "hex" | "ascii"; atMost: number };
  /** Name of the header that says which calls belong together. */
  conversation: string;
  /** What the other side may do with a call by itself. */
  may: ("hold" | "refer")[];
  /** Absent: that of the defaults for calls that come in. */
  ringback?: RingbackMode;
  /** What its callers hear who are held: music, `silence` or `comfort_noise`. Absent: that of the prompts. */
  hold?: string;
  /** Relayed at the nearest of `mediaSites`, or at this one. */
  media: "direct" | "relay" | { relay: string };
  /** `ca`: a path, as those of secrets. Absent: the system's certificates. */
  tls: { verify: boolean; ca?: string };
  /** Between two OPTIONS to each hop. Absent: they are not asked. */
  healthMs?: number;
  /** Calls at once. Absent: any number. */
  channels?: number;
}

/** How calls of a trunk are known; all that is there must hold. */
export interface Inbound {
  /** Host of the Request-URI. */
  host?: string;
  /** Addresses (IP or CIDR). Empty: the addresses of its next hops. */
  from: string[];
  user?: string;
  password?: SecretReference;
  /** In which the password may be proven, preferred first. */
  digest: DigestAlgorithm[];
  /** In which we ask for a password. */
  realm: string;
  /** Digits before the called number, to be taken off. */
  prefix?: string;
  token?: Token;
  /** The number in `P-Charge-Info`. */
  charge?: string;
}

/** What we show on calls by a trunk. */
export interface Outbound {
  user?: string;
  password?: SecretReference;
  /** The only realm in which it is shown. Absent: any. */
  realm?: string;
  register: boolean;
  /** Digits put before the called number. */
  prefix?: string;
  token?: Token;
  /** Our number in `P-Charge-Info`. */
  charge?: string;
  /** Numbers and heads of numbers (`+34*`) that may be called by it. Absent: all. */
  allowed?: string[];
}

export interface CallerId {
  show: "caller" | "own";
  /** The trunk's own number: shown instead of one that is withheld or not allowed, and asserted. */
  own?: string;
  /** Numbers and heads of numbers that may be shown. Absent: all. */
  allowed?: string[];
}

export interface TrunkGroup {
  id: string;
  /** Keys of `trunks`. */
  trunks: string[];
  order: Order;
}

/** Another site, reached over trunks. */
export interface Site {
  id: string;
  /** Keys of `trunks` or `trunkGroups`, in order. */
  trunks: string[];
  /** Agents whose phone is on one of them. */
  members: string[];
  /** Where the expected wait is asked for. Absent: it is not known. */
  poll?: string;
  everyMs: number;
  token?: Token;
}

/** A `cordboard endpoint` at which media can be relayed. */
export interface MediaSite {
  id: string;
  host: string;
  port: number;
  /** Always there, where the directory has no mistakes. */
  secret?: SecretReference;
}

/** A bot: by a trunk, or by HTTP at a host. Neither: strategies say `over trunk`. */
export interface Bot {
  id: string;
  /** Key of `trunks` or `trunkGroups`. */
  trunk?: string;
  user: string;
  /** Key of `hosts`. */
  host?: string;
  path: string;
  speaks: "http" | "websocket";
  /** By header of the call: the name under which the bot is given it. */
  headers: Record<string, string>;
}

export interface Mailbox {
  id: string;
  owner?: { kind: "group" | "agent"; name: string };
  /** Trunk (or trunk group) of the system that keeps it; `deposit` is there then. Absent: kept by us. */
  on?: string;
  /** The number there at which messages are left. */
  deposit?: string;
  /** The number at which they are heard: there, or here. */
  access?: string;
  /** User name of the subscription to its state; `deposit` where not said. Absent: kept by us. */
  subscribeAs?: string;
  /** Of one kept by us. Absent: only its owner's own phone is let in. */
  pin?: SecretReference;
  /** Prompt of one kept by us. Absent: the tone alone. */
  greeting?: string;
  /** The longest message that one kept by us takes. */
  atMostMs: number;
}

export interface Prompts {
  /** Absolute, or relative to where the directory's files are counted from. */
  folder: string;
  /** URL of the same recordings, for media servers. Absent: none plays them. */
  served?: string;
  /** URL of the `http` address of a run, as media servers reach it. Absent: none collects digits. */
  dialogs?: string;
  /** What callers hear who wait by a default route. Absent: the ringing tone. */
  music?: string;
  /** What callers hear who are held: music, `silence` or `comfort_noise`. Absent: `music`, else silence. */
  hold?: string;
  /** By prompt name, for tests without audio. */
  lengthsMs: Record<string, number>;
  defaultLengthMs: number;
  /** Recordings that `say` uses, by language: `default` is ours, another name a folder in `folder`. Others take `default`. */
  voices: Record<string, string>;
}

/** A switch that people turn while calls run. */
export interface Flag {
  name: string;
  default: boolean;
  who: Who[];
  /** What they dial to turn it over. */
  dial?: string;
}

export type Who =
  | { kind: "role"; role: "supervisor" | "agent" | "worker" }
  | { kind: "group"; name: string }
  | { kind: "agent"; name: string };

export interface Counter {
  name: string;
  start: number;
  /** At midnight in the site's zone; of Monday, of the first. */
  reset: "never" | "daily" | "weekly" | "monthly";
}

export interface Host {
  id: string;
  /** Without a slash at its end. */
  url: string;
  /** Secret data may go there. */
  trusted: boolean;
  token?: Token;
}

export interface Holiday {
  /** `2026-12-25` */
  date: string;
  name: string;
}

/** The agents' page. */
export interface Desk {
  /** The first before somebody chooses. */
  languages: string[];
  helpUrl?: string;
  /** Of the playground whose live view supervisors open. */
  playgroundUrl: string;
  /** Keys of `states`, as the menu has them. */
  states: string[];
  /** Keys of the keyboard by action. */
  hotkeys: Record<string, string>;
}

export interface Webhook {
  id: string;
  url: string;
  failover?: string;
  /** Names of event records, and families of them: `call.*`. Empty: all. */
  events: string[];
  /** Signs the body. Absent: not signed. */
  secret?: SecretReference;
}

export interface DirectoryResult {
  directory: Directory;
  diagnostics: Diagnostic[];
  /** Where each thing stands, by noun and name: `mailbox it`, `trunk denver` (of groups, too), `skill billing`. */
  places: Places;
  /** Other files that the directory names and that must be attached to be read: paths beside the file that names them. */
  files: string[];
}

export type Places = ReadonlyMap<string, Place>;
