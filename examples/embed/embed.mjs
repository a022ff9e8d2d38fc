// A strategy inside a program of your own: parse, check, run, with ports that only tell. Needs nothing but the package.
import { check, makeSource, parse, readDirectory, render } from "cordboard/language";
import { createEngine, loadProgram, startHost } from "cordboard/runtime";
import { systemClock } from "cordboard/runtime/node";

const source = makeSource("hello.strategy", `strategy "hello" {
  entry "5000"
  default route to group Everyone
  answer
  play "welcome"
  queue Help { at 0s group Everyone  give up after 1m }
  hangup
}`);
const yaml = makeSource("directory.yaml", `directory: 1
site: { name: here, zone: Europe/Madrid, country: ES, languages: [en] }
agents: { ana: { extension: "1001", auto_login: yes } }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx] } }`);

const { directory, diagnostics: inDirectory } = readDirectory([yaml]);
const { file, diagnostics: inText } = parse(source);
const { program, diagnostics } = check([{ source, file }], directory);
const findings = [...inDirectory, ...inText, ...diagnostics];
if (findings.length > 0) console.error(render(findings, [source, yaml], { colour: false }));
if (!program) process.exit(1);

const host = startHost({
  engine: createEngine({ program: loadProgram(program), now: Date.now() }),
  clock: systemClock(),
  watch: ({ type, call, agent }) => console.log(type, call ?? "", agent ?? ""),
  // Your telephony: do what is asked, and deliver what comes of it.
  calls: { perform: (command) => queueMicrotask(() => answer(command)) },
});

function answer({ type, call, task, offer }) {
  if (type === "answer") host.deliver({ type: "call.answered", call });
  if (type === "play") host.deliver({ type: "treatment.ended", call, task, outcome: "done" });
  if (type === "offer") host.deliver({ type: "offer.answered", call, offer });
  if (type === "connect") host.deliver({ type: "call.connected", call, offer });
}
host.deliver({ type: "call.arrived", call: "A", from: "+34600000001", to: "5000" });
