import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { showAlone as show } from "../testing";
import { marked } from "./marks";

const t = (token: string, class_or_confidence: string | number | null = null) => ({
  token,
  class_or_confidence,
});
const VALUE = [t("Ada", "person"), t(" met Bob in "), t("Paris", "place"), t(".")];
const PROPS = {
  value: VALUE,
  color_map: { place: "red" },
  show_legend: true,
  show_inline_category: true,
  show_whitespaces: true,
  rtl: false,
  interactive: false,
};

test("stretches carry their classes and colours", async () => {
  const shown = await show("highlightedtext", PROPS);
  expect(shown.texts(".nb-mark")).toEqual(["Adaperson", "Parisplace"]);
  expect(shown.texts(".nb-legend > li")).toEqual(["place", "person"]);
  const colours = shown.all(".nb-mark").map((one) => one.style.getPropertyValue("--nb-mark"));
  expect(colours).toEqual(["var(--nb-mark-1)", "red"]);
  await shown.update({ show_inline_category: false, show_legend: false });
  expect(shown.texts(".nb-mark")).toEqual(["Ada", "Paris"]);
  expect(shown.all(".nb-legend")).toEqual([]);
});

test("a class keeps its colour when another comes before it", async () => {
  const shown = await show("highlightedtext", PROPS);
  await shown.update({ value: [t("A", "new"), t("Ada", "person")] });
  const colours = shown.all(".nb-mark").map((one) => one.style.getPropertyValue("--nb-mark"));
  expect(colours).toEqual(["var(--nb-mark-2)", "var(--nb-mark-1)"]);
});

test("scores colour by their size and sign", async () => {
  const shown = await show("highlightedtext", { ...PROPS, value: [t("good", 1), t("bad", -0.5)] });
  const shares = shown.all(".nb-mark").map((one) => one.style.getPropertyValue("--nb-share"));
  expect(shares).toEqual(["60%", "30%"]);
  expect(shown.texts(".nb-scale > span")).toEqual(["−1", "0", "+1"]);
});

test("a stretch that is pressed, or chosen by keyboard, is told", async () => {
  const shown = await show("highlightedtext", PROPS);
  await shown.click(".nb-mark:last-of-type .nb-mark-text, .nb-mark .nb-mark-text");
  await shown.press(".nb-mark .nb-mark-text", "Enter");
  expect(shown.seen).toEqual([
    ["select", { index: 0, value: ["Ada", "person"] }],
    ["select", { index: 0, value: ["Ada", "person"] }],
  ]);
  expect(shown.all(".nb-chooser")).toEqual([]);
});

test("words are marked by keyboard alone", async () => {
  const shown = await show("highlightedtext", { ...PROPS, interactive: true });
  for (const _ of "123") await shown.press(".nb-marked", "ArrowRight");
  expect(shown.texts(".nb-chosen")).toEqual(["Bob"]);
  await shown.press(".nb-marked", "Enter");
  const field = shown.find<HTMLInputElement>(".nb-chooser .nb-input");
  expect(document.activeElement).toBe(field);
  field.value = "friend";
  await act(() => shown.find<HTMLFormElement>(".nb-chooser").requestSubmit());
  const value = [t("Ada", "person"), t(" met "), t("Bob", "friend"), t(" in "), t("Paris", "place"), t(".")];
  expect(shown.seen).toEqual([["edit", value]]);
  expect(shown.all(".nb-chooser")).toEqual([]);
});

test("Shift takes more words, and fewer again", async () => {
  const shown = await show("highlightedtext", { ...PROPS, interactive: true });
  await shown.press(".nb-marked", "ArrowRight");
  await shown.press(".nb-marked", "ArrowRight", { shiftKey: true });
  await shown.press(".nb-marked", "ArrowRight", { shiftKey: true });
  expect(shown.texts(".nb-chosen").join("")).toBe("Ada met Bob");
  await shown.press(".nb-marked", "ArrowLeft", { shiftKey: true });
  expect(shown.texts(".nb-chosen").join("")).toBe("Ada met");
  await shown.press(".nb-marked", "ArrowLeft", { shiftKey: true });
  await shown.press(".nb-marked", "ArrowLeft", { shiftKey: true });
  expect(shown.texts(".nb-chosen").join("")).toBe("Ada");
});

test("selected text asks for a label, and takes one of those that are there", async () => {
  const shown = await show("highlightedtext", { ...PROPS, interactive: true });
  const between = shown.all("[data-at]")[1]?.firstChild as Node;
  document.getSelection()?.setBaseAndExtent(between, 5, between, 8);
  await act(() => {
    shown.find(".nb-marked").dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
  });
  expect(shown.find(".nb-chooser").getAttribute("aria-label")).toBe("Mark “Bob”");
  await shown.click(".nb-choice:nth-of-type(2)");
  expect((shown.block.value as unknown[])[2]).toEqual(t("Bob", "person"));
});

test("a mark is removed with its button, or with Delete", async () => {
  const shown = await show("highlightedtext", { ...PROPS, interactive: true });
  await shown.press(".nb-mark .nb-mark-text", "Delete");
  expect(shown.block.value).toEqual([t("Ada met Bob in "), t("Paris", "place"), t(".")]);
  await shown.click("[aria-label='Unmark Paris']");
  expect(shown.block.value).toEqual([t("Ada met Bob in Paris.")]);
});

test("Escape leaves everything as it was", async () => {
  const shown = await show("highlightedtext", { ...PROPS, interactive: true });
  await shown.click(".nb-mark-text");
  await shown.press(".nb-chooser", "Escape");
  expect(shown.all(".nb-chooser")).toEqual([]);
  expect(shown.block.value).toBe(VALUE);
});

test("a mark across others wins over them", () => {
  expect(marked(VALUE, [1, 8], "x")).toEqual([
    t("A", "person"),
    t("da met B".slice(0, 7), "x"),
    t("Bob in "),
    t("Paris", "place"),
    t("."),
  ]);
  expect(marked(VALUE, [0, 21], null)).toEqual([t("Ada met Bob in Paris.")]);
});
