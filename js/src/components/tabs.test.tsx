import { afterEach, describe, expect, it, vi } from "vitest";
import { press, show } from "../testing";
import { fitting } from "./tabmenu";

const leaf = (id: number) => ({ id, children: [] });

/** Three tabs, the second of which cannot be opened; a text in each. */
const shown = () =>
  show(
    {
      2: ["tabs", { selected: null }],
      3: ["tab", { label: "One", id: "one" }],
      4: ["tab", { label: "Two", id: null, interactive: false }],
      5: ["tab", { label: "Three", id: "three" }],
      6: ["textbox", { value: "1", type: "text", lines: 1, html_attributes: {} }],
      7: ["textbox", { value: "3", type: "text", lines: 1, html_attributes: {} }],
    },
    {
      id: 1,
      children: [
        {
          id: 2,
          children: [{ id: 3, children: [leaf(6)] }, leaf(4), { id: 5, children: [leaf(7)] }],
        },
      ],
    },
  );

const open = (page: HTMLElement) => page.querySelector("[role=tab][aria-selected=true]")?.textContent;

describe("Tabs", () => {
  it("show the first, and make a page only when it is first shown", async () => {
    const { page, all, settle } = await shown();
    expect(open(page)).toBe("One");
    expect(all("textarea")).toHaveLength(1);
    await settle(() => all("[role=tab]")[2]?.click());
    expect(open(page)).toBe("Three");
    expect(all("textarea")).toHaveLength(2);
    expect(all("[role=tabpanel]").map((panel) => panel.hidden)).toEqual([true, true, false]);
  });

  it("say which was chosen", async () => {
    const { all, block, fired, settle } = await shown();
    await settle(() => all("[role=tab]")[2]?.click());
    const payload = { index: 2, value: "Three", selected: true };
    expect(block(2).props.value.selected).toBe("three");
    expect(fired).toEqual([
      ["select", { index: 0, value: "One", selected: true }],
      ["select", payload],
      ["change", null],
      ["select", payload],
    ]);
  });

  it.each([
    ["ArrowRight", "Three"],
    ["ArrowLeft", "Three"],
    ["End", "Three"],
    ["Home", "One"],
  ])("%s goes from the first to %s, past what cannot be opened", async (key, to) => {
    const { page, all, settle } = await shown();
    all("[role=tab]")[0]?.focus();
    await settle(() => void press(all("[role=tab]")[0] as HTMLElement, key));
    expect(open(page)).toBe(to);
    expect(document.activeElement?.textContent).toBe(to);
  });

  it("take one stop of the Tab key", async () => {
    const { all } = await shown();
    expect(all("[role=tab]").map((tab) => tab.tabIndex)).toEqual([0, -1, -1]);
  });
});

describe("a row of tabs", () => {
  const row = { widths: [100, 100, 100, 100], gap: 4 };
  it.each([
    ["all, to the last pixel", 412, 0, "1111"],
    ["the first, once the menu's button has its place", 411, 0, "1110"],
    ["the open one for the last of the first", 411, 3, "1101"],
    ["the open one, however little room there is", 50, 2, "0010"],
  ])("has %s", (_, room, open, shown) => {
    expect(fitting({ ...row, room }, open)).toEqual([...shown].map((one) => one === "1"));
  });

  it("gives no room to a tab that is hidden", () => {
    const widths = [100, 0, 100];
    expect(fitting({ widths, room: 204, gap: 4 }, 0)).toEqual([true, true, true]);
  });
});

describe("the menu of the tabs that find no room", () => {
  afterEach(() => vi.restoreAllMocks());

  /** Six tabs of 100 px in 300 px: two and the menu's button; the last but one cannot be opened. */
  const narrow = () => {
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(300);
    vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 100, 28));
    const labels = ["One", "Two", "Three", "Four", "Five", "Six"];
    const tabs = labels.map((label, index) => [
      index + 3,
      ["tab", { label, id: label, interactive: label !== "Five" }] as [string, object],
    ]);
    return show(
      { 2: ["tabs", { selected: null, overflow_behavior: "menu" }], ...Object.fromEntries(tabs) },
      { id: 1, children: [{ id: 2, children: labels.map((_, index) => leaf(index + 3)) }] },
    );
  };
  const inRow = (page: HTMLElement) =>
    [...page.querySelectorAll("[role=tab]:not(.nb-tab-away)")].map((tab) => tab.textContent);
  const inMenu = (page: HTMLElement) =>
    [...page.querySelectorAll("[role=menuitem]")].map((item) => item.textContent);
  const focused = () => document.activeElement as HTMLElement;

  it("has what does not fit, and brings what is chosen into the row", async () => {
    const { page, all, find, settle } = await narrow();
    expect(inRow(page)).toEqual(["One", "Two"]);
    const more = find(".nb-tab-more > button");
    expect([more.ariaLabel ?? more.getAttribute("aria-label"), more.getAttribute("aria-expanded")]).toEqual([
      "More tabs",
      "false",
    ]);
    await settle(() => more.click());
    expect(inMenu(page)).toEqual(["Three", "Four", "Five", "Six"]);
    await settle(() => all("[role=menuitem]")[1]?.click());
    expect([open(page), inRow(page), inMenu(page)]).toEqual(["Four", ["One", "Four"], []]);
    expect(focused().textContent).toBe("Four");
  });

  it("is used by keys alone", async () => {
    const { page, find, settle } = await narrow();
    const more = find(".nb-tab-more > button");
    more.focus();
    const keys: [key: string, at: string][] = [
      ["ArrowUp", "Six"],
      ["ArrowDown", "Three"],
      ["End", "Six"],
      ["ArrowUp", "Four"],
      ["Home", "Three"],
      ["f", "Four"],
    ];
    for (const [key, at] of keys) {
      await settle(() => void press(focused(), key));
      expect([key, focused().textContent]).toEqual([key, at]);
    }
    await settle(() => void press(focused(), "Escape"));
    expect([inMenu(page), focused()]).toEqual([[], more]);
  });

  it("leaves the arrows of the row to go through all tabs", async () => {
    const { page, settle, find } = await narrow();
    find("[role=tab]").focus();
    await settle(() => void press(focused(), "End"));
    expect([open(page), focused().textContent, inRow(page)]).toEqual(["Six", "Six", ["One", "Six"]]);
  });
});
