import { describe, expect, it } from "vitest";
import { show, type } from "../testing";

const SLIDER = { label: "Amount", value: 3, minimum: 0, maximum: 10, step: 0.5, buttons: null };

const shown = (props = {}) => show({ 2: ["slider", { ...SLIDER, ...props }] });
const names = (fired: [string, unknown][]) => fired.map(([event]) => event);

async function open(props = {}) {
  const page = await shown(props);
  return {
    ...page,
    range: page.find<HTMLInputElement>("input[type=range]"),
    box: page.find<HTMLInputElement>("input[type=number]"),
    change: (input: HTMLInputElement) =>
      page.settle(() => void input.dispatchEvent(new Event("change", { bubbles: true }))),
  };
}

describe("Slider", () => {
  it("shows its number on the track and in the box, each with a name", async () => {
    const { range, box, find } = await open();
    expect([range.value, box.value]).toEqual(["3", "3"]);
    expect([range.min, range.max, range.step]).toEqual(["0", "10", "0.5"]);
    expect(find<HTMLLabelElement>("label").htmlFor).toBe(range.id);
    expect(box.getAttribute("aria-label")).toContain("Amount");
  });

  it("fires input and change while it is dragged, and release once at the end", async () => {
    const { range, fired, block, settle, change } = await open();
    await settle(() => type(range, "4"));
    await settle(() => type(range, "5"));
    await change(range);
    expect(names(fired)).toEqual(["input", "change", "input", "change", "release"]);
    expect(fired.at(-1)?.[1]).toBe(5);
    expect(block(2).value).toBe(5);
  });

  it("takes a typed number, and brings one off the track back at the end", async () => {
    const { box, range, block, settle, change } = await open();
    await settle(() => type(box, "7.5"));
    expect(block(2).value).toBe(7.5);
    expect(range.value).toBe("7.5");
    await settle(() => type(box, "70"));
    expect(block(2).value).toBe(7.5);
    await change(box);
    expect(block(2).value).toBe(10);
    expect(box.value).toBe("10");
  });

  it("goes back to the number while the box is left empty", async () => {
    const { box, block, settle, change } = await open();
    await settle(() => type(box, ""));
    await change(box);
    expect(box.value).toBe("3");
    expect(block(2).value).toBe(3);
  });

  it("resets to its first number", async () => {
    const { range, find, block, settle } = await open();
    await settle(() => type(range, "9"));
    await settle(() => find("button[aria-label='Reset to default value']").click());
    expect(block(2).value).toBe(3);
  });

  it("has no reset where its author wants none", async () => {
    const { page } = await open({ buttons: [] });
    expect(page.querySelector("button")).toBeNull();
  });

  it("cannot be moved when it is not interactive", async () => {
    const { range, box, page } = await open({ interactive: false });
    expect([range.disabled, box.readOnly]).toEqual([true, true]);
    expect(page.querySelector("button")).toBeNull();
  });
});
