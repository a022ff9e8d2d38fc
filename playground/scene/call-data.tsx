export interface Datum {
  key: string;
  value: string;
}

export const noData: Datum[] = [{ key: "", value: "" }];

interface Props {
  rows: readonly Datum[];
  /** What they are, for who cannot see where they stand. */
  of: string;
  set(rows: Datum[]): void;
}

/** Names and values; there is always an empty row for more. */
export function DataRows({ rows, of, set }: Props) {
  const write = (nth: number, part: Partial<Datum>): void => {
    const written = rows
      .map((row, at) => (at === nth ? { ...row, ...part } : row))
      .filter(({ key, value }) => key || value);
    set([...written, { key: "", value: "" }]);
  };
  return (
    <>
      {rows.map(({ key, value }, nth) => (
        <div key={nth} class="data-row">
          <input
            aria-label={`Name of ${of} ${nth + 1}`}
            placeholder="name"
            value={key}
            spellcheck={false}
            onInput={({ currentTarget }) => write(nth, { key: currentTarget.value })}
          />
          <input
            aria-label={`Value of ${of} ${nth + 1}`}
            placeholder="value"
            value={value}
            onInput={({ currentTarget }) => write(nth, { value: currentTarget.value })}
          />
        </div>
      ))}
    </>
  );
}

/** As a deed has them; undefined where there are none. */
export function fieldsIn(rows: readonly Datum[]): Record<string, string> | undefined {
  const named = rows.filter(({ key }) => key !== "").map(({ key, value }) => [key, value] as const);
  return named.length === 0 ? undefined : Object.fromEntries(named);
}
