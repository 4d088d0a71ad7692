import { describe, expect, it } from "vitest";
import { press, show } from "../testing";

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
