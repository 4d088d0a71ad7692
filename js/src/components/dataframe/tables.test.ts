import { expect, test } from "vitest";
import { fromText, toText } from "./clipboard";
import { columnsOf, moved, placed } from "./columns";
import { ordered, type Query } from "./query";
import { Heights, Scroll } from "./scroll";
import { Source } from "./source";
import { Table } from "./value";

const whole = {
  headers: ["a", "b"],
  data: [
    [1, "x"],
    [2, "y"],
  ],
  metadata: null,
  rows: 2,
  table: "t",
  applied: 3,
};

test("a table tells the session its edits alone", () => {
  const edited = Table.of(whole)
    .after(["cells", [[0, 1, "new"]]])
    .after(["insert_rows", 2, [["", ""]]]);
  expect(edited.data).toEqual([
    [1, "new"],
    [2, "y"],
    ["", ""],
  ]);
  expect(JSON.parse(JSON.stringify(edited))).toEqual({
    table: "t",
    since: 3,
    ops: [
      ["cells", [[0, 1, "new"]]],
      ["insert_rows", 2, [["", ""]]],
    ],
  });
  expect(edited.told(4).toJSON()).toEqual({ table: "t", since: 4, ops: [["insert_rows", 2, [["", ""]]]] });
});

test("a table that the page made tells all of itself", () => {
  const made = Table.of({ headers: ["a"], data: [[1]], metadata: null });
  expect(made.toJSON()).toEqual({ headers: ["a"], data: [[1]], metadata: null });
});

test("undo and redo go back and forth", () => {
  const one = Table.of(whole).after(["delete_rows", [0]]);
  const none = one.after(["undo"]);
  expect(none.data).toEqual(whole.data);
  expect([none.canUndo, none.canRedo]).toEqual([false, true]);
  expect(none.after(["redo"]).data).toEqual([[2, "y"]]);
  expect(none.after(["undo"]).data).toEqual(whole.data);
});

test("columns are added, renamed and deleted", () => {
  const wide = Table.of(whole)
    .after(["insert_columns", 1, ["new"]])
    .after(["rename", 0, "first"]);
  expect([wide.headers, wide.data[0]]).toEqual([
    ["first", "new", "b"],
    [1, "", "x"],
  ]);
  expect(wide.after(["delete_columns", [0, 1]]).data).toEqual([["x"], ["y"]]);
});

const query = (given: Partial<Query>): Query => ({ search: "", filters: [], sort: [], ...given });

test("rows are ordered with numbers first and nothing last, and equals as they stood", () => {
  const data = [
    ["b", 1],
    [null, 1],
    [2, 0],
    ["a", 1],
    [10, 1],
  ];
  expect(ordered(data, query({ sort: [[0, "asc"]] }))).toEqual([2, 4, 3, 0, 1]);
  expect(ordered(data, query({ sort: [[0, "desc"]] }))).toEqual([0, 3, 4, 2, 1]);
  expect(ordered(data, query({ sort: [[1, "desc"]] }))).toEqual([0, 1, 3, 4, 2]);
});

test("rows are found by text and by tests", () => {
  const data = [
    ["Ada", 36],
    ["Bob", 4],
    ["", null],
  ];
  expect(ordered(data, query({ search: "AD" }))).toEqual([0]);
  expect(ordered(data, query({ filters: [[1, "more", "10"]] }))).toEqual([0]);
  expect(ordered(data, query({ filters: [[0, "empty", ""]] }))).toEqual([2]);
  expect(
    ordered(
      data,
      query({
        filters: [
          [1, "is_not", "4"],
          [0, "not_empty", ""],
        ],
      }),
    ),
  ).toEqual([0]);
});

test("ranges go to a spreadsheet and come back", () => {
  const rows = [
    ["a\tb", 'say "x"'],
    ["two\nlines", ""],
  ];
  expect(fromText(toText(rows))).toEqual(rows);
  expect(fromText("1\t2\r\n3\t4\r\n")).toEqual([
    ["1", "2"],
    ["3", "4"],
  ]);
});

test("columns fill the view, and move beside each other", () => {
  const columns = columnsOf(3, 1);
  const layout = placed(columns, ["100px", "50%"], 1000, () => 60);
  expect(layout.map(({ at, left, width, isPinned }) => [at, left, width, isPinned])).toEqual([
    [0, 0, 100, true],
    [1, 100, 500, false],
    [2, 600, 400, false],
  ]);
  expect(moved(columns, 2, 1).map(({ at }) => at)).toEqual([0, 2, 1]);
  expect(moved(columns, 0, 2).map(({ at }) => at)).toEqual([1, 2, 0]);
});

test("ten million rows are reached to the last, and small movements are of as many pixels", () => {
  const heights = new Heights(10_000_000, 33, false);
  const scroll = new Scroll();
  const view = 500;
  const bar = scroll.height(heights.total);
  scroll.moved(bar / 2, heights.total, view);
  const middle = heights.at(scroll.top);
  expect(Math.abs(middle - 5_000_000)).toBeLessThan(1000);
  scroll.moved(bar / 2 + 100, heights.total, view);
  expect(heights.at(scroll.top) - middle).toBe(3);
  scroll.moved(bar - view, heights.total, view);
  expect(heights.at(scroll.top + view - 1)).toBe(9_999_999);
  expect(scroll.to(0, heights.total, view)).toBe(0);
});

test("rows of other heights stand under each other", () => {
  const heights = new Heights(100, 30, true);
  expect(heights.measure(2, 90)).toBe(true);
  expect([heights.top(3), heights.at(149), heights.at(150), heights.total]).toEqual([150, 2, 3, 3060]);
});

const large = { headers: ["n"], data: [[0], [1]], metadata: null, rows: 100_000, table: "t", applied: 0 };

test("windows of a large table are asked for once, near the view", async () => {
  const asked: [number, number][] = [];
  const source = new Source(Table.of(large), async ({ start, stop }) => {
    asked.push([start, stop]);
    const data = Array.from({ length: stop - start }, (_, n) => [start + n]);
    return { start, data, metadata: null, found: 100_000, applied: 0, table: "t" };
  });
  expect(source.line(1)?.row).toEqual([1]);
  source.need(50_000, 50_020);
  source.need(50_001, 50_021);
  await new Promise((resolve) => setTimeout(resolve));
  expect(source.line(50_010)).toMatchObject({ row: [50_010], at: 50_010 });
  expect(asked.map(([start]) => start).sort()).toEqual([49_800, 50_000, 50_200]);
});

test("answers to an older question are dropped", async () => {
  const answers: ((window: unknown) => void)[] = [];
  const source = new Source(Table.of(large), () => new Promise((resolve) => answers.push(resolve)));
  const window = (value: number, found: number) => ({
    start: 0,
    data: [[value]],
    rows: [value],
    metadata: null,
    found,
    applied: 0,
    table: "t",
  });
  source.ask_for(query({ search: "1" }));
  source.ask_for(query({ search: "12" }));
  answers[0]?.(window(1, 9));
  answers[1]?.(window(12, 5));
  await new Promise((resolve) => setTimeout(resolve));
  expect([source.count.value, source.line(0)?.row, source.isWaiting.value]).toEqual([5, [12], false]);
});
