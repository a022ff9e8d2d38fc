import type { Directory } from "../language/index.ts";
import type { Event } from "../runtime/index.ts";
import { accountOf, type Admission, createGate, phoneAccounts } from "./gate.ts";
import type { Logger } from "./log.ts";
import { createRegistrar, type Registrar } from "./registrar.ts";
import type { Signalling, SipRequest } from "./srf.ts";
import { createKeeper, passwordFault, type SecretReader } from "./trunks/credentials.ts";
import { createHealth } from "./trunks/health.ts";
import { createChallenges } from "./trunks/nonces.ts";
import { createRegistrations } from "./trunks/registration.ts";
import { createWays, type Ways } from "./trunks/ways.ts";

/** All that stands around us, as the directory has it: who may call in, where phones are, and how calls leave. */
export interface Outside {
  readonly registrar: Registrar;
  readonly ways: Ways;
  admit(request: SipRequest): Admission;
  /** Tells who is there, and begins to ask trunks whether they live and to register where they want it. */
  open(): void;
  /** A changed directory, for whatever is begun from now on. */
  use(directory: Directory): void;
  stop(): Promise<void>;
}

/** → `device.changed`, `trunk.changed` */
export function createOutside(options: {
  directory: Directory;
  signalling: Signalling;
  deliver: (event: Event) => void;
  secret: SecretReader;
  log: Logger;
}): Outside {
  const { signalling, deliver, secret, log } = options;
  let { directory } = options;
  const keeper = createKeeper({ challenges: createChallenges(), secret, log });
  const health = createHealth({ signalling, deliver, log });
  const registrations = createRegistrations({ signalling, secret, log });
  const registrar = createRegistrar({ directory, keeper, deliver });
  const { contacts } = registrar;
  const ways = createWays({ directory: () => directory, contacts, isUp: health.isUp, secret, log });
  let gate = createGate({ directory, keeper, secret });

  /** Told before the first who needs one is refused. */
  function tellFaults(): void {
    const { trunks } = directory;
    const accounts = [
      ...phoneAccounts(directory).values(),
      ...Object.values(trunks).flatMap((one) => accountOf(one) ?? []),
    ];
    for (const { user, password } of accounts) {
      const fault = passwordFault(secret(password));
      if (fault) log.error({ user, ...password }, fault);
    }
    for (const { id, inbound, outbound } of Object.values(trunks)) {
      for (const reference of [inbound.token?.secret, outbound.token?.secret, outbound.password]) {
        if (reference && secret(reference) === undefined)
          log.error({ trunk: id, ...reference }, "a secret is not there");
      }
    }
  }

  function watch(): void {
    tellFaults();
    health.use(directory);
    registrations.use(directory);
  }

  return {
    registrar,
    ways,
    admit: (request) => gate(request),
    open() {
      registrar.announce();
      watch();
    },
    use(changed) {
      directory = changed;
      gate = createGate({ directory, keeper, secret });
      registrar.use(directory);
      watch();
    },
    async stop() {
      registrar.stop();
      health.stop();
      await registrations.stop();
    },
  };
}
