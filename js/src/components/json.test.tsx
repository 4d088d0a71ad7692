import { expect, test, vi } from "vitest";
import { showAlone as show } from "../testing";

const PROPS = {
  value: { name: "Ada", tags: ["a", "b"], none: null, empty: {} } as unknown,
  open: false,
  show_indices: false,
  buttons: null,
  height: null,
  max_height: 500,
  min_height: null,
};

test("a small tree is unfolded, as JSON is written", async () => {
  const shown = await show("json", PROPS);
  expect(shown.texts(".nb-json-line").join("\n")).toBe(
    ["{", '"name": "Ada",', '"tags": [', '"a",', '"b"', "],", '"none": null,', '"empty": {}', "}"].join("\n"),
  );
  expect(shown.find(".nb-tree").style.maxHeight).toBe("500px");
});

test("what is folded leaves the page and says how much it holds", async () => {
  const shown = await show("json", PROPS);
  await shown.click("li .nb-json-fold");
  expect(shown.find("li .nb-json-fold").textContent).toBe('"tags": [ 2 items ],');
  expect(shown.find("li .nb-json-fold").getAttribute("aria-expanded")).toBe("false");
  expect(shown.element.textContent).not.toContain('"a"');
  await shown.click("li .nb-json-fold");
  expect(shown.element.textContent).toContain('"a"');
});

test("folds stay where they are when the value changes", async () => {
  const shown = await show("json", PROPS);
  await shown.click("li .nb-json-fold");
  await shown.update({ value: { name: "Bob", tags: ["c"] } });
  expect(shown.texts("li .nb-json-fold")).toEqual(['"tags": [ 1 item ]']);
});

test("deep parts are folded at first, unless all is to be open", async () => {
  const value = { a: { b: { c: { d: { e: 1 } } } } };
  const shown = await show("json", { ...PROPS, value });
  expect(shown.element.textContent).toContain('"c": { 1 key }');
  await shown.update({ open: true });
  expect(shown.element.textContent).toContain('"e": 1');
});

test("a long list comes in pages, and a large tree stays small in the page", async () => {
  const value = Array.from({ length: 250 }, (_, id) => ({ id, tags: ["x", "y"] }));
  const shown = await show("json", { ...PROPS, value, open: true });
  expect(shown.all(".nb-tree > ul > li").length).toBe(101);
  expect(shown.all(".nb-json-line").length).toBeLessThan(2500);
  await shown.click(".nb-tree > ul > li > .nb-json-more");
  expect(shown.texts(".nb-tree > ul > li > .nb-json-more")).toEqual(["Show 50 more of 50"]);
  expect(shown.all(".nb-tree > ul > li").length).toBe(201);
});

test("items are numbered on demand", async () => {
  const shown = await show("json", { ...PROPS, value: ["a", "b"], show_indices: true });
  expect(shown.texts("li")).toEqual(['0: "a",', '1: "b"']);
});

test("a very long text is cut until it is asked for", async () => {
  const shown = await show("json", { ...PROPS, value: { text: "x".repeat(5000) } });
  expect(shown.find(".nb-json-string").textContent?.length).toBe(2002);
  await shown.click(".nb-json-more");
  expect(shown.find(".nb-json-string").textContent?.length).toBe(5002);
});

test("the whole tree is copied, also what is folded", async () => {
  const writeText = vi.fn(async () => {});
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  const shown = await show("json", { ...PROPS, value: { a: [1] } });
  await shown.click(".nb-json-fold");
  await shown.click("[aria-label=Copy]");
  expect(writeText).toHaveBeenCalledWith('{\n  "a": [\n    1\n  ]\n}');
  vi.unstubAllGlobals();
});

test("no value is nothing, and nothing to copy", async () => {
  const shown = await show("json", { ...PROPS, value: null });
  expect(shown.texts(".nb-tree")).toEqual(["Nothing yet"]);
  expect(shown.all("[aria-label=Copy]")).toEqual([]);
});
