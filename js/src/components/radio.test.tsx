import { describe, expect, it } from "vitest";
import { show } from "../testing";

const CHOICES = [
  ["Small", 1],
  ["Large", 2],
];
const shown = (props = {}) => show({ 2: ["radio", { label: "Size", choices: CHOICES, value: 1, ...props }] });
const ticked = (inputs: HTMLInputElement[]) => inputs.map((input) => input.checked);

describe("Radio", () => {
  it("is a group with the label's name, of named choices", async () => {
    const { find, all } = await shown();
    const group = find("[role=radiogroup]");
    expect(document.getElementById(group.getAttribute("aria-labelledby") ?? "")?.textContent).toBe("Size");
    expect(all("[role=radiogroup] label").map((label) => label.textContent)).toEqual(["Small", "Large"]);
    expect(ticked(all("input"))).toEqual([true, false]);
  });

  it("gives the value behind the name that was chosen", async () => {
    const { all, block, fired, settle } = await shown();
    await settle(() => all("input")[1]?.click());
    expect(block(2).value).toBe(2);
    expect(fired).toEqual([
      ["input", null],
      ["change", null],
      ["select", { index: 1, value: 2, selected: true }],
    ]);
    expect(ticked(all("input"))).toEqual([false, true]);
  });

  it.each([null, "elsewhere"])("shows none chosen for %s", async (value) => {
    const { all } = await shown({ value });
    expect(ticked(all("input"))).toEqual([false, false]);
  });

  it("follows new choices", async () => {
    const { all, channel, settle } = await shown();
    const models = { 2: { choices: [["Other", "o"]], value: "o" } };
    await settle(() => channel.say({ kind: "state", models }));
    expect(all("[role=radiogroup] label").map((label) => label.textContent)).toEqual(["Other"]);
    expect(ticked(all("input"))).toEqual([true]);
  });

  it("cannot be chosen when it is not interactive", async () => {
    const { all } = await shown({ interactive: false });
    expect(all<HTMLInputElement>("input").every((input) => input.disabled)).toBe(true);
  });

  it("keeps its name where the label is not shown", async () => {
    const { find } = await shown({ show_label: false });
    expect(find("[role=radiogroup]").getAttribute("aria-label")).toBe("Size");
  });
});
