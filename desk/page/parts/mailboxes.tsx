import { useEffect, useState } from "preact/hooks";
import type { MailboxRow, MessageRow } from "../../answers.ts";
import { lasting, whenIn } from "../clock.ts";
import { attempt, dial, fail } from "../desk.ts";
import { ask, remove, fileAt } from "../link.ts";
import { useWords } from "../say.ts";
import { usePage } from "../store.ts";

/** What waits in the mailboxes that are his or his groups', and is heard and removed here. */
export function Mailboxes() {
  const say = useWords();
  const full = usePage((page) => page.mailboxes).filter((each) => each.new + each.old > 0);
  if (full.length === 0) return null;
  return (
    <section class="card" aria-labelledby="mailboxes-head">
      <h2 id="mailboxes-head">{say("messages")}</h2>
      {full.map((each) => (
        <Mailbox key={each.mailbox} of={each} />
      ))}
    </section>
  );
}

function Mailbox({ of: box }: { of: MailboxRow }) {
  const say = useWords();
  const [isOpen, open] = useState(false);
  const badge = box.new > 0 ? say("newMessages", box.new) : say("oldMessages", box.old);
  return (
    <details class="mailbox" onToggle={({ currentTarget }) => open(currentTarget.open)}>
      <summary>
        <span role="status" class={box.new > 0 ? "badge" : "soft"}>
          {box.mailbox}: {badge}
        </span>
      </summary>
      {isOpen && <Messages of={box} />}
    </details>
  );
}

const pathOf = (mailbox: string, ...rest: string[]): string =>
  ["/api/mailboxes", mailbox, ...rest].map((part, nth) => (nth === 0 ? part : encodeURIComponent(part))).join("/");

/** Listed anew with each look at how everything stands: one may be removed as another comes. */
function Messages({ of }: { of: MailboxRow }) {
  const [messages, list] = useState<MessageRow[]>([]);
  useEffect(() => {
    ask<MessageRow[]>(pathOf(of.mailbox)).then(list, fail);
  }, [of]);
  return (
    <ul>
      {messages.toReversed().map((message) => (
        <Message key={message.id} message={message} />
      ))}
    </ul>
  );
}

function Message({ message: { id, mailbox, from, subject, receivedAt, lengthMs, heard } }: { message: MessageRow }) {
  const say = useWords();
  const language = usePage((page) => page.language);
  const [isSure, beSure] = useState(false);
  return (
    <li class={heard ? "" : "is-new"}>
      <span>
        {from} <span class="soft">{whenIn(language, receivedAt)}</span> {lasting(lengthMs)}{" "}
        {!heard && <span class="badge">{say("newMessage")}</span>}
      </span>
      {subject !== undefined && <p>{subject}</p>}
      <p class="row">
        <Player path={pathOf(mailbox, id, "sound")} heard={() => void (heard || mark(mailbox, id, true))} />
        {isNumber(from) && (
          <button type="button" onClick={() => void dial(from)}>
            {say("callBack")}
          </button>
        )}
        {heard && (
          <button type="button" onClick={() => void mark(mailbox, id, false)}>
            {say("markNew")}
          </button>
        )}
        <button
          type="button"
          onBlur={() => beSure(false)}
          onClick={() => (isSure ? void attempt(() => remove(pathOf(mailbox, id))) : beSure(true))}
        >
          {say(isSure ? "removeSurely" : "remove")}
        </button>
      </p>
    </li>
  );
}

/** Who hides his number cannot be called. */
const isNumber = (from: string): boolean => /^\+?[\d ().*#-]{2,40}$/.test(from);

const mark = (mailbox: string, message: string, heard: boolean): Promise<void> =>
  attempt(() => ask(pathOf(mailbox, message, "heard"), { heard }));

/** Fetched when somebody wants to hear it, since it may be long; the token goes with the question, which no address could carry. */
function Player({ path, heard }: { path: string; heard(): void }) {
  const say = useWords();
  const [url, setUrl] = useState<string>();
  useEffect(() => () => void (url !== undefined && URL.revokeObjectURL(url)), [url]);
  const fetchIt = (): Promise<void> =>
    attempt(async () => {
      setUrl(URL.createObjectURL(await fileAt(path)));
    });
  if (url === undefined)
    return (
      <button type="button" class="main" onClick={() => void fetchIt()}>
        {say("play")}
      </button>
    );
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- nobody has written down what was said
  return <audio controls autoplay src={url} aria-label={say("messages")} onPlay={heard} />;
}
