import { Calls, Dial } from "./parts/calls.tsx";
import { Choose, SignIn } from "./parts/entrance.tsx";
import { Flags } from "./parts/flags.tsx";
import { Frame } from "./parts/frame.tsx";
import { Mailboxes } from "./parts/mailboxes.tsx";
import { Previews } from "./parts/previews.tsx";
import { Queues } from "./parts/queues.tsx";
import { StateCard } from "./parts/state.tsx";
import { AskedTexts } from "./parts/texts.tsx";
import { usePage } from "./store.ts";
import { useWords } from "./say.ts";

/** The desk of one agent or knowledge worker. */
export function Desk() {
  const say = useWords();
  const at = usePage((page) => page.at);
  const me = usePage((page) => page.me);
  const known = [
    ...usePage((page) => page.calls).map(({ id }) => id),
    ...usePage((page) => page.previews).map(({ call }) => call),
  ];
  const self = usePage((page) => page.agents.find(({ id }) => id === page.agent));
  const other = { href: "/supervisor", word: "supervisorPage" } as const;
  return (
    <Frame title={self?.name ?? say("agentPage")} other={me && me.role !== "agent" ? other : undefined}>
      {at === "sign in" && <SignIn />}
      {at === "choose" && <Choose />}
      {at === "desk" && me && self && (
        <div class="columns">
          <div>
            <Previews />
            <Calls self={self} />
            <AskedTexts known={known} />
          </div>
          <div>
            <StateCard self={self} me={me} />
            <Mailboxes />
            <Dial />
            {me.flags.length > 0 && <Flags flags={me.flags} />}
            <Queues isShort />
          </div>
        </div>
      )}
    </Frame>
  );
}
