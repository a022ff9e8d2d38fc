import { change, current } from "../store.ts";

const link = /^#live=(https?:\/\/[\w.:[\]-]{1,200})$/;

/** Opened as `#live=http://127.0.0.1:8080`, the page shows that run at once. A token stands in no link: it is asked for. */
export async function openLive(): Promise<void> {
  const address = link.exec(location.hash)?.[1];
  if (address === undefined || current().isEmbedded) return;
  const { connect } = await import("./link.ts");
  change((page) => void (page.panel = "live"));
  await connect(address, "");
}
