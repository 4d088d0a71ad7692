import { expect, test } from "vitest";
import { Table } from "./components/dataframe/value";
import { forJs, fromJs, named } from "./partial";

const small = { headers: ["a"], data: [[1]], metadata: null, rows: 1, table: "t", applied: 2 };
const large = { ...small, rows: 50_000 };

test("a listener's JavaScript gets headers and rows of its own", () => {
  const copy = forJs(small) as typeof small;
  copy.data[0] = [9];
  expect(small.data).toEqual([[1]]);
  expect(Object.keys(copy)).toEqual(["headers", "data", "metadata"]);
  expect(fromJs(copy)).toBe(copy);
});

test("what it leaves alone is the value that was given, and is told by name", () => {
  for (const value of [small, large, Table.of(small)]) expect(fromJs(forJs(value))).toBe(value);
  expect(named(small)).toEqual({ table: "t", since: 2, ops: [] });
  expect(JSON.parse(JSON.stringify(named(Table.of(small).after(["undo"]))))).toEqual({
    table: "t",
    since: 2,
    ops: [["undo"]],
  });
});

test("other values pass as they are", () => {
  for (const value of [null, 3, "x", { url: "u" }, [1]]) expect(named(fromJs(forJs(value)))).toBe(value);
});
