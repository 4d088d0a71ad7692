import { describe, expect, it } from "vitest";
import { press, show } from "../testing";

const shown = (props = {}) => show({ 2: ["checkbox", { label: "Agree", value: false, ...props }] });

describe("Checkbox", () => {
  it("is ticked by a click on its words, and says so", async () => {
    const { find, block, fired, settle } = await shown();
    await settle(() => find<HTMLInputElement>("input[type=checkbox]").click());
    expect(block(2).value).toBe(true);
    expect(fired).toEqual([
      ["input", null],
      ["change", null],
      ["select", { index: 0, value: "Agree", selected: true }],
    ]);
    expect(find("label").textContent).toBe("Agree");
  });

  it("is ticked by Enter", async () => {
    const { find, block, settle } = await shown();
    await settle(() => void press(find("input"), "Enter"));
    expect(block(2).value).toBe(true);
  });

  it("follows the session", async () => {
    const { find, channel, settle } = await shown();
    await settle(() => channel.say({ kind: "state", models: { 2: { value: true } } }));
    expect(find<HTMLInputElement>("input").checked).toBe(true);
  });

  it("cannot be ticked when it is not interactive", async () => {
    const { find } = await shown({ interactive: false });
    expect(find<HTMLInputElement>("input").disabled).toBe(true);
  });

  it("keeps its name where the label is not shown", async () => {
    const { find } = await shown({ show_label: false, container: false });
    expect(find("input").getAttribute("aria-label")).toBe("Agree");
  });
});
