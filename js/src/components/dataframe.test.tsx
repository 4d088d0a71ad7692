import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";
import { show } from "../showing";
import { install } from "../view";
import * as family from "../views/data";

vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    disconnect() {}
  },
);

beforeEach(() => install("data", family));

const PROPS = {
  value: {
    headers: ["name", "n"],
    data: [
      ["b", 2],
      ["a", 1],
      ["c", 3],
    ],
    metadata: null,
    rows: 3,
    table: "t",
    applied: 0,
  },
  headers: ["name", "n"],
  row_count: [3, "dynamic"],
  row_limits: null,
  column_count: [2, "dynamic"],
  column_limits: null,
  datatype: "str",
  latex_delimiters: [],
  label: "Table",
  show_label: true,
  max_height: 500,
  interactive: true,
  wrap: false,
  line_breaks: true,
  column_widths: [],
  buttons: null,
  show_row_numbers: false,
  max_chars: null,
  show_search: "none",
  pinned_columns: null,
  static_columns: [],
};

const grid = "[role=grid]";
const pointer = (target: HTMLElement, type: string, more: PointerEventInit = {}) =>
  act(() => {
    target.dispatchEvent(
      new PointerEvent(type, { bubbles: true, composed: true, button: 0, detail: 1, ...more }),
    );
  });

async function press(shown: Awaited<ReturnType<typeof show>>, selector: string, more: PointerEventInit = {}) {
  await pointer(shown.find(selector), "pointerdown", more);
  await pointer(shown.find(selector), "pointerup", more);
}

const cell = (row: number, column: number) => `[data-testid=cell-${row}-${column}]`;
const names = (shown: Awaited<ReturnType<typeof show>>) =>
  [0, 1, 2].map((row) => shown.find(cell(row, 0)).textContent);

test("it is a grid with its rows and columns counted", async () => {
  const shown = await show("dataframe", PROPS);
  const element = shown.find(grid);
  expect(["aria-rowcount", "aria-colcount", "aria-label"].map((name) => element.getAttribute(name))).toEqual([
    "4",
    "2",
    "Table",
  ]);
  expect(shown.find(cell(1, 1)).getAttribute("aria-colindex")).toBe("2");
  expect(shown.find(cell(1, 1)).closest("[role=row]")?.getAttribute("aria-rowindex")).toBe("3");
});

test("a pressed cell is chosen, and tells where it stands", async () => {
  const shown = await show("dataframe", PROPS);
  await press(shown, cell(1, 1));
  expect(shown.seen.filter(([name]) => name === "select")).toEqual([
    ["select", expect.objectContaining({ index: [1, 1], value: 1, row_value: ["a", 1] })],
  ]);
  expect(shown.find(grid).getAttribute("aria-activedescendant")).toBe(shown.find(cell(1, 1)).id);
});

test("arrows move, and with Shift extend what is chosen", async () => {
  const shown = await show("dataframe", PROPS);
  await press(shown, cell(0, 0));
  await shown.press(grid, "ArrowDown");
  await shown.press(grid, "ArrowRight", { shiftKey: true });
  const chosen = shown.all("[role=gridcell][aria-selected=true]").map(({ dataset }) => dataset.testid);
  expect(chosen).toEqual(["cell-1-0", "cell-1-1"]);
  await shown.press(grid, "Escape");
  expect(shown.all("[role=gridcell][aria-selected=true]")).toEqual([]);
});

test("a typed cell is an edit, in the kind of the cell", async () => {
  const shown = await show("dataframe", PROPS);
  await press(shown, cell(1, 1));
  await shown.press(grid, "4");
  const field = shown.find<HTMLTextAreaElement>("textarea");
  expect(field.value).toBe("4");
  field.value = "42";
  await shown.press("textarea", "Enter");
  expect(shown.find(cell(1, 1)).textContent).toBe("42");
  expect(shown.seen.at(-2)).toEqual(["edit", { index: [1, 1], value: 42, previous_value: 1 }]);
  const value = shown.seen.find(([name, told]) => name === "edit" && told && "ops" in (told as object))?.[1];
  expect(JSON.parse(JSON.stringify(value)).ops).toEqual([["cells", [[1, 1, 42]]]]);
  await shown.press(grid, "z", { ctrlKey: true });
  expect(shown.find(cell(1, 1)).textContent).toBe("1");
});

test("Escape leaves a cell as it was", async () => {
  const shown = await show("dataframe", PROPS);
  await press(shown, cell(0, 0));
  await shown.press(grid, "F2");
  shown.find<HTMLTextAreaElement>("textarea").value = "other";
  await shown.press("textarea", "Escape");
  expect(names(shown)).toEqual(["b", "a", "c"]);
});

test("a column's name orders the rows, and edits go to the row that is meant", async () => {
  const shown = await show("dataframe", PROPS);
  await press(shown, "[data-testid=header-0]");
  expect(names(shown)).toEqual(["a", "b", "c"]);
  expect(shown.find("[data-testid=header-0]").getAttribute("aria-sort")).toBe("ascending");
  await press(shown, cell(0, 1));
  expect(shown.seen.at(-1)).toEqual(["select", expect.objectContaining({ index: [1, 1] })]);
  await press(shown, "[data-testid=header-0]");
  expect(names(shown)).toEqual(["c", "b", "a"]);
  await press(shown, "[data-testid=header-0]");
  expect(names(shown)).toEqual(["b", "a", "c"]);
});

test("a range that is pasted fills cells, and adds rows", async () => {
  const shown = await show("dataframe", PROPS);
  await press(shown, cell(2, 0));
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => "x\t7\ny\t8" } });
  await act(() => {
    shown.find(grid).dispatchEvent(event);
  });
  expect([2, 3].map((row) => [0, 1].map((column) => shown.find(cell(row, column)).textContent))).toEqual([
    ["x", "7"],
    ["y", "8"],
  ]);
});

