import type { Directory } from "../../language/index.ts";
import type { Event } from "../../runtime/index.ts";
import { type Admission, createGate } from "./gate.ts";
import type { Logger } from "../log.ts";
import type { BindingsFile } from "./bindings-file.ts";
import { createRegistrar, type Registrar } from "./registrar.ts";
import type { Signalling, SipRequest } from "../dialog/srf.ts";
import { createKeeper, type SecretReader } from "../trunks/credentials.ts";
import { createHealth } from "../trunks/health.ts";
import { createChallenges } from "../trunks/nonces.ts";
import { createProving } from "../trunks/proving.ts";
import { createRegistrations } from "../trunks/registration.ts";
import { createWays, type Ways } from "../trunks/ways.ts";

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
  bindings?: BindingsFile;
  keepsConnections?: boolean;
}): Outside {
  const { signalling, deliver, secret, log, bindings: file, keepsConnections } = options;
  let { directory } = options;
  const keeper = createKeeper({ challenges: createChallenges(), secret, log });
  const health = createHealth({ signalling, deliver, log });
  const proving = createProving({ secret, log });
  const registrations = createRegistrations({ signalling, proving, log });
  const registrar = createRegistrar({ directory, keeper, deliver, file, keepsConnections });
  const { contacts } = registrar;
  const ways = createWays({ directory: () => directory, contacts, isUp: health.isUp, secret, proving, log });
  let gate = createGate({ directory, keeper, secret });

  function watch(): void {
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
