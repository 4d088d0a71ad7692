import { describe, expect, it } from "vitest";
import { press, show, type } from "../testing";

const CHOICES = [
  ["Red", "r"],
  ["Green", "g"],
  ["Blue", "b"],
];
const DROPDOWN = {
  label: "Colour",
  choices: CHOICES,
  value: "g",
  multiselect: false,
  allow_custom_value: false,
  max_choices: null,
  num_choices_shown: 100,
  filterable: true,
};

async function open(props = {}) {
  const page = await show({ 2: ["dropdown", { ...DROPDOWN, ...props }] });
  const field = page.find<HTMLInputElement>("[role=combobox]");
  field.focus();
  page.fired.length = 0;
  return {
    ...page,
    field,
    press: (key: string, more = {}) => page.settle(() => void press(field, key, more)),
    type: (text: string) => page.settle(() => type(field, text)),
    choose: (name: string) =>
      page.settle(() =>
        page
          .all("[role=option]")
          .find((option) => option.textContent === name)
          ?.click(),
      ),
    options: () => page.all("[role=option]").map((option) => option.textContent),
    active: () =>
      page.page.querySelector(`[id="${field.getAttribute("aria-activedescendant")}"]`)?.textContent,
    tags: () => page.all(".nb-tag").map((tag) => tag.textContent),
    isOpen: () => field.getAttribute("aria-expanded") === "true",
  };
}
const of = (fired: [string, unknown][], event: string) => fired.filter(([name]) => name === event);

describe("Dropdown", () => {
  it("shows the name of its value, and is named by its label", async () => {
    const { field, find, isOpen } = await open();
    expect(field.value).toBe("Green");
    expect(find<HTMLLabelElement>("label").htmlFor).toBe(field.id);
    expect(isOpen()).toBe(false);
  });

  it("opens by a click at what is chosen, and takes what is clicked", async () => {
    const { field, settle, options, active, choose, block, fired, isOpen } = await open();
    await settle(() => field.click());
    expect(options()).toEqual(["Red", "Green", "Blue"]);
    expect(active()).toBe("Green");
    await choose("Blue");
    expect(block(2).value).toBe("b");
    expect(field.value).toBe("Blue");
    expect(isOpen()).toBe(false);
    expect(fired).toEqual([
      ["input", null],
      ["change", null],
      ["select", { index: 2, value: "b", selected: true }],
    ]);
  });

  it("is used by arrows and Enter", async () => {
    const { press: key, active, block } = await open();
    await key("ArrowDown");
    await key("ArrowDown");
    expect(active()).toBe("Blue");
    await key("ArrowDown");
    expect(active()).toBe("Red");
    await key("ArrowUp");
    expect(active()).toBe("Blue");
    await key("Enter");
    expect(block(2).value).toBe("b");
  });

  it("is narrowed by typing, and takes the first that fits", async () => {
    const { type: write, press: key, options, block } = await open();
    await write("RE");
    expect(options()).toEqual(["Red", "Green"]);
    await key("Enter");
    expect(block(2).value).toBe("r");
  });

  it("forgets what was typed at Escape, and when it is left", async () => {
    const { type: write, press: key, field, settle, isOpen, fired, block } = await open();
    await write("bl");
    await key("Escape");
    expect([field.value, isOpen()]).toEqual(["Green", false]);
    await write("xyz");
    await settle(() => field.blur());
    expect([field.value, isOpen(), block(2).value]).toEqual(["Green", false, "g"]);
    expect(of(fired, "blur")).toHaveLength(1);
    expect(of(fired, "change")).toEqual([]);
  });

  it("says so when nothing fits", async () => {
    const { type: write, find } = await open();
    await write("xyz");
    expect(find("[role=listbox]").textContent).toBe("No matches");
  });

  it("takes other text where that is allowed, by Enter and when it is left", async () => {
    const { type: write, press: key, field, settle, block } = await open({ allow_custom_value: true });
    await write("Gold");
    await key("Enter");
    expect(block(2).value).toBe("Gold");
    await write("Blue");
    await settle(() => field.blur());
    expect(block(2).value).toBe("b");
  });

  it("tells the keys that went up, with the text", async () => {
    const { field, type: write, fired } = await open();
    await write("x");
    field.dispatchEvent(new KeyboardEvent("keyup", { key: "x", bubbles: true }));
    expect(of(fired, "key_up")).toEqual([["key_up", { key: "x", input_value: "x" }]]);
  });

  it("jumps to a first letter where it is not filterable", async () => {
    const { field, press: key, active } = await open({ filterable: false });
    expect(field.readOnly).toBe(true);
    await key("b");
    expect(active()).toBe("Blue");
  });

  it("cannot be opened when it is not interactive", async () => {
    const { field, settle, press: key, isOpen } = await open({ interactive: false });
    await settle(() => field.click());
    await key("ArrowDown");
    expect(isOpen()).toBe(false);
    expect(field.readOnly).toBe(true);
  });

  it("makes only some of many options, and says how many there are", async () => {
    const choices = Array.from({ length: 5000 }, (_, index) => [`Choice ${index}`, index]);
    const { field, settle, all, active } = await open({ choices, value: 3210 });
    await settle(() => field.click());
    expect(all("[role=option]")).toHaveLength(100);
    expect(all("[role=option]")[0]?.getAttribute("aria-setsize")).toBe("5000");
    expect(active()).toBe("Choice 3210");
  });

  describe("of several", () => {
    const several = (props = {}) => open({ multiselect: true, value: ["r"], ...props });

    it("shows tags, adds to them, and stays open", async () => {
      const { field, settle, choose, tags, block, isOpen } = await several();
      expect(tags()).toEqual(["Red"]);
      await settle(() => field.click());
      await choose("Blue");
      expect(block(2).value).toEqual(["r", "b"]);
      expect(tags()).toEqual(["Red", "Blue"]);
      expect(isOpen()).toBe(true);
    });

    it("takes one back by its option, its button, and Backspace", async () => {
      const {
        field,
        settle,
        choose,
        find,
        press: key,
        block,
        fired,
      } = await several({
        value: ["r", "g", "b"],
      });
      await settle(() => field.click());
      await choose("Green");
      expect(block(2).value).toEqual(["r", "b"]);
      await settle(() => find("[aria-label='Remove Red']").click());
      expect(block(2).value).toEqual(["b"]);
      await key("Backspace");
      expect(block(2).value).toEqual([]);
      expect(of(fired, "select").at(-1)).toEqual(["select", { index: 2, value: "b", selected: false }]);
    });

    it("leaves the tags to Backspace only when there is no text", async () => {
      const { type: write, press: key, block } = await several();
      await write("bl");
      await key("Backspace");
      expect(block(2).value).toEqual(["r"]);
    });

    it("takes no more than it may", async () => {
      const { field, settle, choose, all, block } = await several({ value: ["r", "g"], max_choices: 2 });
      await settle(() => field.click());
      expect(all("[role=option]")[2]?.getAttribute("aria-disabled")).toBe("true");
      await choose("Blue");
      expect(block(2).value).toEqual(["r", "g"]);
    });

    it("is emptied at once", async () => {
      const { find, settle, block } = await several({ value: ["r", "g"] });
      await settle(() => find("[aria-label=Clear]").click());
      expect(block(2).value).toEqual([]);
    });

    it("cannot lose tags when it is not interactive", async () => {
      const { page, tags } = await several({ interactive: false });
      expect(tags()).toEqual(["Red"]);
      expect(page.querySelector("button")).toBeNull();
    });
  });
});
