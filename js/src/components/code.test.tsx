import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import type { Editor } from "../lazy/code";
import * as code from "../lazy/code";
import { showAlone as show } from "../testing";

const PROPS = {
  value: "x = 1",
  language: "python",
  lines: 5,
  max_lines: null,
  wrap_lines: false,
  show_line_numbers: true,
  autocomplete: false,
  buttons: null,
  interactive: true,
};

/** The chunk, and the editors it made. */
function chunk() {
  const made: Editor[] = [];
  const create: typeof code.create = (...given) => {
    const editor = code.create(...given);
    made.push(editor);
    return editor;
  };
  return { made, chunks: { code: { create } } };
}

afterEach(() => vi.unstubAllGlobals());

test("until the editor is there, the text is", async () => {
  const shown = await show("code", PROPS);
  expect(shown.texts(".nb-editor > pre")).toEqual(["x = 1"]);
});

test("the editor shows the text with its label's name", async () => {
  const { chunks } = chunk();
  const shown = await show("code", { ...PROPS, label: "Source" }, chunks);
  expect(shown.all(".nb-editor > pre")).toEqual([]);
  expect(shown.find(".cm-content").textContent).toBe("x = 1");
  expect(shown.find(".cm-content").getAttribute("aria-label")).toBe("Source");
  expect(shown.find(".nb-editor").style.getPropertyValue("--nb-most")).toBe("none");
});

test("what is typed becomes the value, what comes from the session does not come back", async () => {
  const { made, chunks } = chunk();
  const shown = await show("code", PROPS, chunks);
  const view = made[0]?.view as Editor["view"];
  await act(() => view.dispatch({ changes: { from: 5, insert: "2" }, selection: { anchor: 6 } }));
  expect(shown.seen).toEqual([["edit", "x = 12"]]);
  await shown.update({ value: "# new\nx = 12" });
  expect(view.state.doc.toString()).toBe("# new\nx = 12");
  expect(view.state.selection.main.head).toBe(12);
  expect(shown.seen.length).toBe(1);
});

test("letters typed faster than the page is drawn all stay", async () => {
  const { made, chunks } = chunk();
  const shown = await show("code", { ...PROPS, value: "" }, chunks);
  const view = made[0]?.view as Editor["view"];
  for (const letter of "abc") {
    view.dispatch({ changes: { from: view.state.doc.length, insert: letter } });
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve(); // rendered, but no effect has run yet
  }
  await act(() => {});
  expect(view.state.doc.toString()).toBe("abc");
  expect(shown.seen.at(-1)).toEqual(["edit", "abc"]);
});

test("an editor that only shows takes no edits, but the keyboard can reach it", async () => {
  const { made, chunks } = chunk();
  const shown = await show("code", { ...PROPS, interactive: false }, chunks);
  expect(made[0]?.view.state.readOnly).toBe(true);
  expect(shown.find(".cm-content").tabIndex).toBe(0);
  await shown.update({ interactive: true });
  expect(made[0]?.view.state.readOnly).toBe(false);
});

test("line numbers, wrapping and language follow their props", async () => {
  const { chunks } = chunk();
  const shown = await show("code", PROPS, chunks);
  expect(shown.all(".cm-lineNumbers").length).toBe(1);
  await shown.update({ show_line_numbers: false, wrap_lines: true, language: "sql-sqlite" });
  expect(shown.all(".cm-lineNumbers").length).toBe(0);
  expect(shown.all(".cm-lineWrapping").length).toBe(1);
});

test("focus and its loss are told", async () => {
  const { chunks } = chunk();
  const shown = await show("code", PROPS, chunks);
  shown.find(".cm-content").dispatchEvent(new FocusEvent("focus"));
  shown.find(".cm-content").dispatchEvent(new FocusEvent("blur"));
  expect(shown.seen.map(([event]) => event)).toEqual(["focus", "blur"]);
});

test("the text is copied and downloaded under the ending of its language", async () => {
  const writeText = vi.fn(async () => {});
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  const names: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  const shown = await show("code", PROPS);
  await shown.click("[aria-label=Copy]");
  expect(writeText).toHaveBeenCalledWith("x = 1");
  await shown.click("[aria-label=Download]");
  expect(names).toEqual(["file.py"]);
  await shown.update({ buttons: [] });
  expect(shown.all(".nb-tool")).toEqual([]);
});
