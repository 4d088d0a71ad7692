/** Which rows of a table are shown, in which order: for tables that are whole in the page as the session does it for others. */

import type { Row } from "./value";

export type FilterName = "contains" | "is" | "is_not" | "less" | "more" | "empty" | "not_empty";
export type Filter = [column: number, test: FilterName, text: string];
export type Sort = [column: number, direction: "asc" | "desc"];

export interface Query {
  search: string;
  filters: Filter[];
  sort: Sort[];
}

export const ALL: Query = { search: "", filters: [], sort: [] };

export const isAll = ({ search, filters, sort }: Query) =>
  search.trim() === "" && filters.length === 0 && sort.length === 0;

/** A cell in words. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The number that a text is; null when it is none. */
export function numberOf(text: string): number | null {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : null;
}

/** Indices of the rows that a query finds, in its order. */
export function ordered(data: Row[], query: Query): number[] {
  const wanted = query.search.trim().toLowerCase();
  const tests = query.filters.map(test);
  const found: number[] = [];
  data.forEach((row, index) => {
    if (!tests.every((passes) => passes(row))) return;
    if (wanted === "" || row.some((value) => textOf(value).toLowerCase().includes(wanted))) found.push(index);
  });
  const { sort } = query;
  if (sort.length === 0) return found;
  return found.sort((a, b) => {
    for (const [column, direction] of sort) {
      const order = compare(data[a]?.[column], data[b]?.[column], direction === "desc");
      if (order !== 0) return order;
    }
    return a - b;
  });
}

/** Numbers before text, nothing at the end, whichever way. */
function compare(a: unknown, b: unknown, isDescending: boolean): number {
  const [noA, noB] = [isMissing(a), isMissing(b)];
  if (noA || noB) return Number(noA) - Number(noB);
  const [isA, isB] = [isNumber(a), isNumber(b)];
  const order = isA !== isB ? (isA ? -1 : 1) : isA ? Number(a) - Number(b) : byText(textOf(a), textOf(b));
  return isDescending ? -order : order;
}

const isMissing = (value: unknown) => value === null || value === undefined;
const isNumber = (value: unknown) => typeof value === "number" || typeof value === "boolean";
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function test([column, name, text]: Filter): (row: Row) => boolean {
  const given = text.trim().toLowerCase();
  const number = numberOf(given);
  const shown = (row: Row) => textOf(row[column]).toLowerCase();
  const is = (row: Row) =>
    typeof row[column] === "number" && number !== null ? row[column] === number : shown(row) === given;
  const order = (row: Row) => {
    const value = row[column];
    if (isMissing(value)) return 0;
    return typeof value === "number" && number !== null ? value - number : byText(shown(row), given);
  };
  switch (name) {
    case "contains":
      return (row) => shown(row).includes(given);
    case "is":
      return is;
    case "is_not":
      return (row) => !is(row);
    case "less":
      return (row) => order(row) < 0;
    case "more":
      return (row) => order(row) > 0;
    case "empty":
      return (row) => shown(row) === "";
    case "not_empty":
      return (row) => shown(row) !== "";
  }
}
