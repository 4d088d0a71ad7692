/** A table on the page: what is shown of it, where the keyboard is, and everything that its user can do. */

import { batch, type Signal, signal } from "@preact/signals";
import type { Block } from "../../model";
import type { DataframeProps } from "../../wire/generated/components";
import type { FileData } from "../../wire/messages";
import { fromText, toText } from "./clipboard";
import { type Column, columnsOf, moved, needed, type Placed } from "./columns";
import { ALL, type Filter, isAll, numberOf, type Query, type Sort, textOf } from "./query";
import { type Line, Source } from "./source";
import { type Op, type Row, Table } from "./value";

/** A cell by its row and column as they are shown; row −1 is the header. */
export interface Place {
  row: number;
  column: number;
}

export interface Range {
  anchor: Place;
  head: Place;
}

export interface Editing extends Place {
  text: string;
}

export type Datatype = "str" | "number" | "bool" | "date" | "markdown" | "html" | "image";

const MOST_PASTED = 100_000;
const MOST_COPIED = 200_000;
const MOST_OPS = 50;
export const HEADER = -1;

export class Grid {
  readonly table: Signal<Table>;
  readonly columns: Signal<Column[]>;
  readonly layout: Signal<Placed[]> = signal([]);
  readonly query: Signal<Query> = signal(ALL);
  readonly range: Signal<Range | null> = signal(null);
  readonly editing: Signal<Editing | null> = signal(null);
  readonly source: Source;
  /** Brings a cell into sight, and gives the grid the keyboard; the view sets them. */
  reveal: (place: Place) => void = () => {};
  focus: () => void = () => {};

  constructor(readonly block: Block) {
    this.table = signal(Table.of(this.props.value));
    this.columns = signal(this.freshColumns());
    this.source = new Source(this.table.peek(), (request) => block.app.call(block, "window", request));
  }

  get props(): DataframeProps {
    return this.block.props.peek() as unknown as DataframeProps;
  }

  /** The block has another value: the session's, or one of our own edits. */
  take(value: unknown): void {
    const next = Table.of(value as DataframeProps["value"]);
    const before = this.table.peek();
    if (next === before) return;
    batch(() => {
      const isOther =
        next.headers.length !== before.headers.length ||
        (next.table !== before.table && !sameNames(next, before));
      this.table.value = next;
      if (isOther && next.headers.length !== this.columns.peek().length) {
        this.columns.value = this.freshColumns();
        this.query.value = ALL;
        this.source.ask_for(ALL);
      }
      this.source.show(next);
      this.editing.value = null;
      const range = this.range.peek();
      const last = { row: this.rows - 1, column: next.headers.length - 1 };
      const isOutside = ({ row, column }: Place) => row > last.row || column > last.column;
      if (range && (isOutside(range.head) || isOutside(range.anchor))) this.range.value = null;
    });
  }

  private freshColumns(): Column[] {
    return columnsOf(this.table.peek().headers.length, this.props.pinned_columns ?? 0);
  }

  // --- what it is

  get isInteractive(): boolean {
    return this.props.interactive === true;
  }

  /** Rows that are shown; an empty table that can be edited begins with some that are none yet. */
  get rows(): number {
    return this.source.count.peek() + this.blankRows;
  }

  get blankRows(): number {
    const { rows } = this.table.peek();
    return rows === 0 && this.isInteractive && isAll(this.query.peek())
      ? (this.props.row_count?.[0] ?? 0)
      : 0;
  }

  datatype(at: number): Datatype {
    const { datatype } = this.props;
    const kinds = this.table.peek().kinds ?? (Array.isArray(datatype) ? datatype : null);
    const own = kinds ? (kinds[at] ?? "str") : (datatype as string);
    return own as Datatype;
  }

  isStatic(at: number): boolean {
    return this.props.static_columns.includes(at);
  }

  canEdit(at: number): boolean {
    return this.isInteractive && !this.isStatic(at);
  }

  /** Whether so many rows more, or fewer, are allowed. */
  canHaveRows(more: number): boolean {
    return (
      this.isInteractive && within(this.table.peek().rows + more, this.props.row_count, this.props.row_limits)
    );
  }

