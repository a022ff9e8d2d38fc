import { lasting } from "../clock.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";
import { Cell, Row, RowHead, Table } from "./table.tsx";

const few = ["queue", "waiting", "longest", "expected"] as const;
const all = [...few, "answeredToday", "abandonedToday"] as const;

/** Every queue as it stands; the same figures as `/api/stats`. */
export function Queues({ isShort = false }: { isShort?: boolean }) {
  const say = useWords();
  const queues = usePage((page) => page.queues);
  const columns = isShort ? few : all;
  return (
    <section class="card" aria-labelledby="queues-head">
      <h2 id="queues-head">{say("queues")}</h2>
      {queues.length === 0 ? (
        <p class="soft">{say("noQueue")}</p>
      ) : (
        <Table by="queues-head" heads={columns.map((word) => say(word))}>
          {queues.map(({ name, waiting, longestWaitMs, ewtMs, answered, abandoned }) => (
            <Row key={name}>
              <RowHead>{name}</RowHead>
              <Cell of={say("waiting")}>{waiting}</Cell>
              <Cell of={say("longest")}>{lasting(longestWaitMs)}</Cell>
              <Cell of={say("expected")}>{ewtMs === undefined ? say("unknown") : lasting(ewtMs)}</Cell>
              {!isShort && <Cell of={say("answeredToday")}>{answered}</Cell>}
              {!isShort && <Cell of={say("abandonedToday")}>{abandoned}</Cell>}
            </Row>
          ))}
        </Table>
      )}
    </section>
  );
}
