import { check, entrances, parse, readDirectory, type Source } from "../../language/index.ts";
import { createTrace, planOf, playDays, runTests } from "../index.ts";

/** A site as nothing but texts, so that it can be handed to any JavaScript engine. */
export interface SiteTexts {
  directory: Source[];
  strategies: Source[];
  /** Milliseconds of each prompt that has audio. */
  lengths: Record<string, number>;
}

/** Monday, 2026-11-23, 12:00 UTC. */
const DAY_PLAYED = Date.UTC(2026, 10, 23, 12);

/** Everything from text to trace: the digest of each of a site's tests, and of the first hour of each of its traffic blocks. */
export function digestsOf({ directory, strategies, lengths }: SiteTexts): Record<string, string> {
  const parsed = strategies.map((source) => ({ source, ...parse(source) }));
  const { program } = check(parsed, readDirectory(directory).directory);
  if (!program) throw new Error(`${strategies[0]?.path}: no program`);

  const digests: Record<string, string> = {};
  for (const { name, records } of runTests(program, { promptLengths: lengths })) {
    const trace = createTrace();
    for (const record of records) trace.add(record);
    digests[`test ${name}`] = trace.digest();
  }
  for (const { traffic } of program.traffic) {
    const trace = createTrace();
    const whole = planOf(traffic);
    const plan = { ...whole, to: whole.from + 60, replications: 1 };
    const strategy = program.strategies.filter((one) => one.strategy.name.parts[0] === plan.strategy);
    playDays({
      checked: program,
      plan,
      to:
        entrances(
          strategy.map((one) => one.strategy),
          program.directory.site.country,
        )[0]?.from ?? "",
      date: DAY_PLAYED,
      promptMs: (prompt) => lengths[prompt] ?? 4000,
      watch: (record) => trace.add(record),
    });
    digests[`traffic ${plan.name}`] = trace.digest();
  }
  return digests;
}
