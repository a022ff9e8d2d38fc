/** Why the API says no, beside the words: programs go by it, and the pages have words for each in every language. */
export const codes = [
  // who asks, and whether he may
  "foreign_host",
  "foreign_origin",
  "no_token",
  "unknown_token",
  "for_supervisors",
  "not_allowed",
  "not_yours",
  "loading_closed",
  "too_many",
  // how he asks
  "malformed",
  "too_large",
  "not_json",
  "not_a_form",
  "websocket_only",
  "bad_span",
  "who_listens",
  // what there is not
  "no_such_route",
  "no_call",
  "no_device",
  "no_document",
  "no_flag",
  "no_mailbox",
  "no_message",
  "no_route",
  "no_sound",
  "no_state",
  "in_no_queue",
  "nobody_attends",
  "nobody_called",
  "several_called",
  // what cannot be now
  "state",
  "asks_already",
  "handed_on",
  "is_entry",
  "nobody_asked",
  "nobody_talks",
  "not_held",
  "nothing_to_record",
  "phone_holds",
  "you_are_held",
  "not_reached",
  "own_phone",
  "too_late",
  "beyond_reach",
  // texts to be loaded
  "changed_meanwhile",
  "has_findings",
  "not_a_strategy",
  // what we do wrong
  "defect",
] as const;

export type Code = (typeof codes)[number];

/** In English, and as a code. What else belongs into its words stands beside it. */
export interface Refusal {
  error: string;
  code: Code;
}
