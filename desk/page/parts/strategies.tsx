import { useEffect, useState } from "preact/hooks";
import type { Finding, LoadedRow, SiteRow } from "../../answers.ts";
import { ask, Refused } from "../link.ts";
import { aboutIn, errorIn, plain } from "../notices.ts";
import { useWords } from "../say.ts";
import { usePage } from "../store.ts";

interface Told {
  text: string;
  isBad: boolean;
  /** What the run said no with. */
  refusal?: Record<string, unknown>;
  findings: Finding[];
}

/** A text that somebody changes, and the one that it was begun from: where another runs by now, his must not take its place unseen. */
interface Draft {
  path: string;
  from: string;
  text: string;
}

/** The strategies that run. Another text takes their place once it is checked and its tests have passed. */
export function Strategies({ mayLoad, playground }: { mayLoad: boolean; playground: string }) {
  const say = useWords();
  const [site, setSite] = useState<SiteRow>();
  const [path, setPath] = useState<string>();
  const [begun, setBegun] = useState<Draft>();
  const [told, setTold] = useState<Told>();
  const read = (): void => void ask<SiteRow>("/api/site").then(setSite, () => undefined);
  useEffect(read, []);

  const strategies = site?.files.filter((file) => file.path.endsWith(".strategy")) ?? [];
  const file = strategies.find((each) => each.path === path) ?? strategies[0];
  const draft = begun?.path === file?.path ? begun : undefined;
  const isOvertaken = draft !== undefined && draft.from !== file?.text;
  const load = async (): Promise<void> => {
    if (!site || !draft) return;
    setTold({ text: say("loading"), isBad: false, findings: [] });
    const files = strategies.map((each) => (each.path === draft.path ? { ...each, text: draft.text } : each));
    try {
      const { findings } = await ask<LoadedRow>("/api/site", { program: site.program, files });
      setTold({ text: say("loaded"), isBad: false, findings });
      setBegun(undefined);
    } catch (error) {
      if (!(error instanceof Refused)) return setTold({ text: String(error), isBad: true, findings: [] });
      const findings = Array.isArray(error.answer["findings"]) ? error.answer["findings"] : [];
      setTold({ text: "", isBad: true, refusal: { ...error.answer, error: error.message }, findings });
    }
    read();
  };

  return (
    <section class="card" aria-labelledby="strategies-head">
      <h2 id="strategies-head">{say("strategies")}</h2>
      <p class="soft">
        <a href={`${playground.replace(/\/$/, "")}/#live=${location.origin}`} target="_blank" rel="noreferrer">
          {say("follow")}
        </a>{" "}
        {say("playground", new URL(playground).origin)}
      </p>
      {file && (
        <>
          <label class="row">
            {say("file")}
            <select
              value={file.path}
              onChange={({ currentTarget }) => {
                setPath(currentTarget.value);
                setBegun(undefined);
              }}
            >
              {strategies.map((each) => (
                <option key={each.path} value={each.path}>
                  {each.path}
                </option>
              ))}
            </select>
          </label>
          <textarea
            class="text"
            aria-label={file.path}
            spellcheck={false}
            readOnly={!mayLoad}
            value={draft?.text ?? file.text}
            onInput={({ currentTarget }) =>
              setBegun({ path: file.path, from: draft?.from ?? file.text, text: currentTarget.value })
            }
          />
        </>
      )}
      {mayLoad ? (
        <p class="row">
          <button type="button" class="main" disabled={draft === undefined || isOvertaken} onClick={() => void load()}>
            {say("load")}
          </button>
          {isOvertaken && (
            <button type="button" onClick={() => setBegun(undefined)}>
              {say("takeOther")}
            </button>
          )}
        </p>
      ) : (
        <p class="soft">{say("mayNotLoad")}</p>
      )}
      {isOvertaken && (
        <p class="warning" role="status">
          {say("overtaken")}
        </p>
      )}
      {told && <LoadingTold told={told} />}
    </section>
  );
}

function LoadingTold({ told: { text, isBad, refusal, findings } }: { told: Told }) {
  const say = useWords();
  const page = usePage((each) => each);
  return (
    <div role="status">
      <p class={isBad ? "bad" : ""}>{refusal ? aboutIn(page, { refusal }) : text}</p>
      {refusal && <p class="soft">{errorIn(refusal)}</p>}
      {findings.length > 0 && (
        <ul class="findings" aria-label={say("findings")}>
          {findings.map(({ code, message, hint, path, line, column }) => (
            <li key={`${path}:${line}:${column}:${code}`}>
              <strong>{code}</strong> {path}:{line}:{column} {plain(message)}{" "}
              {hint && <span class="soft">{plain(hint)}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
