import { describe, expect, it } from "vitest";
import { press, show } from "../testing";

const CHOICES = [
  ["Apples", "a"],
  ["Pears", "p"],
  ["Plums", "l"],
];
const shown = (props = {}) =>
  show({ 2: ["checkboxgroup", { label: "Fruit", choices: CHOICES, value: ["p"], ...props }] });

describe("CheckboxGroup", () => {
  it("ticks its values", async () => {
    const { all } = await shown();
    expect(all<HTMLInputElement>("input").map((input) => input.checked)).toEqual([false, true, false]);
  });

  it("adds and takes away what is ticked, and says which", async () => {
    const { all, block, fired, settle } = await shown();
    await settle(() => all("input")[0]?.click());
    expect(block(2).value).toEqual(["p", "a"]);
    await settle(() => void press(all("input")[1] as HTMLElement, "Enter"));
    expect(block(2).value).toEqual(["a"]);
    expect(fired.filter(([event]) => event === "select").map(([, payload]) => payload)).toEqual([
      { index: 0, value: "a", selected: true },
      { index: 1, value: "p", selected: false },
    ]);
  });

  it("ticks all, then none, by one box that is half ticked between", async () => {
    const { find, block, settle } = await shown({ show_select_all: true });
    const all = find<HTMLInputElement>(".nb-select-all input");
    expect([all.checked, all.indeterminate]).toEqual([false, true]);
    await settle(() => all.click());
    expect(block(2).value).toEqual(["a", "p", "l"]);
    expect([all.checked, all.indeterminate]).toEqual([true, false]);
    await settle(() => all.click());
    expect(block(2).value).toEqual([]);
    expect(all.checked).toBe(false);
  });

  it("cannot be ticked when it is not interactive", async () => {
    const { all } = await shown({ interactive: false, show_select_all: true });
    expect(all<HTMLInputElement>("input").every((input) => input.disabled)).toBe(true);
  });
});