  canHaveColumns(more: number): boolean {
    const count = this.table.peek().headers.length + more;
    const { column_count, column_limits, static_columns } = this.props;
    return (
      this.isInteractive &&
      static_columns.length === 0 &&
      count > 0 &&
      within(count, column_count, column_limits)
    );
  }

  /** The column of the table that is shown at a place. */
  columnAt(column: number): number {
    return this.layout.peek()[column]?.at ?? column;
  }

  valueAt({ row, column }: Place): unknown {
    if (row === HEADER) return this.table.peek().headers[this.columnAt(column)];
    return this.source.line(row)?.row[this.columnAt(column)];
  }

  need(at: number): number {
    return needed(this.table.peek(), at, this.props.max_chars);
  }

  // --- where the keyboard is

  select(head: Place, anchor: Place = head): void {
    const last = { row: this.rows - 1, column: this.layout.peek().length - 1 };
    const clamped = ({ row, column }: Place) => ({
      row: Math.max(HEADER, Math.min(last.row, row)),
      column: Math.max(0, Math.min(last.column, column)),
    });
    const next = { head: clamped(head), anchor: clamped(anchor) };
    this.range.value = next;
    this.reveal(next.head);
    if (head === anchor && next.head.row !== HEADER) this.tellSelected(next.head);
  }

  /** Extends what is selected to a cell. */
  extend(head: Place): void {
    const anchor = this.range.peek()?.anchor ?? head;
    this.select({ ...head }, anchor.row === HEADER && head.row !== HEADER ? { ...anchor, row: 0 } : anchor);
  }

  private tellSelected(place: Place): void {
    const { block } = this;
    const line = this.source.line(place.row);
    if (!line || !block.app.listens(block, "select")) {
      if (line) block.trigger("select", this.payload(place, line, false));
      return;
    }
    block.trigger("select", this.payload(place, line, true));
  }

  private payload({ column }: Place, { row, at }: Line, isFull: boolean): Record<string, unknown> {
    const { data, isWhole } = this.table.peek();
    const index = this.columnAt(column);
    const col_value = isFull && isWhole ? data.map((other) => other[index]) : null;
    return { index: [at, index], value: row[index] ?? null, row_value: row, col_value, selected: true };
  }

  /** The rows and columns of what is selected. */
  get selected(): { top: number; bottom: number; left: number; right: number } | null {
    const range = this.range.peek();
    if (!range) return null;
    const { head, anchor } = range;
    return {
      top: Math.min(head.row, anchor.row),
      bottom: Math.max(head.row, anchor.row),
      left: Math.min(head.column, anchor.column),
      right: Math.max(head.column, anchor.column),
    };
  }

  // --- order

  ask(query: Partial<Query>): void {
    const next = { ...this.query.peek(), ...query };
    batch(() => {
      this.query.value = next;
      this.source.ask_for(next);
      const range = this.range.peek();
      if (range && range.head.row !== HEADER) this.range.value = null;
    });
  }

  sortOf(at: number): { direction: Sort[1]; rank: number } | null {
    const { sort } = this.query.peek();
    const rank = sort.findIndex(([column]) => column === at);
    return rank < 0 ? null : { direction: (sort[rank] as Sort)[1], rank };
  }

  /** Up, then down, then as it was; `isMore`: after the columns by which it is ordered already. */
  toggleSort(at: number, isMore = false): void {
    const now = this.sortOf(at)?.direction;
    this.sort(at, now === undefined ? "asc" : now === "asc" ? "desc" : null, isMore);
  }

  sort(at: number, direction: Sort[1] | null, isMore = false): void {
    const { sort } = this.query.peek();
    const others = isMore ? sort.filter(([column]) => column !== at) : [];
    const index = isMore ? sort.findIndex(([column]) => column === at) : -1;
    const own: Sort[] = direction ? [[at, direction]] : [];
    if (index >= 0) others.splice(index, 0, ...own);
    else others.push(...own);
    this.ask({ sort: others });
  }

  filterOf(at: number): Filter | null {
    return this.query.peek().filters.find(([column]) => column === at) ?? null;
  }

