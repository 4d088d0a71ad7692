/** The rows of a table as they are shown: from the page itself, or in windows from the session. */

import { type Signal, signal } from "@preact/signals";
import { ALL, isAll, ordered, type Query } from "./query";
import type { Look, Row, Table } from "./value";

/** A row, where it stands in the table, and how it is shown. */
export interface Line {
  row: Row;
  /** Its index in the table, however the page orders it. */
  at: number;
  display: Row | null;
  styling: Row | null;
}

interface Window {
  start: number;
  data: Row[];
  metadata: Look | null;
  rows?: number[];
  found: number;
  applied: number;
  table: string;
}

type Ask = (request: { start: number; stop: number; query: Query }) => Promise<unknown>;

const LEAST_ROWS = 20;
const MOST_ROWS = 200;
const CELLS_AT_ONCE = 4000;
const KEPT_WINDOWS = 40;
const AT_ONCE = 2;

export class Source {
  /** Grows whenever rows come or change. */
  readonly version: Signal<number> = signal(0);
  /** How many rows there are to show. */
  readonly count: Signal<number> = signal(0);
  /** True while the first rows of another order are awaited. */
  readonly isWaiting: Signal<boolean> = signal(false);
  readonly error: Signal<string | null> = signal(null);

  private table: Table;
  private query: Query = ALL;
  private order: number[] | null = null;
  private windows = new Map<number, Line[]>();
  private readonly pending = new Set<number>();
  private wanted: number[] = [];
  /** Counts what was asked for: answers to older questions are dropped. */
  private era = 0;

  constructor(
    table: Table,
    private readonly ask: Ask,
  ) {
    this.table = table;
    this.count.value = table.rows;
  }

  /** Another table, or another version of it. */
  show(table: Table): void {
    if (table === this.table) return;
    const before = this.table;
    this.table = table;
    const isSameShape =
      before.table === table.table &&
      before.rows === table.rows &&
      before.headers.length === table.headers.length;
    if (table.isWhole) {
      // an edited cell stays where it is, until another order is asked for
      if (!isSameShape || this.order === null) this.sortHere();
    } else if (!isSameShape || table.ops.length === 0 || table.ops.at(-1)?.[0] !== "cells") {
      this.forget();
    } else this.patch(table);
    this.touch();
  }

  ask_for(query: Query): void {
    this.query = query;
    if (this.table.isWhole) this.sortHere();
    else this.forget();
    this.touch();
  }

  private touch(): void {
    this.version.value += 1;
  }

  private sortHere(): void {
    this.order = isAll(this.query) ? null : ordered(this.table.data, this.query);
    this.count.value = this.order?.length ?? this.table.rows;
    this.isWaiting.value = false;
  }

  private forget(): void {
    this.era += 1;
    this.order = null;
    this.windows = new Map();
    this.pending.clear();
    if (isAll(this.query)) this.count.value = this.table.rows;
    else this.isWaiting.value = true;
    this.wanted = [0];
    this.fetch();
  }

  /** A cell that was just edited, in the rows that are here. */
  private patch({ ops }: Table): void {
    const op = ops.at(-1);
    if (op?.[0] !== "cells") return;
    for (const [row, column, value] of op[1]) {
      for (const lines of this.windows.values()) {
        const index = lines.findIndex((line) => line.at === row);
        const line = lines[index];
        if (line) lines[index] = { ...line, row: line.row.map((old, n) => (n === column ? value : old)) };
      }
    }
  }

  /** A row by its place in the order shown; undefined while it is not here. */
  line(place: number): Line | undefined {
    const { data, metadata, isWhole } = this.table;
    const isFirst = !isWhole && isAll(this.query) && place < data.length && !this.windows.has(0);
    if (isWhole || isFirst) {
      const at = this.order ? this.order[place] : place;
      const row = at === undefined ? undefined : data[at];
      if (!row || at === undefined) return undefined;
      return {
        row,
        at,
        display: metadata?.display_value?.[at] ?? null,
        styling: metadata?.styling?.[at] ?? null,
      };
    }
    return this.windows.get(Math.floor(place / this.size))?.[place % this.size];
  }

  /** Rows that are fetched at once. */
  private get size(): number {
    const columns = Math.max(1, this.table.headers.length);
    return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(CELLS_AT_ONCE / columns)));
  }

  /** The page shows these rows now. */
  need(first: number, last: number): void {
    if (this.table.isWhole) return;
    const { size } = this;
    const count = Math.ceil(this.count.peek() / size);
    const from = Math.max(0, Math.floor(first / size));
    const to = Math.min(count - 1, Math.floor(last / size));
    const near = [];
    for (let index = from; index <= to; index++) near.push(index);
    this.wanted = [...near, to + 1, from - 1].filter((index) => index >= 0 && index < count);
    this.fetch();
  }

  private fetch(): void {
    for (const index of this.wanted) {
      if (this.pending.size >= AT_ONCE) return;
      const isHere = this.windows.has(index);
      if (!isHere && !this.pending.has(index)) void this.load(index);
    }
  }

  private async load(index: number): Promise<void> {
    const { era, size, query } = this;
    this.pending.add(index);
    try {
      const window = (await this.ask({ start: index * size, stop: (index + 1) * size, query })) as Window;
      if (era !== this.era) return;
      this.keep(index, window);
      this.error.value = null;
    } catch (error) {
      if (era !== this.era) return;
      this.error.value = error instanceof Error ? error.message : String(error);
      this.isWaiting.value = false;
      this.wanted = [];
    } finally {
      if (era === this.era) {
        this.pending.delete(index);
        this.fetch();
      }
    }
  }

  private keep(index: number, window: Window): void {
    this.windows.set(index, linesOf(window));
    if (this.windows.size > KEPT_WINDOWS) {
      const far = [...this.windows.keys()].sort((a, b) => Math.abs(b - index) - Math.abs(a - index));
      for (const key of far.slice(0, this.windows.size - KEPT_WINDOWS)) this.windows.delete(key);
    }
    this.count.value = window.found;
    this.isWaiting.value = false;
    this.touch();
  }

  /** Rows from one place to another, fetched where they are not here. */
  async lines(first: number, last: number): Promise<Line[]> {
    const here = [];
    for (let place = first; place <= last; place++) here.push(this.line(place));
    if (here.every((line) => line !== undefined)) return here as Line[];
    return linesOf((await this.ask({ start: first, stop: last + 1, query: this.query })) as Window);
  }
}

function linesOf({ start, data, metadata, rows }: Window): Line[] {
  return data.map((row, index) => ({
    row,
    at: rows?.[index] ?? start + index,
    display: metadata?.display_value?.[index] ?? null,
    styling: metadata?.styling?.[index] ?? null,
  }));
}
