import { useEffect, useState } from "preact/hooks";
import type { Finding, SiteText } from "../../rows.ts";
import { ask, Refused } from "../link.ts";
import { useWords } from "../say.ts";

/** Where `cordboard playground` listens, on the machine of whoever looks. */
const PLAYGROUND = "http://127.0.0.1:8088";

interface Site {
  program: string;
  files: SiteText[];
}

interface Told {
  text: string;
  isBad: boolean;
  findings: Finding[];
}

/** The strategies that run. Another text takes their place once it is checked and its tests have passed. */
export function Strategies({ mayLoad }: { mayLoad: boolean }) {
  const say = useWords();
  const [site, setSite] = useState<Site>();
  const [path, setPath] = useState<string>();
  const [text, setText] = useState<string>();
  const [told, setTold] = useState<Told>();
  const read = (): void => void ask<Site>("/api/site").then(setSite, () => undefined);
  useEffect(read, []);

  const strategies = site?.files.filter((file) => file.path.endsWith(".strategy")) ?? [];
  const file = strategies.find((each) => each.path === path) ?? strategies[0];
  const load = async (): Promise<void> => {
    if (!site || !file) return;
    setTold({ text: say("loading"), isBad: false, findings: [] });
    const files = strategies.map((each) => (each.path === file.path ? { ...each, text: text ?? each.text } : each));
    try {
      const { findings } = await ask<{ findings: Finding[] }>("/api/site", { program: site.program, files });
      setTold({ text: say("loaded"), isBad: false, findings });
      setText(undefined);
    } catch (error) {
      if (!(error instanceof Refused)) return setTold({ text: String(error), isBad: true, findings: [] });
      const findings = Array.isArray(error.answer["findings"]) ? error.answer["findings"] : [];
      setTold({ text: error.message, isBad: true, findings });
    }
    read();
  };

  return (
    <section class="card" aria-labelledby="strategies-head">
      <h2 id="strategies-head">{say("strategies")}</h2>
      <p class="soft">
        <a href={`${PLAYGROUND}/#live=${location.origin}`} target="_blank" rel="noreferrer">
          {say("follow")}
        </a>{" "}
        {say("playground", PLAYGROUND)}
      </p>
      {file && (
        <>
          <label class="row">
            {say("file")}
            <select
              value={file.path}
              onChange={({ currentTarget }) => {
                setPath(currentTarget.value);
                setText(undefined);
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
            value={text ?? file.text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </>
      )}
      {mayLoad ? (
        <p class="row">
          <button type="button" class="main" disabled={text === undefined} onClick={() => void load()}>
            {say("load")}
          </button>
        </p>
      ) : (
        <p class="soft">{say("mayNotLoad")}</p>
      )}
      {told && <LoadingTold told={told} />}
    </section>
  );
}

function LoadingTold({ told: { text, isBad, findings } }: { told: Told }) {
  const say = useWords();
  return (
    <div role="status">
      <p class={isBad ? "bad" : ""}>{text}</p>
      {findings.length > 0 && (
        <ul class="findings" aria-label={say("findings")}>
          {findings.map(({ code, message, hint, path, line, column }) => (
            <li key={`${path}:${line}:${column}:${code}`}>
              <strong>{code}</strong> {path}:{line}:{column} {message} {hint && <span class="soft">{hint}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