  filter(at: number, filter: Filter | null): void {
    const others = this.query.peek().filters.filter(([column]) => column !== at);
    this.ask({ filters: filter ? [...others, filter] : others });
  }

  // --- columns as they are shown

  change(at: number, change: Partial<Column>): void {
    this.columns.value = this.columns
      .peek()
      .map((column) => (column.at === at ? { ...column, ...change } : column));
  }

  moveColumn(from: number, to: number): void {
    this.columns.value = moved(this.columns.peek(), from, to);
  }

  /** One place to the left or right. */
  shiftColumn(at: number, by: 1 | -1): void {
    const layout = this.layout.peek();
    const target = layout[layout.findIndex((column) => column.at === at) + by];
    if (target) this.moveColumn(at, target.at);
  }

  showAllColumns(): void {
    this.columns.value = this.columns.peek().map((column) => ({ ...column, isHidden: false }));
  }

  // --- editing

  private edit(op: Op): void {
    this.block.edit({ value: this.table.peek().after(op) });
    this.take(this.block.props.peek().value);
    if (this.table.peek().ops.length > MOST_OPS) this.forgetOps();
  }

  /** Edits that the session has are told no more. */
  private forgetOps(): void {
    const { table, ops } = this.table.peek();
    if (table === null || ops.length === 0) return;
    void this.block.app.call(this.block, "taken_edits", []).then(
      (count) => {
        const now = this.table.peek();
        if (now.table === table)
          this.block.props.value = { ...this.block.props.peek(), value: now.told(Number(count)) };
      },
      () => {}, // then they are told again, which does no harm
    );
  }

  /** Rows that are none yet become some, up to one of them. */
  private growTo(row: number): void {
    const { rows, headers } = this.table.peek();
    if (row < rows || this.blankRows === 0) return;
    const blank = Array.from({ length: row + 1 - rows }, () => headers.map(() => ""));
    this.edit(["insert_rows", rows, blank]);
  }

  start(place: Place, text?: string): void {
    const at = this.columnAt(place.column);
    if (!this.canEdit(at)) return;
    if (place.row !== HEADER && this.datatype(at) === "bool") {
      if (text === undefined) this.set([[place, !isTrue(this.valueAt(place))]]);
      return;
    }
    const value = this.valueAt(place);
    if (value === undefined && place.row !== HEADER && this.blankRows === 0) return;
    this.editing.value = { ...place, text: text ?? textOf(value) };
  }

  /** Takes what was typed. */
  commit(text: string): void {
    const editing = this.editing.peek();
    this.editing.value = null;
    if (!editing) return;
    if (editing.row === HEADER) {
      const at = this.columnAt(editing.column);
      if (text !== textOf(this.table.peek().headers[at])) this.edit(["rename", at, text]);
      return;
    }
    if (text !== textOf(this.valueAt(editing))) this.set([[editing, text]]);
  }

  /** Sets cells; only those that may be. */
  set(cells: [Place, unknown][]): void {
    const editable = cells.filter(([{ column }]) => this.canEdit(this.columnAt(column)));
    if (editable.length === 0) return;
    this.growTo(editable.reduce((last, [{ row }]) => Math.max(last, row), 0));
    const changes: [number, number, unknown][] = [];
    let told: Record<string, unknown> | null = null;
    for (const [place, value] of editable) {
      const line = this.source.line(place.row);
      const at = this.columnAt(place.column);
      if (!line) continue;
      const old = line.row[at];
      const next = this.read(value, old, at);
      if (next === old) continue;
      changes.push([line.at, at, next]);
      told ??= { index: [line.at, at], value: next, previous_value: old ?? null };
    }
    if (changes.length === 0) return;
    this.edit(["cells", changes]);
    this.block.trigger("edit", told);
  }

  /** What was typed, as the column's kind or the cell's old value is. */
  private read(value: unknown, old: unknown, at: number): unknown {
    if (typeof value !== "string") return value;
    const kind = this.datatype(at);
    if (kind === "number" || typeof old === "number") {
      const number = numberOf(value);
      return number === null || !isExact(number, value) ? value : number;
    }
    if (kind === "bool" || typeof old === "boolean")
      return /^\s*(true|false)\s*$/i.test(value) ? isTrue(value) : value;
    return value;
  }

