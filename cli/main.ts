import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { CheckOptions } from "./check.ts";
import { exit, isUsageError } from "./exit.ts";
import type { EndpointFlags } from "./endpoint.ts";
import type { ExplainOptions } from "./explain.ts";
import type { FmtOptions } from "./fmt.ts";
import type { GraphOptions } from "./graph.ts";
import { complain } from "./output.ts";
import type { PlaygroundOptions } from "./playground.ts";
import type { ReplayOptions } from "./replay.ts";
import type { ReportOptions } from "./report.ts";
import type { RunFlags } from "./run.ts";
import type { SimulateOptions } from "./simulate.ts";
import type { TestOptions } from "./test.ts";
import { version } from "./version.ts";
import type { WhyOptions } from "./why.ts";

/** Each command loads its own file, so that `check` starts without SIP and HTTP. */
function commands(): Command {
  const program = new Command("cordboard")
    .description("Call-routing strategies as readable text: check, test and run them.")
    .version(version())
    .exitOverride()
    .showHelpAfterError("(add --help for the options)");

  const directory = (): Option =>
    new Option("--directory <path>", "directory file or folder, repeatable")
      .default([], "directory.yaml or directory/ beside the strategies or in the folder given")
      .argParser(collect);

  const listens = [
    "--sip <listen>",
    "where to listen, as udp:ADDRESS:PORT[,tcp:…,tls:…,ws:…,wss:…]; port 0 takes a free one",
    "udp:127.0.0.1:5060",
  ] as const;
  const ownCertificate = [
    "--tls-cert <file>",
    "our certificate with those between it and its authority, for tls and wss",
  ] as const;
  const ownKey = ["--tls-key <file>", "its key"] as const;
  const authorities = (): Option =>
    new Option("--tls-ca <file>", "an authority to believe beside the system's, repeatable")
      .default([])
      .argParser(collect);
  const compact = ["--compact", "write header names by their short forms"] as const;
  const external = ["--external <address>", "behind a NAT: its address, for peers beyond it"] as const;
  const local = (): Option =>
    new Option("--local <network>", "with --external: on our side too, beside private networks, repeatable")
      .default([])
      .argParser(collect);
  const contactToken = ["--contact-token", "Contacts name a token, not the user"] as const;

  program
    .command("run")
    .description("run the strategies in a file or folder on live calls until SIGINT or SIGTERM")
    .argument("<path>", "a .strategy file, or a folder of them")
    .addOption(directory())
    .option(...listens)
    .option(...ownCertificate)
    .option(...ownKey)
    .addOption(authorities())
    .option(...compact)
    .option(...contactToken)
    .option(...external)
    .addOption(local())
    .option(
      "--drachtio <host:port>",
      "use a native drachtio-server instead of our own endpoint; of --sip only the address counts then, for media",
    )
    .option("--secret <secret>", "its secret (or the environment's DRACHTIO_SECRET)")
    .option(
      "--media <service>",
      "media service: own, sip:HOST:PORT of a media server (RFC 4240), or tcp:ADDRESS:PORT of `cordboard endpoint`",
      "own",
    )
    .option("--http <address:port>", "where the API listens", "127.0.0.1:8080")
    .option("--no-http", "no API")
    .addOption(
      new Option("--origin <url>", "let pages of this origin call the API and use SIP over WebSocket, repeatable")
        .default([])
        .argParser(collect),
    )
    .option(
      "--token-file <file>",
      "callers of the API have to say the token in this file (or the environment's CORDBOARD_TOKEN)",
    )
    .option("--allow-load", "whoever says the token may have other strategies run")
    .option("--journal <folder>", "keep every event in this folder")
    .option("--recordings <folder>", "keep recorded calls and messages in this folder", "recordings")
    .option("--events <file>", "write event records as NDJSON to a file, or - for stdout")
    .addOption(
      new Option("--log-level <level>", "how much to log")
        .choices(["silent", "error", "warn", "info", "debug"])
        .default("warn"),
    )
    .option("--drain <seconds>", "how long calls may go on after SIGINT or SIGTERM", wholeNumber, 30)
    .option("--demo", "place a demonstration call when ready")
    .action(async (path: string, flags: RunFlags) => finish(await (await import("./run.ts")).run(path, flags)));

  program
    .command("check")
    .description("tell what is wrong with strategies and their directory")
    .argument("<path...>", "strategies, folders of them, or files of a directory")
    .addOption(directory())
    .addOption(new Option("--format <format>").choices(["human", "json", "sarif"]).default("human"))
    .option("--strict", "warnings fail too", false)
    .action(async (paths: string[], options: CheckOptions) =>
      finish((await import("./check.ts")).check(paths, options)),
    );

  program
    .command("fmt")
    .description("format strategies in place; - reads stdin")
    .argument("<path...>")
    .option("--check", "only tell which files are not formatted", false)
    .action(async (paths: string[], options: FmtOptions) => finish((await import("./fmt.ts")).fmt(paths, options)));

  program
    .command("test")
    .description("run the test blocks on the virtual clock")
    .argument("<path...>")
    .addOption(directory())
    .option("--filter <text>", "only tests whose name contains the text")
    .option("--coverage", "tell which branches, outcomes and steps no test comes to", false)
    .option("--watch", "run again whenever a file changes, until Ctrl-C", false)
    .addOption(new Option("--format <format>").choices(["human", "json", "junit"]).default("human"))
    .action(async (paths: string[], options: TestOptions & { watch: boolean }) => {
      const { test } = await import("./test.ts");
      if (!options.watch) return finish(test(paths, options));
      return finish(
        await (await import("./watch.ts")).again([...paths, ...options.directory], () => test(paths, options)),
      );
    });

  program
    .command("simulate")
    .description("play days of traffic by chance on the virtual clock, and tell how callers and agents fare")
    .argument("<path>", "a .strategy file with traffic blocks, or a folder of them")
    .addOption(directory())
    .option("--traffic <name>", "only the traffic block of this name")
    .option("--calls <file>", "recorded calls in place of the block's: a CSV with the column `at`")
    .option("--seed <n>", "another seed than the block's", wholeNumber)
    .option("--replications <n>", "how many days", atLeastOne)
    .option("--compare <path>", "play the same calls by the strategies of another path too")
    .option("--html <file>", "write a page with charts, which needs nothing else")
    .addOption(new Option("--format <format>").choices(["human", "json"]).default("human"))
    .option("--assert", "exit with 1 when a target is missed", false)
    .action(async (path: string, options: SimulateOptions) =>
      finish((await import("./simulate.ts")).simulate(path, options)),
    );

  program
    .command("replay")
    .description("tell a journal again: is it as it was, or where does another strategy go another way?")
    .argument(
      "<journal>",
      "a .journal file, its programs beside it, or the folder given to `run --journal`: the latest",
    )
    .option("--strategy <path>", "another strategy to tell it to")
    .addOption(directory())
    .option("--until <time>", "only as far as this, as 10:00:05 or 2026-11-20T10:00:05Z (UTC)")
    .addOption(new Option("--format <format>").choices(["human", "json"]).default("human"))
    .action(async (path: string, options: ReplayOptions) =>
      finish((await import("./replay.ts")).replay(path, options)),
    );

  program
    .command("why")
    .description("why a call of a journal waits, agent by agent, or the way it went")
    .argument(
      "<journal>",
      "a .journal file, its programs beside it, or the folder given to `run --journal`: the latest",
    )
    .argument("<call>", "its id, or the beginning of it")
    .option("--at <time>", "at this time, as 10:00:05 or 2026-11-20T10:00:05Z (UTC)")
    .addOption(new Option("--format <format>").choices(["human", "json"]).default("human"))
    .action(async (path: string, call: string, options: WhyOptions) =>
      finish((await import("./why.ts")).why(path, call, options)),
    );

  program
    .command("report")
    .description("what agents have done, by a journal: calls, talk, work after calls, states, previews")
    .argument(
      "<journal>",
      "a .journal file, its programs beside it, or the folder given to `run --journal`: the latest",
    )
    .option("--from <time>", "from then on by the site's clocks, as 2026-11-30 or 2026-11-30T08:00")
    .option("--to <time>", "up to then, or of a day to its end")
    .addOption(new Option("--format <format>").choices(["human", "json", "csv"]).default("human"))
    .action(async (path: string, options: ReportOptions) =>
      finish((await import("./report.ts")).report(path, options)),
    );

  program
    .command("explain")
    .description("what a finding means, why it hurts callers, and how to mend it")
    .argument("[code]", "as `check` shows it, such as S204; without it all codes are listed")
    .addOption(new Option("--format <format>").choices(["human", "json"]).default("human"))
    .action(async (code: string | undefined, options: ExplainOptions) =>
      finish((await import("./explain.ts")).explain(code, options)),
    );

  program
    .command("graph")
    .description("the ways of calls through strategies, as Mermaid flowchart text")
    .argument("<path...>")
    .addOption(
      new Option("--directory <path>", "taken as by other commands; a chart needs none").default([]).argParser(collect),
    )
    .option("--strategy <name>", "only the strategy of this name")
    .action(async (paths: string[], options: GraphOptions) =>
      finish((await import("./graph.ts")).graph(paths, options)),
    );

  program
    .command("playground")
    .description("serve the page on which strategies are written and run in a browser, until SIGINT or SIGTERM")
    .option("--port <n>", "where it listens on 127.0.0.1; 0 takes a free port", port, 8088)
    .option("--open", "show it in the browser", false)
    .action(async (options: PlaygroundOptions) => finish(await (await import("./playground.ts")).playground(options)));

  program
    .command("lsp")
    .description("serve an editor on stdin and stdout (language server protocol)")
    .option("--stdio", "the only way there is; editors say it")
    .action(async () => (await import("./lsp.ts")).lsp());

  program
    .command("endpoint")
    .description("run signalling and media alone, for `run --drachtio`: calls outlive the run that serves them")
    .option(...listens)
    .option(...ownCertificate)
    .option(...ownKey)
    .addOption(authorities())
    .addOption(
      new Option("--tls-unverified <host>", "take this host whatever its certificate says, repeatable")
        .default([])
        .argParser(collect),
    )
    .option(...compact)
    .option(...contactToken)
    .option(...external)
    .addOption(local())
    .option("--app <address:port>", "where `run --drachtio` connects", "127.0.0.1:9022")
    .option("--media <address:port>", "where `run --media` connects", "127.0.0.1:9023")
    .option("--secret <secret>", "what it has to know (or the environment's DRACHTIO_SECRET)")
    .addOption(
      new Option("--origin <url>", "let pages of this origin use SIP over WebSocket, repeatable")
        .default([])
        .argParser(collect),
    )
    .option("--country <code>", "whose ringing tone callers hear, two letters", "us")
    .addOption(
      new Option("--log-level <level>", "how much to log")
        .choices(["silent", "error", "warn", "info", "debug"])
        .default("warn"),
    )
    .action(async (flags: EndpointFlags) => finish(await (await import("./endpoint.ts")).endpoint(flags)));

  program
    .command("new")
    .description("make a folder with a strategy, directory, tests, traffic and prompts that runs as it is")
    .argument("<name>", "the folder's name, and the strategy's")
    .action(async (name: string) => finish((await import("./new.ts")).create(name)));

  return program;
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("a whole number is needed");
  return Number(text);
}

function atLeastOne(text: string): number {
  const n = wholeNumber(text);
  if (n === 0) throw new InvalidArgumentError("it takes at least one");
  return n;
}

function port(text: string): number {
  const n = wholeNumber(text);
  if (n > 65_535) throw new InvalidArgumentError("ports end at 65535");
  return n;
}

function finish(code: number): void {
  process.exitCode = code;
}

function failed(error: unknown, names: string[]): number {
  if (error instanceof CommanderError) {
    if (error.code === "commander.unknownCommand") complain(`commands: ${names.join(", ")}`);
    return error.exitCode === 0 ? exit.ok : exit.usage;
  }
  if (isUsageError(error)) {
    complain(`cordboard: ${error.message}`);
    return exit.usage;
  }
  complain(`cordboard: a defect of ours, please report it\n${error instanceof Error ? error.stack : String(error)}`);
  return exit.defect;
}

// `check … | head` closes our stdout: whoever reads no more wants no more.
process.stdout.on("error", () => process.exit(process.exitCode ?? exit.ok));

const program = commands();
program.parseAsync().catch((error: unknown) =>
  finish(
    failed(
      error,
      program.commands.map((one) => one.name()),
    ),
  ),
);
