import { describe, expect, it, vi } from "vitest";
import { type Actions, Block } from "./model";

function block(props = {}) {
  const app = { edited: vi.fn(), trigger: vi.fn() };
  return { app, block: new Block(app as unknown as Actions, 2, "textbox", { value: "", ...props }) };
}

describe("Block", () => {
  it("shows an edit at once and tells the app which props it changed", () => {
    const { app, block: text } = block({ lines: 1 });
    text.edit({ value: "a", lines: 1 });
    expect(text.value).toBe("a");
    expect(app.edited).toHaveBeenCalledExactlyOnceWith(text, ["value"], false);
  });

  it("says nothing of an edit that changes nothing", () => {
    const { app, block: text } = block();
    text.edit({ value: "" });
    expect(app.edited).not.toHaveBeenCalled();
    expect(text.rev).toBe(0);
  });

  it("counts edits of the value alone, above any revision it has seen", () => {
    const { block: text } = block();
    text.apply({ value: "x" }, 7);
    text.edit({ value: "y" });
    text.edit({ lines: 3 });
    expect(text.rev).toBe(8);
  });

  it("ignores a value older than the user's edit, but takes its other props", () => {
    const { block: text } = block();
    text.edit({ value: "mine" });
    text.edit({ value: "mine too" });
    text.apply({ value: "old", label: "New" }, 1);
    expect(text.props.value).toEqual({ value: "mine too", label: "New" });
  });

  it("takes a value that answers its newest edit", () => {
    const { block: text } = block();
    text.edit({ value: "mine" });
    text.apply({ value: "answer" }, 1);
    expect(text.value).toBe("answer");
  });
});
