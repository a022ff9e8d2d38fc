import { useState } from "preact/hooks";
import { useStore } from "../store.ts";
import { connect, disconnect } from "./link.ts";

/** Which run, and the token it wants; the token stays in memory. */
export function Connect() {
  const state = useStore(({ live }) => live.state);
  const shown = useStore(({ live }) => live.address);
  const [address, setAddress] = useState(shown);
  const [token, setToken] = useState("");
  const isAway = state === "away";
  return (
    <form
      class="connect"
      onSubmit={(event) => {
        event.preventDefault();
        if (isAway) void connect(address, token);
        else disconnect();
      }}
    >
      <label>
        <span>Address of a run</span>
        <input
          value={address}
          disabled={!isAway}
          spellcheck={false}
          autocomplete="off"
          onInput={({ currentTarget }) => setAddress(currentTarget.value)}
        />
      </label>
      <label>
        <span>Token</span>
        <input
          type="password"
          value={token}
          disabled={!isAway}
          autocomplete="off"
          placeholder="none"
          onInput={({ currentTarget }) => setToken(currentTarget.value)}
        />
      </label>
      <button type="submit" class={isAway ? "main" : undefined}>
        {isAway ? "Connect" : "Disconnect"}
      </button>
      <State />
    </form>
  );
}

const words = { away: "Not connected", coming: "Connecting…", here: "Connected", lost: "Connection lost" };

function State() {
  const state = useStore(({ live }) => live.state);
  const trouble = useStore(({ live }) => live.trouble);
  const gap = useStore(({ live }) => live.gap);
  return (
    <p class={`live-state ${trouble === undefined ? "" : "bad"}`} role="status">
      <b>{words[state]}.</b> {trouble ?? gap ?? (state === "away" ? "The token is kept in memory only." : "")}
    </p>
  );
}
