import type { Card } from "./agent.ts";
import { copy } from "./copy.ts";
import type { Core } from "./core.ts";
import type { CallId } from "./events.ts";
import { masked } from "./strategy/secrets.ts";
import { toldFields } from "./values.ts";

/** What a call leaves to whoever writes it up. Masked here and for good: the strategy that knows the secrets may be gone by then. */
export function cardOf(core: Core, id: CallId): Card | undefined {
  const call = core.tables.call.get(id);
  if (!call) return undefined;
  const { from, to, dialler, showing = call.preview?.showing, data, fromBot } = call;
  return {
    id,
    from,
    to,
    dialler: dialler?.agent,
    ...masked(core, call, copy({ showing, data: toldFields(data), fromBot })),
  };
}
