/** Values of which the page has a part, as a listener's own JavaScript sees them and gives them back. */

interface Partial {
  headers: unknown[];
  data: unknown[][];
  metadata: unknown;
  rows: number;
  table: string;
  applied?: number;
  toJSON?: () => unknown;
}

const copies = new WeakMap<object, Partial>();

const isPartial = (value: unknown): value is Partial =>
  typeof value === "object" && value !== null && "table" in value && Array.isArray((value as Partial).data);

/** What JavaScript gets: headers and rows that it may change. */
export function forJs(value: unknown): unknown {
  if (!isPartial(value)) return value;
  const copy = {
    headers: [...value.headers],
    data: value.data.map((row) => [...row]),
    metadata: value.metadata ?? null,
  };
  copies.set(copy, value);
  return copy;
}

/** What it gave back: the value itself where it left it alone, or has seen a part of it only. */
export function fromJs(result: unknown): unknown {
  const value = typeof result === "object" && result !== null ? copies.get(result) : undefined;
  if (!value) return result;
  const { headers, data } = result as Partial;
  const isPart = value.data.length < value.rows;
  return isPart || JSON.stringify([headers, data]) === JSON.stringify([value.headers, value.data])
    ? value
    : result;
}

/** As the session is told of it: what it has already by name. */
export function named(value: unknown): unknown {
  if (!isPartial(value) || value.toJSON || value.table === null) return value;
  return { table: value.table, since: value.applied ?? 0, ops: [] };
}
