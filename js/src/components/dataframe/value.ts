/** A table as this page has it: what came, and what its user did to it since. */

import type { TableJSON } from "../../wire/generated/components";

export type Row = unknown[];

/** Text and CSS that show each cell. */
export interface Look {
  display_value?: Row[] | null;
  styling?: Row[] | null;
}

/** An edit, as the session is told of it. */
export type Op =
  | ["cells", [row: number, column: number, value: unknown][]]
  | ["insert_rows", number, Row[]]
  | ["delete_rows", number[]]
  | ["insert_columns", number, string[]]
  | ["delete_columns", number[]]
  | ["rename", number, string]
  | ["undo"]
  | ["redo"];

/** What an undo brings back. */
interface Moment {
  headers: unknown[];
  data: Row[];
  rows: number;
}

const PAST_STEPS = 100;

interface Given {
  headers?: unknown[];
  data?: Row[];
  metadata?: Look | null;
  rows?: number;
  kinds?: string[] | null;
  table?: string | null;
  since?: number;
  ops?: Op[];
  past?: Moment[];
  future?: Moment[];
}

/** It never changes; an edit gives another. In JSON it is the edits alone, for the session has the rest. */
export class Table {
  readonly headers: unknown[];
  /** All rows, or the first ones of a table that stays with the session. */
  readonly data: Row[];
  readonly metadata: Look | null;
  readonly rows: number;
  readonly kinds: string[] | null;
  /** Its name in the session; none for one that the page itself made. */
  readonly table: string | null;
  /** How many edits the session had when it told of the table. */
  readonly since: number;
  readonly ops: Op[];
  private readonly past: Moment[];
  private readonly future: Moment[];

  private constructor(given: Given) {
    this.headers = given.headers ?? [];
    this.data = given.data ?? [];
    this.metadata = given.metadata ?? null;
    this.rows = given.rows ?? this.data.length;
    this.kinds = given.kinds ?? null;
    this.table = given.table ?? null;
    this.since = given.since ?? 0;
    this.ops = given.ops ?? [];
    this.past = given.past ?? [];
    this.future = given.future ?? [];
  }

  /** The value of a block, whoever made it. */
  static of(value: Table | TableJSON | null | undefined): Table {
    if (value instanceof Table) return value;
    const { headers, data, metadata, rows, kinds, table, applied } = value ?? {};
    return new Table({
      headers,
      data,
      metadata: metadata as Look | null | undefined,
      rows: table ? rows : undefined,
      kinds,
      table,
      since: applied ?? 0,
    });
  }

  /** Whether all rows are in this page. */
  get isWhole(): boolean {
    return this.data.length >= this.rows;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Which version of which table it is. */
  get version(): string {
    return `${this.table}/${this.since + this.ops.length}`;
  }

  toJSON(): unknown {
    const { headers, data, table, since, ops } = this;
    return table === null ? { headers, data, metadata: null } : { table, since, ops };
  }

  /** The same, once the session has so many of its edits. */
  told(count: number): Table {
    const gone = Math.max(0, Math.min(this.ops.length, count - this.since));
    const { headers, data, metadata, rows, kinds, table, past, future } = this;
    const ops = this.ops.slice(gone);
    return new Table({
      headers,
      data,
      metadata,
      rows,
      kinds,
      table,
      since: this.since + gone,
      ops,
      past,
      future,
    });
  }

  after(op: Op): Table {
    const now: Moment = { headers: this.headers, data: this.data, rows: this.rows };
    const told = { table: this.table, since: this.since, kinds: this.kinds, ops: [...this.ops, op] };
    if (op[0] === "undo" || op[0] === "redo") {
      const [from, to] = op[0] === "undo" ? [this.past, this.future] : [this.future, this.past];
      const moment = from.at(-1) ?? now;
      const [rest, more] = [from.slice(0, -1), [...to, now]];
      const stacks = op[0] === "undo" ? { past: rest, future: more } : { past: more, future: rest };
      return new Table({ ...told, ...moment, ...stacks });
    }
    const past = [...this.past, now].slice(-PAST_STEPS);
    return new Table({ ...told, ...changed(now, op), past, future: [] });
  }
}

/** A moment after an edit; of a table that is not whole, as far as its rows are known. */
function changed({ headers, data, rows }: Moment, op: Exclude<Op, ["undo"] | ["redo"]>): Moment {
  const isWhole = data.length >= rows;
  switch (op[0]) {
    case "cells": {
      const copied = new Map<number, Row>();
      for (const [row, column, value] of op[1]) {
        const known = copied.get(row) ?? data[row]?.slice();
        if (!known) continue;
        known[column] = value;
        copied.set(row, known);
      }
      return { headers, rows, data: data.map((row, index) => copied.get(index) ?? row) };
    }
    case "insert_rows": {
      const [, at, added] = op;
      const kept = isWhole ? [...data.slice(0, at), ...added, ...data.slice(at)] : data.slice(0, at);
      return { headers, rows: rows + added.length, data: kept };
    }
    case "delete_rows": {
      const gone = new Set(op[1]);
      const kept = isWhole
        ? data.filter((_, index) => !gone.has(index))
        : data.slice(
            0,
            op[1].reduce((least, at) => Math.min(least, at), rows),
          );
      return { headers, rows: rows - gone.size, data: kept };
    }
    case "insert_columns": {
      const [, at, names] = op;
      const empty = names.map(() => "");
      return {
        headers: [...headers.slice(0, at), ...names, ...headers.slice(at)],
        rows,
        data: data.map((row) => [...row.slice(0, at), ...empty, ...row.slice(at)]),
      };
    }
    case "delete_columns": {
      const gone = new Set(op[1]);
      const stays = (_: unknown, index: number) => !gone.has(index);
      return { headers: headers.filter(stays), rows, data: data.map((row) => row.filter(stays)) };
    }
    case "rename":
      return { headers: headers.map((name, index) => (index === op[1] ? op[2] : name)), rows, data };
  }
}
