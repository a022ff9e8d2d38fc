import { render } from "preact";
import { open } from "./desk.ts";
import { Calls, Dial } from "./parts/calls.tsx";
import { Choose, SignIn } from "./parts/entrance.tsx";
import { Frame } from "./parts/frame.tsx";
import { Previews } from "./parts/previews.tsx";
import { Queues } from "./parts/queues.tsx";
import { StateCard } from "./parts/state.tsx";
import { remember } from "./remembered.ts";
import { usePage } from "./store.ts";
import "./style/page.css";
import { useWords } from "./say.ts";

/** The desk of one agent or knowledge worker. */
function Desk() {
  const say = useWords();
  const at = usePage((page) => page.at);
  const me = usePage((page) => page.me);
  const agent = usePage((page) => page.agent);
  const self = usePage((page) => page.agents.find(({ id }) => id === page.agent));
  const other = { href: "/supervisor", word: "supervisorPage" } as const;
  return (
    <Frame title={self?.name ?? say("agentPage")} other={me && me.role !== "agent" ? other : undefined}>
      {at === "sign in" && <SignIn wantsAgent />}
      {at === "choose" && <Choose />}
      {at === "desk" && me && self && agent !== undefined && (
        <div class="columns">
          <div>
            <Previews />
            <Calls agent={agent} />
          </div>
          <div>
            <StateCard self={self} me={me} />
            <Dial />
            <Queues isShort />
          </div>
        </div>
      )}
    </Frame>
  );
}

const root = document.getElementById("page");
if (!root) throw new Error("index.html has no #page");
remember();
render(<Desk />, root);
void open(true);
