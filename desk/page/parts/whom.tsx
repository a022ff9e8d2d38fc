import { useId } from "preact/hooks";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";
import { useStateText } from "./state.tsx";

interface WhomProps {
  label: string;
  value: string;
  set(value: string): void;
  /** Groups and mailboxes take a call, but nobody talks with them. */
  withPlaces?: boolean;
}

/** Somebody by name, extension, id or number, completed from the directory with how each colleague is now. */
export function Whom({ label, value, set, withPlaces = false }: WhomProps) {
  const say = useWords();
  const list = useId();
  const stateOf = useStateText();
  const self = usePage((page) => page.agent);
  const agents = usePage((page) => page.agents).filter(({ id }) => id !== self);
  const { group = [], mailbox = [], number = [] } = usePage((page) => page.me?.places) ?? {};
  const isOneOf = (name: string): boolean => agents.filter((each) => each.name === name).length === 1;
  const isPlain = (name: string): boolean => [...group, ...mailbox].filter((each) => each === name).length === 1;
  const placesOf = (noun: "group" | "mailbox", names: string[]) =>
    names.map((name) => (
      <option key={`${noun} ${name}`} value={isPlain(name) ? name : `${noun} ${name}`}>
        {`${name} · ${say(noun === "group" ? "groupNoun" : "mailboxNoun")}`}
      </option>
    ));
  return (
    <>
      <input
        aria-label={label}
        placeholder={say("number")}
        list={list}
        autocomplete="off"
        maxLength={100}
        value={value}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
      <datalist id={list}>
        {agents.map((each) => (
          <option key={each.id} value={isOneOf(each.name) ? each.name : (each.extension ?? each.id)}>
            {[each.name, each.extension, stateOf(each)].filter(Boolean).join(" · ")}
          </option>
        ))}
        {number.map((name) => (
          <option key={`number ${name}`} value={name} />
        ))}
        {withPlaces && placesOf("group", group)}
        {withPlaces && placesOf("mailbox", mailbox)}
      </datalist>
    </>
  );
}
