import { AllCalls } from "./parts/all-calls.tsx";
import { SignIn } from "./parts/entrance.tsx";
import { Flags } from "./parts/flags.tsx";
import { Frame } from "./parts/frame.tsx";
import { People } from "./parts/people.tsx";
import { PreviewRecords } from "./parts/preview-records.tsx";
import { Queues } from "./parts/queues.tsx";
import { Reports } from "./parts/reports.tsx";
import { Strategies } from "./parts/strategies.tsx";
import { usePage } from "./store.ts";
import { useWords } from "./say.ts";

/** All of the house: who waits and why, who is there, and what runs. */
export function Supervisor() {
  const say = useWords();
  const at = usePage((page) => page.at);
  const me = usePage((page) => page.me);
  return (
    <Frame title={say("supervisorPage")} other={{ href: "/", word: "agentPage" }}>
      {at === "sign in" && <SignIn />}
      {at === "desk" && me?.role === "agent" && <p class="warning">{say("notForYou")}</p>}
      {at === "desk" && me && me.role !== "agent" && (
        <div class="columns">
          <div>
            <Queues />
            <AllCalls />
            <Reports />
            <PreviewRecords />
            <Strategies mayLoad={me.mayLoad} playground={me.playgroundUrl} />
          </div>
          <div>
            <People />
            <Flags flags={me.flags} />
          </div>
        </div>
      )}
    </Frame>
  );
}
