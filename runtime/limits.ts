/** Every bound of the engine in one place. Milliseconds unless the name says otherwise. */
export const limits = {
  /** Statements of one call between two waits. */
  statementsBetweenWaits: 10_000,
  /** Subs inside one another. A number. */
  callDepth: 32,
  /** Characters of `call.data`, written as JSON. */
  callDataCharacters: 65_536,
  /** For each key where `collect` says nothing. */
  digitsWithin: 5_000,
  /** The longest that a host is waited for. */
  requestMs: 60_000,
  /** In less than this nobody has left a message. */
  leastMessageMs: 2_000,
  /** The time for `after call`. */
  afterCallMs: 5_000,
  /** The longest that a call may not be interrupted. */
  uninterruptedMs: 30_000,
  /** Characters of a bot's reason, and of its transcript. */
  reasonCharacters: 200,
  transcriptCharacters: 4_000,
  /** Characters of one text that a strategy makes. */
  textCharacters: 65_536,
  /** The same call and agent are left alone this long after a failed offer, unless nobody else is there. */
  pairRest: 60_000,
  /** An agent whose phone was busy gets no offers for this long. */
  busyRest: 60_000,
  /** An agent whose phone could not be reached gets no offers for this long. */
  unreachableRest: 5_000,
  /** The longest that whoever a call is transferred to may ring: RFC 3261 16.6, timer C. */
  transferMs: 180_000,
  /** How long a caller who is called back may ring. */
  placeMs: 45_000,
  /** When a callback expires that says nothing, and the rest between its attempts. */
  callbackMs: 86_400_000,
  callbackRestMs: 300_000,
  /** People to whom one call is shown at once. A number. */
  previews: 50,
  /** Dialogs of parties that are remembered of one call. A number. */
  legs: 16,
  /** Phones that `ring all of` rings at once. A number. */
  ringsAtOnce: 50,
  /** How long whoever accepted a preview is kept for the call that is to ring him. */
  acceptedMs: 60_000,
  /** For the key of `confirmed by`, from picking up. */
  confirmMs: 20_000,
  /** How often one call is handed on to somebody else, or to another strategy. A number. */
  handOns: 20,
  /** The longest a phone rings. */
  ringMs: 600_000,
  /** `nobody` after this long without a reachable person. */
  nobodyAfter: 5_000,
  /** Skill expressions kept before those that nobody waits for are forgotten. A number. */
  classes: 2_000,
  /** Up to so many reachable people a class is watched for running empty; as many can be excluded with effect. */
  fewPeople: 16,
  /** A round of `while waiting` that took less than this is slowed down … */
  shortRound: 200,
  /** … to this long … */
  slowedRound: 1_000,
  /** … and after so many in a row the treatment is broken. */
  brokenAfterRounds: 10,
  /** What a site said of its wait is forgotten after so long. */
  siteWaitAge: 5_000,
  /** How often a step's condition that depends on the clock is looked at again. */
  conditionPoll: 1_000,
  /** Looks at conditions and matches after one event, beside one for each call that agents may be offered. */
  settleLooks: 10,
  /** The most calls that a directory lets one agent hold. */
  capacity: 10,
  /** Texts about a call that are kept, the latest; the characters of one; and how many one may write in so long. */
  texts: 200,
  textLetters: 2_000,
  textsAtOnce: 20,
  textsMs: 10_000,
  /** The reject code of a call that no entry takes and of a hang-up before answer: RFC 3261 21.4.5, 21.4.18. */
  noEntryCode: 404,
  notAllowedCode: 403,
  hangupCode: 480,
  /** When an entry has taken as many calls as it may and names no code: RFC 3261 21.4.24. */
  fullCode: 486,
  /** When a call has been handed on as often as it may: RFC 3261 21.4.21. */
  loopCode: 483,
  /** When every net has failed before the answer, so that the trunk goes elsewhere: RFC 3261 21.5.4. */
  failedCode: 503,
} as const;
