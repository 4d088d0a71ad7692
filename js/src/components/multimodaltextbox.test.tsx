import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { type ShownAlone as Shown, showAlone as show } from "../testing";
import { install } from "../view";
import { views } from "../views/chat";
import type { FileData } from "../wire/messages";

install("chat", { views });

const BASE = {
  value: { text: "", files: [] },
  sources: ["upload"],
  file_types: null,
  file_count: "single",
  lines: 1,
  max_lines: 20,
  placeholder: null,
  autofocus: false,
  autoscroll: true,
  text_align: null,
  rtl: false,
  submit_btn: true,
  stop_btn: false,
  max_plain_text_length: 10,
  html_attributes: {},
  interactive: true,
};

async function field(props: Record<string, unknown> = {}): Promise<Shown> {
  const shown = await show("multimodaltextbox", { ...BASE, ...props });
  shown.block.app.upload = async (_, file) =>
    ({ path: "token", url: null, orig_name: file.name }) as FileData;
  return shown;
}

const type = (shown: Shown, text: string) =>
  act(() => {
    const area = shown.find<HTMLTextAreaElement>("textarea");
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });

const choose = (shown: Shown, ...files: File[]) =>
  act(async () => {
    const input = shown.find<HTMLInputElement>("input[type=file]");
    Object.defineProperty(input, "files", { value: files, configurable: true });
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

test("text is an edit of the value; Enter sends, Shift+Enter does not", async () => {
  const shown = await field();
  await type(shown, "hi");
  await shown.press("textarea", "Enter", { shiftKey: true });
  expect(shown.seen).toEqual([["edit", { text: "hi", files: [] }]]);
  await shown.press("textarea", "Enter");
  expect(shown.seen.at(-1)).toEqual(["submit", null]);
});

test("with several lines it is the other way round", async () => {
  const shown = await field({ lines: 3 });
  await shown.press("textarea", "Enter");
  expect(shown.seen).toEqual([]);
  await shown.press("textarea", "Enter", { shiftKey: true });
  expect(shown.seen).toEqual([["submit", null]]);
});

test.each([true, false])(
  "it begins at the top of its text, and follows one that grows: %s",
  async (autoscroll) => {
    const shown = await field({ autoscroll, value: { text: "a\nb", files: [] } });
    const area = shown.find<HTMLTextAreaElement>("textarea");
    Object.defineProperty(area, "scrollHeight", { value: 500 });
    const frame = () => act(() => new Promise<void>((done) => requestAnimationFrame(() => done())));
    await frame();
    expect(area.scrollTop).toBe(0);
    await shown.update({ value: { text: "a\nb\nc", files: [] } });
    await frame();
    expect(area.scrollTop).toBe(autoscroll ? 500 : 0);
  },
);

test("chosen files join those that are there, and can be taken away", async () => {
  const shown = await field();
  await choose(shown, new File(["a"], "a.txt", { type: "text/plain" }));
  await choose(shown, new File(["b"], "b.txt", { type: "text/plain" }));
  const names = () => (shown.block.value as { files: FileData[] }).files.map(({ orig_name }) => orig_name);
  expect(names()).toEqual(["a.txt", "b.txt"]);
  await shown.click("button[aria-label='Remove a.txt']");
  expect(names()).toEqual(["b.txt"]);
});

test("a file of another kind is not taken", async () => {
  const shown = await field({ file_types: ["image", ".pdf"] });
  expect(shown.find("input[type=file]").getAttribute("accept")).toBe("image/*,.pdf");
  await choose(shown, new File(["a"], "a.txt", { type: "text/plain" }));
  expect(shown.seen).toEqual([["error", "Not taken"]]);
});

test("long pasted text becomes a file", async () => {
  const shown = await field();
  const paste = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(paste, { clipboardData: { files: [], getData: () => "long ".repeat(10) } });
  await act(async () => void shown.find("textarea").dispatchEvent(paste));
  expect((shown.block.value as { files: FileData[] }).files[0]?.orig_name).toBe("pasted_text.txt");
  expect(paste.defaultPrevented).toBe(true);
});

test("its buttons send and stop, under their captions", async () => {
  const shown = await field({ submit_btn: "Go", stop_btn: true });
  expect(shown.find(".submit-button").textContent).toBe("Go");
  await shown.click(".submit-button");
  await shown.click("button[aria-label=Stop]");
  expect(shown.seen).toEqual([
    ["submit", null],
    ["stop", null],
  ]);
});

test("while it is not interactive nothing can be sent or added", async () => {
  const shown = await field({ interactive: false });
  await shown.press("textarea", "Enter");
  expect(shown.seen).toEqual([]);
  expect(shown.find<HTMLTextAreaElement>("textarea").readOnly).toBe(true);
  expect(shown.find<HTMLButtonElement>("button[aria-label='Upload a file']").disabled).toBe(true);
});
