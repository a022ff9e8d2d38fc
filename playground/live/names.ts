import { useStore } from "../store.ts";

/** How a person calls what a run has ids for: people by their names, calls by who calls. Ids are a detail. */
export interface Names {
  agent(id: string): string;
  call(id: string): string;
}

/** Of who calls now, and of who called since this page is connected. */
export function useNames(): Names {
  const agents = useStore(({ live }) => live.agents);
  const calls = useStore(({ live }) => live.calls);
  const events = useStore(({ live }) => live.events);
  return {
    agent: (id) => agents.find((one) => one.id === id)?.name ?? id,
    call(id) {
      const known = calls.find((one) => one.id === id)?.from;
      const came = known ?? events.find(({ type, call }) => type === "call.arrived" && call === id)?.["from"];
      return typeof came === "string" && came !== "" ? came : id;
    },
  };
}
