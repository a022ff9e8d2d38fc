import { useState } from "preact/hooks";
import { choose, signIn } from "../desk.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";

export function SignIn() {
  const say = useWords();
  const [token, setToken] = useState("");
  return (
    <form
      class="card entrance"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn(token);
      }}
    >
      <h2>{say("signIn")}</h2>
      <p class="soft">{say("signInWhy")}</p>
      <label>
        {say("token")}
        <input
          type="password"
          autocomplete="off"
          value={token}
          onInput={({ currentTarget }) => setToken(currentTarget.value)}
        />
      </label>
      <button type="submit" class="main" disabled={token.trim() === ""}>
        {say("signIn")}
      </button>
    </form>
  );
}

export function Choose() {
  const say = useWords();
  const agents = usePage((page) => page.agents);
  const [chosen, setChosen] = useState("");
  const agent = chosen || agents[0]?.id || "";
  return (
    <form
      class="card entrance"
      onSubmit={(event) => {
        event.preventDefault();
        choose(agent);
      }}
    >
      <h2>{say("whoAreYou")}</h2>
      <p class="soft">{say("chooseWhy")}</p>
      <label>
        {say("name")}
        <select value={agent} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
          {agents.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="main">
        {say("openDesk")}
      </button>
    </form>
  );
}
