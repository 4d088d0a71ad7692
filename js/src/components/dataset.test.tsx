import { describe, expect, it } from "vitest";
import { press, show } from "../testing";
import { install } from "../view";
import * as dataset from "../views/dataset";
import { textOf } from "./cells";
import { pagesShown } from "./dataset";

install("dataset", dataset);

const DATASET = {
  label: null,
  show_label: true,
  container: true,
  components: ["textbox", "number"],
  component_props: [{}, {}],
  samples: [
    ["a", 1],
    ["b", 2],
    ["c", null],
  ],
  headers: ["Name", "Age"],
  layout: null,
  samples_per_page: 10,
  sample_labels: null,
  value: null,
};

const open = (props = {}) => show({ 2: ["dataset", { ...DATASET, ...props }] });
const one = (type: string, value: unknown, props = {}) =>
  open({ components: [type], component_props: [props], samples: [[value]], headers: [] });
const texts = (elements: HTMLElement[]) => elements.map((element) => element.textContent);

describe("Dataset", () => {
  it("is a table under its headers, called Examples unless it has a label", async () => {
    const { find, all } = await open();
    expect(find("label").textContent).toBe("Examples");
    expect(texts(all("th"))).toEqual(["Name", "Age"]);
    expect(texts(all("td"))).toEqual(["a", "1", "b", "2", "c", ""]);
    expect(find("[role=grid]").getAttribute("aria-labelledby")).toBe(find("label").id);
  });

  it("tells which sample was clicked, by its index among all", async () => {
    const { settle, all, fired, block } = await open({ samples_per_page: 2 });
    await settle(() => all("[aria-label='Page 2']")[0]?.click());
    expect(texts(all("td"))).toEqual(["c", ""]);
    await settle(() => all("tbody td")[1]?.click());
    expect(block(2).value).toBe(2);
    expect(fired.filter(([event]) => event !== "input" && event !== "change")).toEqual([
      ["click", null],
      ["select", { index: 2, value: ["c", null], selected: true }],
    ]);
  });

  it("is used by keyboard: one stop, arrows between rows, Enter or Space to choose", async () => {
    const { settle, all, fired, block } = await open();
    const rows = all("tbody tr");
    const focused = () => rows.indexOf(document.activeElement as HTMLElement);
    expect(rows.map((row) => row.tabIndex)).toEqual([0, -1, -1]);
    rows[0]?.focus();
    for (const [key, at] of [
      ["ArrowDown", 1],
      ["End", 2],
      ["ArrowDown", 2],
      ["ArrowUp", 1],
      ["Home", 0],
      ["ArrowUp", 0],
      ["ArrowDown", 1],
    ] as const) {
      await settle(() => void press(document.activeElement as HTMLElement, key));
      expect([key, focused()]).toEqual([key, at]);
    }
    expect(rows.map((row) => row.tabIndex)).toEqual([-1, 0, -1]);
    await settle(() => void press(rows[1] as HTMLElement, "Enter"));
    expect([block(2).value, rows[1]?.getAttribute("aria-selected")]).toEqual([1, "true"]);
    await settle(() => void press(rows[1] as HTMLElement, " "));
    await settle(() => void press(rows[1] as HTMLElement, "x"));
    expect(fired.filter(([event]) => event === "click")).toHaveLength(2);
  });

  it("is a gallery of buttons for one component, or with labels, or when asked", async () => {
    for (const props of [
      { components: ["textbox"], samples: [["a"], ["b"]] },
      { sample_labels: ["a", "b"], samples: [[1, 2], [3]] },
    ]) {
      const { all } = await open(props);
      expect(texts(all(".gallery button"))).toEqual(["a", "b"]);
    }
    expect((await open({ layout: "gallery" })).all(".gallery-item")).toHaveLength(3);
    expect((await open({ layout: "table", components: ["textbox"] })).all("tr.tr-body")).toHaveLength(3);
  });

  it("says that there is nothing", async () => {
    expect((await open({ samples: [] })).find(".nb-empty").textContent).toBe("No samples");
    expect((await open({ samples: [], show_label: false })).all(".nb-empty")).toHaveLength(0);
  });

  it("stays on a page that there is when samples become fewer", async () => {
    const { settle, all, block } = await open({ samples_per_page: 1 });
    await settle(() => all("[aria-label='Page 3']")[0]?.click());
    await settle(() => block(2).apply({ samples: [["x", 1]] }));
    expect(texts(all("td"))).toEqual(["x", "1"]);
  });

  it("shows the numbers of pages near the open one", () => {
    expect(pagesShown(0, 1)).toEqual([0]);
    expect(pagesShown(5, 10)).toEqual([0, null, 4, 5, 6, null, 9]);
    expect(pagesShown(2, 5)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("A cell", () => {
  it.each([
    ["textbox", "x".repeat(80), `${"x".repeat(60)}…`],
    ["number", 3.5, "3.5"],
    ["checkbox", true, "true"],
    ["audio", "folder/sound.wav", "sound.wav"],
    ["file", [{ path: "t1", orig_name: "a.txt" }, "b.txt"], "a.txt, b.txt"],
    ["colorpicker", "#ff0000", "#ff0000"],
    ["json", { a: 1 }, '{"a":1}'],
    ["code", "x = 1", "x = 1"],
    ["label", { label: "cat", confidences: null }, "cat"],
    ["highlightedtext", [{ token: "a" }, { token: "b" }], "ab"],
    ["chatbot", [{ role: "user", content: [{ type: "text", text: "hi" }] }], "hi"],
    ["dataframe", { headers: ["a"], data: [[1, 2], [3]] }, "123"],
    ["multimodaltextbox", { text: "see", files: [] }, "see"],
    ["multimodaltextbox", { text: "", files: [{ path: "x", orig_name: "a.pdf" }] }, "a.pdf"],
    ["unheard-of", { a: 1 }, '{"a":1}'],
    ["textbox", null, ""],
  ])("of a %s", async (type, value, text) => {
    expect((await one(type, value)).find(".gallery button").textContent).toBe(text);
  });

  it("shows the names of choices", async () => {
    const choices = [
      ["Red", "r"],
      ["Blue", "b"],
    ];
    expect((await one("radio", "r", { choices })).find(".gallery button").textContent).toBe("Red");
    expect((await one("checkboxgroup", ["r", "b"], { choices })).find(".gallery button").textContent).toBe(
      "Red, Blue",
    );
  });

  it("shows a picture by its address, and is named after it", async () => {
    for (const [type, value] of [
      ["image", { path: "t", url: "/file/t", orig_name: "cat.png" }],
      ["imageeditor", { composite: { path: "t", url: "/file/t", orig_name: "cat.png" } }],
      ["gallery", [{ image: { path: "t", url: "/file/t", orig_name: "cat.png" } }]],
    ] as const) {
      const image = (await one(type, value)).find<HTMLImageElement>("img");
      expect([image.getAttribute("src"), image.alt]).toEqual(["/file/t", "cat.png"]);
    }
    expect((await one("video", { path: "t", url: "/v" })).find("video").getAttribute("src")).toBe("/v");
  });

  it("is text of anything", () => {
    expect(textOf([1, "a", null])).toBe("1, a, ");
    expect(textOf([{ a: 1 }])).toBe('[{"a":1}]');
  });
});
