import { describe, expect, it } from "vitest";
import { press, show, type } from "../testing";

const TEXTBOX = {
  label: "Name",
  value: "",
  type: "text",
  lines: 1,
  max_lines: null,
  autoscroll: true,
  html_attributes: {},
};

const shown = (props = {}) => show({ 2: ["textbox", { ...TEXTBOX, ...props }] });
const names = (fired: [string, unknown][]) => fired.map(([event]) => event);

describe("Textbox", () => {
  it("is named by its label", async () => {
    const { find } = await shown();
    expect(find<HTMLLabelElement>("label").htmlFor).toBe(find("textarea").id);
    expect(find("label").textContent).toBe("Name");
  });

  it("takes what is typed", async () => {
    const { find, block, fired, settle } = await shown();
    await settle(() => type(find<HTMLTextAreaElement>("textarea"), "hi"));
    expect(block(2).value).toBe("hi");
    expect(names(fired)).toEqual(["input", "change"]);
  });

  it.each([
    ["Enter on one line", { lines: 1 }, {}, true],
    ["Shift+Enter on one line", { lines: 1 }, { shiftKey: true }, false],
    ["Enter on several lines", { lines: 3 }, {}, false],
    ["Shift+Enter on several lines", { lines: 3 }, { shiftKey: true }, true],
    ["Enter in a password", { type: "password" }, {}, true],
    ["Enter that ends a composition", { lines: 1 }, { isComposing: true }, false],
  ])("%s", async (_, props, keys, isSubmit) => {
    const { find, fired } = await shown(props);
    const event = press(find("[data-testid=textbox]"), "Enter", keys);
    expect(names(fired)).toEqual(isSubmit ? ["submit"] : []);
    expect(event.defaultPrevented).toBe(isSubmit);
  });

  it.each([true, false])(
    "begins at the top of its text, and follows one that grows: %s",
    async (autoscroll) => {
      const { find, channel, settle } = await shown({ value: "a\nb", autoscroll });
      const area = find<HTMLTextAreaElement>("textarea");
      Object.defineProperty(area, "scrollHeight", { value: 500 });
      const frame = () => settle(() => new Promise<void>((done) => requestAnimationFrame(() => done())));
      await frame();
      expect(area.scrollTop).toBe(0);
      await settle(() => channel.say({ kind: "state", models: { 2: { value: "a\nb\nc" } } }));
      await frame();
      expect(area.scrollTop).toBe(autoscroll ? 500 : 0);
    },
  );

  it("keeps the caret when the session writes while it is in the middle", async () => {
    const { find, channel, settle } = await shown({ value: "abcdef" });
    const area = find<HTMLTextAreaElement>("textarea");
    area.focus();
    area.setSelectionRange(2, 2);
    await settle(() => channel.say({ kind: "state", models: { 2: { value: "abcdefgh" } } }));
    expect(area.value).toBe("abcdefgh");
    expect(area.selectionStart).toBe(2);
  });

  it("does not write over a composition", async () => {
    const { find, channel, block, fired, settle } = await shown();
    const area = find<HTMLTextAreaElement>("textarea");
    area.dispatchEvent(new CompositionEvent("compositionstart"));
    await settle(() => type(area, "に"));
    expect(names(fired)).toEqual([]);
    await settle(() => channel.say({ kind: "state", models: { 2: { value: "x" } } }));
    expect(area.value).toBe("に");
    await settle(() => area.dispatchEvent(new CompositionEvent("compositionend")));
    expect(block(2).value).toBe("に");
  });

  it("can be read but not edited when it is not interactive", async () => {
    const { find } = await shown({ interactive: false, value: "x" });
    expect(find<HTMLTextAreaElement>("textarea").readOnly).toBe(true);
    expect(find<HTMLTextAreaElement>("textarea").disabled).toBe(false);
  });

  it("fires what is selected, focus and blur", async () => {
    const { find, fired } = await shown({ value: "abcdef" });
    const area = find<HTMLTextAreaElement>("textarea");
    area.focus();
    area.setSelectionRange(1, 3);
    area.dispatchEvent(new Event("select"));
    area.blur();
    expect(fired).toContainEqual(["select", { index: [1, 3], value: "bc" }]);
    expect(names(fired)).toContain("focus");
    expect(names(fired)).toContain("blur");
  });

  it("submits by its button", async () => {
    const { find, fired } = await shown({ submit_btn: "Go" });
    find(".submit-button").click();
    expect(find(".submit-button").textContent).toBe("Go");
    expect(names(fired)).toEqual(["submit"]);
  });

  it("takes only attributes that run nothing", async () => {
    const { find } = await shown({
      html_attributes: { autocapitalize: "off", onfocus: "alert(1)", style: "color: red", "data-x": "1" },
    });
    const area = find("textarea");
    expect(area.getAttributeNames()).toEqual(expect.arrayContaining(["autocapitalize", "data-x"]));
    expect(area.hasAttribute("onfocus")).toBe(false);
    expect(area.style.color).toBe("");
  });
});
