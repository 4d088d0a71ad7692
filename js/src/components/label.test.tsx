import { expect, test } from "vitest";
import { showAlone as show } from "../testing";

const ANIMALS = {
  label: "cat",
  confidences: [
    { label: "cat", confidence: 0.9 },
    { label: "dog", confidence: 0.0999 },
    { label: "eel", confidence: 0.0001 },
  ],
};
const PROPS = { value: ANIMALS, color: null, show_heading: true };

test("the likeliest stands above a bar for each class", async () => {
  const shown = await show("label", PROPS);
  expect(shown.texts(".nb-class-heading")).toEqual(["cat"]);
  expect(shown.texts(".nb-class")).toEqual(["cat90%", "dog10%", "eel<1%"]);
  expect(shown.find(".nb-bar > span").style.width).toBe("90%");
});

test("without a heading only the bars stand there, but a lone label always does", async () => {
  const shown = await show("label", { ...PROPS, show_heading: false });
  expect(shown.all(".nb-class-heading")).toEqual([]);
  await shown.update({ value: { label: "seven", confidences: null } });
  expect(shown.texts(".nb-class-heading")).toEqual(["seven"]);
});

test("a class that is pressed is told", async () => {
  const shown = await show("label", PROPS);
  await shown.click("[data-testid=dog-confidence-set]");
  expect(shown.seen).toEqual([["select", { index: 1, value: "dog" }]]);
});

test("an empty label says so", async () => {
  const shown = await show("label", { ...PROPS, value: {} });
  expect(shown.texts(".nb-classes")).toEqual(["Nothing yet"]);
});
