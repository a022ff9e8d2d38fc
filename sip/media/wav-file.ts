import { type FileHandle, open } from "node:fs/promises";
import { wavData, wavHeader } from "./wav.ts";

/** A WAV file for nobody else to read, that is whole after each piece, so that a crash loses only the last seconds. */
export function createWavFile(file: string) {
  let handle: FileHandle | undefined;
  let written = 0;
  let reason: string | undefined;
  let last = perform(async () => {
    handle = await open(file, "w", 0o600);
    await handle.write(wavHeader(0), 0, undefined, 0);
  });

  function perform(work: () => Promise<void>): Promise<void> {
    return work().catch((error: NodeJS.ErrnoException) => {
      reason ??= `${error.code ?? error.message}: ${file}`;
    });
  }

  async function write(samples: Int16Array): Promise<void> {
    if (!handle || reason) return;
    await handle.write(wavData(samples), 0, undefined, wavHeader(0).length + written * 2);
    written += samples.length;
    await handle.write(wavHeader(written), 0, undefined, 0);
  }

  return {
    append(samples: Int16Array) {
      last = last.then(() => perform(() => write(samples)));
    },
    async close(): Promise<string | undefined> {
      await last;
      await perform(async () => handle?.close());
      return reason;
    },
  };
}
