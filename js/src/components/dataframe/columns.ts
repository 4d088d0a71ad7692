/** Columns as they are shown: order, width, pinned, hidden. Nothing of it changes the table. */

import { textOf } from "./query";
import type { Table } from "./value";

export interface Column {
  /** Its index in the table. */
  at: number;
  /** In pixels; null: as its content needs. */
  width: number | null;
  isPinned: boolean;
  isHidden: boolean;
}

/** A column with its place. */
export interface Placed {
  at: number;
  left: number;
  width: number;
  isPinned: boolean;
  /** Whether it is the last that stays in sight. */
  isEdge: boolean;
}

const LEAST_PX = 48;
const MOST_PX = 360;
const CHAR_PX = 7.4;
const PADDING_PX = 26;
const HEADER_PX = 48;
const SAMPLE_ROWS = 50;

export function columnsOf(count: number, pinned: number): Column[] {
  return Array.from({ length: count }, (_, at) => ({
    at,
    width: null,
    isPinned: at < pinned,
    isHidden: false,
  }));
}

/** Width that a column's first cells need. */
export function needed(table: Table, at: number, maxChars: number | null): number {
  const header = textOf(table.headers[at]).length * CHAR_PX + HEADER_PX;
  let longest = 0;
  for (const row of table.data.slice(0, SAMPLE_ROWS)) {
    const text = textOf(row[at]);
    const line = text.includes("\n") ? longestLine(text) : text.length;
    longest = Math.max(longest, maxChars === null ? line : Math.min(line, maxChars + 1));
  }
  return Math.round(Math.min(MOST_PX, Math.max(LEAST_PX, header, longest * CHAR_PX + PADDING_PX)));
}

const longestLine = (text: string) => text.split("\n").reduce((most, line) => Math.max(most, line.length), 0);

/** A width as its author wrote it, in pixels. */
export function pixels(width: string | undefined, view: number): number | null {
  if (width === undefined || width === "auto") return null;
  const number = Number.parseFloat(width);
  if (!Number.isFinite(number)) return null;
  return Math.max(LEAST_PX, width.endsWith("%") ? (number / 100) * view : number);
}

/** The columns in sight of a view of that width, from the left; those without a width of their own share what is left over. */
export function placed(
  columns: Column[],
  widths: string[],
  view: number,
  need: (at: number) => number,
): Placed[] {
  const shown = [...columns.filter((c) => c.isPinned), ...columns.filter((c) => !c.isPinned)].filter(
    (c) => !c.isHidden,
  );
  const fixed = shown.map(({ at, width }) => width ?? pixels(widths[at], view));
  const own = shown.map(({ at }, index) => fixed[index] ?? need(at));
  const spare = view - own.reduce((sum, width) => sum + width, 0);
  const flexible = fixed.filter((width) => width === null).length;
  const more = spare > 0 && flexible > 0 ? spare / flexible : 0;
  let left = 0;
  return shown.map(({ at, isPinned }, index) => {
    const width = (own[index] as number) + (fixed[index] === null ? more : 0);
    const place = { at, left, width, isPinned, isEdge: isPinned && !shown[index + 1]?.isPinned };
    left += width;
    return place;
  });
}

/** A column stands before another one. */
export function moved(columns: Column[], from: number, to: number): Column[] {
  const column = columns.find(({ at }) => at === from);
  if (!column || from === to) return columns;
  const rest = columns.filter((one) => one !== column);
  const target = columns.find(({ at }) => at === to);
  const before = columns.indexOf(column) > columns.findIndex(({ at }) => at === to);
  const index = rest.findIndex(({ at }) => at === to) + (before ? 0 : 1);
  rest.splice(index, 0, { ...column, isPinned: target?.isPinned ?? column.isPinned });
  return rest;
}
