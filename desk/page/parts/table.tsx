import type { ComponentChildren } from "preact";

/*
 * Tables whose rows stand one below another where there is no room for columns (WCAG 1.4.10). What is what is said, since some screen
 * readers take what is not laid out as a table for none.
 */

interface TableProps {
  /** Heading that names it. */
  by: string;
  /** Of the columns; nothing for one of buttons. */
  heads: string[];
  /** Beside `stacking`: `is-wide` needs more room for its columns. */
  kind?: string;
  children: ComponentChildren;
}

export function Table({ by, heads, kind = "", children }: TableProps) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-labelledby={by}>
      <table class={`stacking ${kind}`} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {heads.map((head) =>
              head === "" ? (
                <td key={head} role="cell" />
              ) : (
                <th key={head} scope="col" role="columnheader">
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">{children}</tbody>
      </table>
    </div>
  );
}

export const Row = ({ children }: { children: ComponentChildren }) => <tr role="row">{children}</tr>;

interface CellProps {
  /** The head of its column, said before it where there are no columns; absent where it says itself what it is. */
  of?: string;
  /** A line of its own where there are no columns. */
  isWhole?: boolean;
  /** How many it is wide. */
  columns?: number;
  children: ComponentChildren;
}

export const Cell = ({ of, isWhole = false, columns, children }: CellProps) => (
  <td role="cell" data-of={of} class={isWhole ? "is-whole" : undefined} colSpan={columns}>
    {children}
  </td>
);

/** What the row is about; of several, the first. */
export const RowHead = ({ rows, children }: { rows?: number; children: ComponentChildren }) => (
  <th scope="row" role="rowheader" rowSpan={rows}>
    {children}
  </th>
);