  clearCells(): void {
    const area = this.selected;
    if (!area) return;
    const cells: [Place, unknown][] = [];
    for (let row = Math.max(0, area.top); row <= area.bottom; row++) {
      for (let column = area.left; column <= area.right; column++) cells.push([{ row, column }, ""]);
      if (cells.length > MOST_PASTED) {
        this.refuse(cells.length);
        return;
      }
    }
    this.set(cells);
  }

  private refuse(count: number): void {
    this.block.app.toast(
      "error",
      "Too many cells",
      `At most ${MOST_PASTED.toLocaleString()} can be changed at once, not ${count.toLocaleString()}.`,
    );
  }

  undo(): void {
    if (this.isInteractive && this.table.peek().canUndo) this.edit(["undo"]);
  }

  redo(): void {
    if (this.isInteractive && this.table.peek().canRedo) this.edit(["redo"]);
  }

  insertRow(at: number, display?: number): void {
    if (!this.canHaveRows(1)) return;
    const { headers } = this.table.peek();
    this.edit(["insert_rows", at, [headers.map(() => "")]]);
    const row = display ?? at;
    this.select({ row, column: Math.max(0, this.range.peek()?.head.column ?? 0) });
    this.focus();
  }

  /** At the end. */
  addRow(): void {
    this.insertRow(this.table.peek().rows, this.source.count.peek());
  }

  async deleteRows(): Promise<void> {
    const area = this.selected;
    if (!area) return;
    const lines = await this.source.lines(Math.max(0, area.top), area.bottom);
    if (lines.length > 0 && this.canHaveRows(-lines.length))
      this.edit(["delete_rows", lines.map(({ at }) => at)]);
  }

  insertColumn(at: number): void {
    if (!this.canHaveColumns(1)) return;
    const { headers } = this.table.peek();
    const names = new Set(headers.map(textOf));
    let number = headers.length + 1;
    while (names.has(String(number))) number += 1;
    const shifted = this.columns
      .peek()
      .map((column) => (column.at >= at ? { ...column, at: column.at + 1 } : column));
    const fresh: Column = { at, width: null, isPinned: false, isHidden: false };
    const index = shifted.findIndex((column) => column.at === at + 1);
    shifted.splice(index < 0 ? shifted.length : index, 0, fresh);
    this.shiftQuery((column) => (column >= at ? column + 1 : column));
    this.columns.value = shifted;
    this.edit(["insert_columns", at, [String(number)]]);
  }

  deleteColumns(which: number[]): void {
    if (which.length === 0 || !this.canHaveColumns(-which.length)) return;
    const gone = new Set(which);
    const place = (at: number) => at - which.filter((other) => other < at).length;
    this.shiftQuery((column) => (gone.has(column) ? null : place(column)));
    this.columns.value = this.columns
      .peek()
      .filter(({ at }) => !gone.has(at))
      .map((column) => ({ ...column, at: place(column.at) }));
    this.edit(["delete_columns", which]);
  }

  private shiftQuery(place: (column: number) => number | null): void {
    const { search, sort, filters } = this.query.peek();
    const shift = <T extends [number, ...unknown[]]>(items: T[]) =>
      items.flatMap(([column, ...rest]) => {
        const next = place(column);
        return next === null ? [] : [[next, ...rest] as unknown as T];
      });
    this.query.value = { search, sort: shift(sort), filters: shift(filters) };
  }

  // --- clipboard and files

  /** What is selected as text, when all of it is in the page. */
  selectedText(): string | null {
    const area = this.selected;
    if (!area) return null;
    const rows: Row[] = [];
    for (let row = area.top; row <= area.bottom; row++) {
      const cells = [];
      if (row !== HEADER && !this.source.line(row)) return null;
      for (let column = area.left; column <= area.right; column++) cells.push(this.valueAt({ row, column }));
      rows.push(cells);
    }
    return toText(rows);
  }

