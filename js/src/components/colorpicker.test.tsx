import { describe, expect, it } from "vitest";
import { press, show, type } from "../testing";
import { install } from "../view";
import * as pickers from "../views/pickers";
import { toHex } from "./colorpicker";

install("pickers", pickers);

async function open(props = {}) {
  const page = await show({ 2: ["colorpicker", { label: "Colour", value: "#ff8000", ...props }] });
  return {
    ...page,
    swatch: page.find<HTMLInputElement>("input[type=color]"),
    text: page.find<HTMLInputElement>("input[type=text]"),
  };
}

describe("ColorPicker", () => {
  it("shows its colour and its text", async () => {
    const { swatch, text } = await open({ value: "rgba(255, 128, 0, 0.5)" });
    expect([swatch.value, text.value]).toEqual(["#ff8000", "rgba(255, 128, 0, 0.5)"]);
  });

  it("fires while a colour is picked, and release at the end", async () => {
    const { swatch, text, block, fired, settle } = await open();
    await settle(() => type(swatch, "#00ff00"));
    await settle(() => void swatch.dispatchEvent(new Event("change", { bubbles: true })));
    expect(block(2).value).toBe("#00ff00");
    expect(text.value).toBe("#00ff00");
    expect(fired).toEqual([
      ["input", null],
      ["change", null],
      ["release", "#00ff00"],
    ]);
  });

  it("takes typed text once it is a colour, and any at Enter", async () => {
    const { swatch, text, block, fired, settle } = await open();
    await settle(() => type(text, "#00f"));
    expect(block(2).value).toBe("#00f");
    expect(swatch.value).toBe("#0000ff");
    await settle(() => type(text, "tomato"));
    expect(block(2).value).toBe("#00f");
    await settle(() => void press(text, "Enter"));
    expect(block(2).value).toBe("tomato");
    expect(fired.at(-1)).toEqual(["submit", null]);
  });

  it("cannot be changed when it is not interactive", async () => {
    const { swatch, text } = await open({ interactive: false });
    expect([swatch.disabled, text.readOnly]).toEqual([true, true]);
  });
});

describe("toHex", () => {
  it.each([
    ["#ABC", "#aabbcc"],
    ["#aabbccdd", "#aabbcc"],
    ["rgb(1 2 3 / 50%)", "#010203"],
    ["rgba(300, 0, 0, 1)", "#ff0000"],
    ["#ab", null],
    ["tomato", null],
  ])("%s is %s", (text, hex) => {
    expect(toHex(text)).toBe(hex);
  });
});