test("a million pasted cells meet a limit", async () => {
  const shown = await show("dataframe", PROPS);
  await press(shown, cell(0, 0));
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => "1\n".repeat(200_000) } });
  await act(() => {
    shown.find(grid).dispatchEvent(event);
  });
  expect(shown.seen.at(-1)).toEqual(["error", "Too many cells"]);
  expect(names(shown)).toEqual(["b", "a", "c"]);
});

test("what is copied is text with tabs", async () => {
  const shown = await show("dataframe", PROPS);
  await press(shown, cell(0, 0));
  await shown.press(grid, "a", { ctrlKey: true });
  let copied = "";
  const event = new Event("copy", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { setData: (_: string, text: string) => (copied = text) } });
  await act(() => {
    shown.find(grid).dispatchEvent(event);
  });
  expect(copied).toBe("b\t2\na\t1\nc\t3");
});

test("rows come and go by the menu", async () => {
  const shown = await show("dataframe", PROPS);
  const items = () => shown.texts("[role=menuitem] > span:nth-child(2)");
  const choose = (name: string) =>
    act(async () => {
      shown
        .all("[role=menuitem]")
        .find((item) => item.textContent?.startsWith(name))
        ?.click();
    });
  await press(shown, cell(1, 0));
  await shown.press(grid, "F10", { shiftKey: true });
  expect(items()).toContain("Add row below");
  await choose("Delete row");
  expect(shown.find(grid).getAttribute("aria-rowcount")).toBe("3");
  await act(() => shown.find<HTMLElement>(".nb-table-add").click());
  expect(shown.find(grid).getAttribute("aria-rowcount")).toBe("4");
});

test.each([
  [{ column_limits: [null, 2] }, false],
  [{ column_count: [2, "fixed"] }, false],
  [{ static_columns: [1] }, false],
  [{}, true],
])("columns are added where %o allows it: %s", async (props, isAllowed) => {
  const shown = await show("dataframe", { ...PROPS, ...props });
  await act(() => shown.find<HTMLElement>(".nb-th-menu").click());
  const items = shown.texts("[role=menuitem] > span:nth-child(2)");
  expect(items.includes("Add column to the right")).toBe(isAllowed);
});

test("what cannot be edited is not", async () => {
  const shown = await show("dataframe", { ...PROPS, interactive: false });
  await press(shown, cell(0, 0));
  await shown.press(grid, "Enter");
  await shown.press(grid, "Delete");
  expect([shown.all("textarea"), shown.seen.filter(([name]) => name === "edit")]).toEqual([[], []]);
});

test("a column that is static is not edited, the others are", async () => {
  const shown = await show("dataframe", { ...PROPS, static_columns: [0] });
  await press(shown, cell(0, 0));
  await shown.press(grid, "x");
  expect(shown.all("textarea")).toEqual([]);
  expect(shown.find(cell(0, 0)).getAttribute("aria-readonly")).toBe("true");
});

test("a box is pressed to say yes or no", async () => {
  const value = { ...PROPS.value, headers: ["ok"], data: [[true]], rows: 1 };
  const shown = await show("dataframe", { ...PROPS, value, datatype: "bool" });
  await act(() => shown.find<HTMLInputElement>("input[type=checkbox]").click());
  expect(shown.find<HTMLInputElement>("input[type=checkbox]").checked).toBe(false);
  expect(shown.seen.at(-1)).toEqual(["edit", { index: [0, 0], value: false, previous_value: true }]);
});

test("an empty table begins with rows that come to be once one is typed in", async () => {
  const value = { ...PROPS.value, data: [], rows: 0 };
  const shown = await show("dataframe", { ...PROPS, value });
  await press(shown, cell(1, 0));
  await shown.press(grid, "x");
  await shown.press("textarea", "Enter");
  expect(JSON.parse(JSON.stringify(shown.block.props.value.value)).ops).toEqual([
    [
      "insert_rows",
      0,
      [
        ["", ""],
        ["", ""],
      ],
    ],
    ["cells", [[1, 0, "x"]]],
  ]);
});

test("an author's styles show, without what reaches beyond the cell", async () => {
  const metadata = {
    display_value: [["B!", "2"]],
    styling: [["color: red; position: fixed; background: url(x)", ""]],
  };
  const value = { ...PROPS.value, data: [["b", 2]], rows: 1, metadata };
  const shown = await show("dataframe", { ...PROPS, value });
  const { style, textContent } = shown.find(cell(0, 0));
  expect([style.color, style.position, style.background, textContent]).toEqual(["red", "", "", "B!"]);
});

test("pictures are addresses, and nothing else is one", async () => {
  const value = {
    ...PROPS.value,
    headers: ["p"],
    data: [["javascript:alert(1)"], ["https://x.org/a.png"]],
    rows: 2,
  };
  const shown = await show("dataframe", { ...PROPS, value, datatype: "image" });
  expect(shown.all("img").map((img) => img.getAttribute("src"))).toEqual(["https://x.org/a.png"]);
});

test("long text is cut, and shown whole where the keyboard is", async () => {
  const value = { ...PROPS.value, data: [["abcdefghij", 1]], rows: 1 };
  const shown = await show("dataframe", { ...PROPS, value, max_chars: 4 });
  expect(shown.find(cell(0, 0)).textContent).toBe("abcd…");
  await press(shown, cell(0, 0));
  expect(shown.find(cell(0, 0)).textContent).toBe("abcdefghij");
});