  async textOfSelected(): Promise<string | null> {
    const area = this.selected;
    if (!area) return null;
    return this.textOf(
      Math.max(0, area.top),
      area.bottom,
      this.layout.peek().slice(area.left, area.right + 1),
      area.top === HEADER,
    );
  }

  /** The whole table as it is ordered, with its headers. */
  textOfAll(): Promise<string | null> {
    return this.textOf(0, this.source.count.peek() - 1, this.layout.peek(), true);
  }

  private async textOf(
    first: number,
    last: number,
    columns: Placed[],
    hasHeader: boolean,
  ): Promise<string | null> {
    const count = (last - first + 1) * columns.length;
    if (count > MOST_COPIED) {
      this.block.app.toast(
        "error",
        "Too many cells",
        `At most ${MOST_COPIED.toLocaleString()} can be copied, not ${count.toLocaleString()}. Download the table instead.`,
      );
      return null;
    }
    const { headers } = this.table.peek();
    const head = hasHeader ? [columns.map(({ at }) => headers[at])] : [];
    const step = Math.max(1, Math.floor(20_000 / Math.max(1, headers.length)));
    const rows: Row[] = [];
    for (let from = first; from <= last; from += step) {
      const lines = await this.source.lines(from, Math.min(last, from + step - 1));
      rows.push(...lines.map(({ row }) => columns.map(({ at }) => row[at])));
    }
    return toText([...head, ...rows]);
  }

  paste(text: string): void {
    const area = this.selected;
    if (!area || !this.isInteractive) return;
    const rows = fromText(text);
    const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
    const isOne = rows.length === 1 && width === 1;
    const top = Math.max(0, area.top);
    const height = isOne ? area.bottom - top + 1 : rows.length;
    const across = isOne ? area.right - area.left + 1 : width;
    if (height * across > MOST_PASTED) {
      this.refuse(height * across);
      return;
    }
    batch(() => {
      const missing = top + height - this.rows;
      if (missing > 0 && isAll(this.query.peek())) {
        const { rows: count, headers } = this.table.peek();
        const possible = mostMore(missing, (more) => this.canHaveRows(more));
        const blank = Array.from({ length: possible }, () => headers.map(() => ""));
        if (possible > 0) this.edit(["insert_rows", count, blank]);
      }
      const columns = this.layout.peek().length;
      const cells: [Place, unknown][] = [];
      for (let row = 0; row < height && top + row < this.rows; row++) {
        for (let column = 0; column < across && area.left + column < columns; column++) {
          const value = isOne ? rows[0]?.[0] : rows[row]?.[column];
          if (value !== undefined) cells.push([{ row: top + row, column: area.left + column }, value]);
        }
      }
      this.set(cells);
    });
    const head = { row: Math.min(this.rows, top + height) - 1, column: area.left + across - 1 };
    this.range.value = { anchor: { row: top, column: area.left }, head };
  }

  async download(format: "csv" | "parquet"): Promise<void> {
    try {
      const file = await this.block.app.call(this.block, "download", { format, query: this.query.peek() });
      await this.block.app.download(file as FileData);
    } catch (error) {
      this.block.app.toast(
        "error",
        "The table could not be written",
        error instanceof Error ? error.message : String(error),
      );
    }
  }
}

const sameNames = (a: Table, b: Table) => a.headers.every((name, index) => name === b.headers[index]);

/** A number that JavaScript writes as it was typed. */
const isExact = (number: number, text: string) =>
  !Number.isInteger(number) || Number.isSafeInteger(number) || /[.e]/i.test(text);

export const isTrue = (value: unknown) =>
  value === true || (typeof value === "string" && /^\s*true\s*$/i.test(value)) || value === 1;

function within(
  count: number,
  first: [number, string] | null | undefined,
  limits: [number | null, number | null] | null | undefined,
): boolean {
  if (first?.[1] === "fixed" && count !== first[0]) return false;
  const [least, most] = limits ?? [null, null];
  return (least === null || count >= least) && (most === null || count <= most) && count >= 0;
}

function mostMore(wanted: number, isAllowed: (more: number) => boolean): number {
  let more = wanted;
  while (more > 0 && !isAllowed(more)) more -= 1;
  return more;
}
