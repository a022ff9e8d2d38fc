/** What the SIP side tells an operator. pino and its children fit. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const ignore = (): void => undefined;

/** Where nobody listens. */
export const silent: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
