/*
 * drachtio-srf keeps to itself what the listener of a request throws, and where a callback throws while it reads what the endpoint
 * says, it reads the same message again with every one that follows: no other call would hear of its own. So nothing may throw into it.
 */

interface Answer {
  finalResponseSent: boolean;
  send(status: number): void;
}

type Handle = (request: unknown, reply: Answer, next: () => void) => void;

/** What of drachtio-srf 5.0 such things run through. */
export interface Inside {
  use(method: string, listener: Handle): void;
  connect(options: object): void;
  addDialog(dialog: { handle: Handle }): void;
  /** `wp` reads the endpoint's connection, and stands from `connect` on. */
  app: { client: { wp: { emit(...event: unknown[]): boolean } } };
}

/** What our mistakes throw goes to `tell` from here on; a request that had no answer by then gets 500. */
export function keepDefectsOut(srf: Inside, tell: (defect: unknown) => void): void {
  const answering =
    (handle: Handle): Handle =>
    (request, reply, next) => {
      try {
        handle(request, reply, next);
      } catch (defect) {
        tell(defect);
        if (!reply.finalResponseSent) reply.send(500);
      }
    };
  const { use, connect, addDialog } = srf;
  srf.use = (method, listener) => use.call(srf, method, answering(listener));
  srf.addDialog = (dialog) => {
    dialog.handle = answering(dialog.handle.bind(dialog));
    addDialog.call(srf, dialog);
  };
  srf.connect = (options) => {
    connect.call(srf, options);
    const { wp } = srf.app.client;
    const emit = wp.emit.bind(wp);
    wp.emit = (...event) => {
      try {
        return emit(...event);
      } catch (defect) {
        tell(defect);
        return true;
      }
    };
  };
}

/** Thrown where it stands alone: to the last net of the process. */
export function aside(defect: unknown): void {
  queueMicrotask(() => {
    throw defect;
  });
}
