import { lasting } from "../clock.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";

/** Every queue as it stands; the same figures as `/api/stats`. */
export function Queues({ isShort = false }: { isShort?: boolean }) {
  const say = useWords();
  const queues = usePage((page) => page.queues);
  return (
    <section class="card" aria-labelledby="queues-head">
      <h2 id="queues-head">{say("queues")}</h2>
      {queues.length === 0 ? (
        <p class="soft">{say("noQueue")}</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-labelledby="queues-head">
          <table>
            <thead>
              <tr>
                <th scope="col">{say("queue")}</th>
                <th scope="col">{say("waiting")}</th>
                <th scope="col">{say("longest")}</th>
                <th scope="col">{say("expected")}</th>
                {!isShort && <th scope="col">{say("answeredToday")}</th>}
                {!isShort && <th scope="col">{say("abandonedToday")}</th>}
              </tr>
            </thead>
            <tbody>
              {queues.map(({ name, waiting, longestWaitMs, ewtMs, answered, abandoned }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{waiting}</td>
                  <td>{lasting(longestWaitMs)}</td>
                  <td>{ewtMs === undefined ? say("unknown") : lasting(ewtMs)}</td>
                  {!isShort && <td>{answered}</td>}
                  {!isShort && <td>{abandoned}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
