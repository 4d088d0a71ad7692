import { describe, expect, it } from "vitest";
import { show, showAlone, type } from "../testing";
import { install } from "../view";
import * as parts from "../views/parts";

install("parts", { views: parts.views });
globalThis.ResizeObserver ??= class {
  observe() {}
  disconnect() {}
  unobserve() {}
} as never;

const LINES = [
  { speaker: "Ann", text: "Hi" },
  { speaker: "Bob", text: "Yes" },
];
const DIALOGUE = {
  value: LINES,
  speakers: ["Ann", "Bob"],
  tags: ["(laughs)", "(sighs)"],
  separator: "\n",
  ui_mode: "both",
  interactive: true,
  max_lines: 3,
};

describe("Dialogue", () => {
  it("edits a line, and adds one of the next speaker until there are as many as may be", async () => {
    const { block, find, all, click, press } = await showAlone("dialogue", DIALOGUE);
    await click('[aria-label="Add a line after line 2"]');
    expect(block.value).toEqual([...LINES, { speaker: "Ann", text: "" }]);
    expect(find<HTMLButtonElement>('[aria-label="Add a line after line 1"]').disabled).toBe(true);
    await press('[aria-label="Line 1"]', "Enter");
    expect(all(".nb-line")).toHaveLength(3);
    await click('[aria-label="Remove line 1"]');
    expect(block.value).toEqual([LINES[1], { speaker: "Ann", text: "" }]);
  });

  it("completes a tag after a colon", async () => {
    const { block, find, press } = await showAlone("dialogue", DIALOGUE);
    const line = find<HTMLInputElement>('[aria-label="Line 2"]');
    type(line, "well :la");
    await press('[aria-label="Line 2"]', "x");
    expect(line.getAttribute("aria-expanded")).toBe("true");
    await press('[aria-label="Line 2"]', "Enter");
    expect(block.value).toEqual([LINES[0], { speaker: "Bob", text: "well (laughs) " }]);
  });

  it("submits with Shift and Enter", async () => {
    const { seen, press } = await showAlone("dialogue", DIALOGUE);
    await press('[aria-label="Line 1"]', "Enter", { shiftKey: true });
    expect(seen).toEqual([["submit", null]]);
  });

  it("only shows what a person cannot edit", async () => {
    const { all, texts } = await showAlone("dialogue", { ...DIALOGUE, interactive: false });
    expect(all("input, select, textarea")).toEqual([]);
    expect(texts(".nb-line-said")).toEqual(["Hi", "Yes"]);
  });

  it("is a text field without speakers", async () => {
    const { block, find } = await showAlone("dialogue", { ...DIALOGUE, speakers: null, value: "text" });
    type(find("textarea"), "other");
    expect(block.value).toBe("other");
  });
});

describe("ParamViewer", () => {
  const value = { size: { type: "int", default: "3" }, kind: { type: "str" } };

  it("unfolds all, and folds all again", async () => {
    const { all, click } = await showAlone("paramviewer", { value, header: "Parameters", linkify: null });
    await click(".toggle-all");
    expect(all("details").map((one) => (one as HTMLDetailsElement).open)).toEqual([true, true]);
    await click(".toggle-all");
    expect(all("details").map((one) => (one as HTMLDetailsElement).open)).toEqual([false, false]);
  });

  it("gives each parameter an address that is asked for", async () => {
    const { all } = await showAlone("paramviewer", { value, header: null, anchor_links: "My class" });
    expect(all("details").map(({ id }) => id)).toEqual(["param-my-class-size", "param-my-class-kind"]);
  });
});

describe("Walkthrough", () => {
  const steps = (selected: number | null) =>
    show(
      {
        2: ["walkthrough", { selected }],
        3: ["step", { label: "One", id: 1 }],
        4: ["step", { label: "Two", id: 2 }],
        5: ["step", { label: "Three", id: 3 }],
      },
      { id: 1, children: [{ id: 2, children: [3, 4, 5].map((id) => ({ id, children: [] })) }] },
    );

  it("lets its user go back, not ahead", async () => {
    const { all, block, fired, settle } = await steps(2);
    expect(all<HTMLButtonElement>("button").map(({ disabled }) => disabled)).toEqual([false, false, true]);
    fired.length = 0;
    await settle(() => all("button")[0]?.click());
    const payload = { index: 0, value: "One", selected: true };
    expect(block(2).props.value.selected).toBe(1);
    expect(fired).toEqual([
      ["select", payload],
      ["change", null],
      ["select", payload],
    ]);
  });

  it("tells of a step that an update shows", async () => {
    const { block, fired, settle } = await steps(null);
    fired.length = 0;
    await settle(() => block(2).apply({ selected: 3 }));
    expect(fired).toEqual([
      ["change", null],
      ["select", { index: 2, value: "Three", selected: true }],
    ]);
  });
});

describe("Sidebar", () => {
  it("says when it is folded, by whomever", async () => {
    const { block, seen, click, update } = await showAlone("sidebar", {
      open: true,
      width: 200,
      position: "left",
    });
    await click("button");
    await update({ open: true });
    expect(seen).toEqual([
      ["edit", false],
      ["collapse", null],
      ["expand", null],
    ]);
    expect(block.props.value.open).toBe(true);
  });

  it.each([
    [1000, true],
    [400, false],
  ])("in an app %i pixels wide, Escape leaves it open: %s", async (width, isOpen) => {
    const { block, find, update } = await showAlone("sidebar", { open: true, width: 200, position: "left" });
    const app = document.createElement("div");
    app.className = "nb-app";
    Object.defineProperty(app, "clientWidth", { value: width });
    const side = find("aside");
    side.replaceWith(app);
    app.append(side);
    side.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await update({});
    expect(block.props.value.open).toBe(isOpen);
  });
});

describe("HTML", () => {
  it("shows nothing where its template has a place for blocks, and there are none", async () => {
    const { find } = await showAlone("html", { value: "v", html_template: "<p>{{value}} @children</p>" });
    expect(find("p").textContent?.trim()).toBe("v");
  });
});

describe("HTML that changes", () => {
  const open = (html_template: string, value: unknown, js_on_load = "") =>
    showAlone("html", { value, html_template, js_on_load });

  it("keeps its elements, and with them what its script listens to", async () => {
    const { block, all, click } = await open(
      "{{#each value}}<button class='{{this}}'>star</button>{{/each}}",
      ["on", "off", "off"],
      `[...element.querySelectorAll("button")].forEach((b, at) => b.addEventListener("click", () => {
        props.value = [0, 1, 2].map((i) => (i <= at ? "on" : "off"));
      }))`,
    );
    for (const [at, classes] of [
      [2, "on on on"],
      [1, "on on off"],
      [0, "on off off"],
    ] as const) {
      await click(`button:nth-of-type(${at + 1})`);
      expect(all("button").map((button) => button.className)).toEqual(classes.split(" "));
    }
    expect(block.props.value.value).toEqual(["on", "off", "off"]);
  });

  it("has what it says now, and what its script set besides", async () => {
    const { find, all, update } = await open(
      "<input value='{{value.a}}'><p title='{{value.a}}'>{{value.a}}</p><ul>{{#each value.b}}<li>{{this}}</li>{{/each}}</ul><i></i>",
      { a: "1", b: ["x", "y"] },
      `element.querySelector("p").dataset.mine = "m"; element.querySelector("i").textContent = "made";
       element.querySelector("input").value = "typed"`,
    );
    await update({ value: { a: "1", b: ["x"] } });
    expect((find("input") as HTMLInputElement).value).toBe("typed");
    await update({ value: { a: "2", b: ["z", "y", "w"] } });
    expect([find("p").title, find("p").dataset.mine, find("p").textContent]).toEqual(["2", "m", "2"]);
    expect(all("li").map((item) => item.textContent)).toEqual(["z", "y", "w"]);
    expect([(find("input") as HTMLInputElement).value, find("i").textContent]).toEqual(["2", "made"]);
  });
});

describe("Draggable", () => {
  it("moves a child with the arrow keys", async () => {
    const { all, find, settle } = await show(
      {
        2: ["draggable", { orientation: "row" }],
        3: ["textbox", { label: "A", lines: 1, type: "text" }],
        4: ["textbox", { label: "B", lines: 1, type: "text" }],
      },
      { id: 1, children: [{ id: 2, children: [3, 4].map((id) => ({ id, children: [] })) }] },
    );
    const grip = find('[aria-label="Move A"]');
    await settle(
      () => void grip.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true })),
    );
    expect(all(".nb-label").map(({ textContent }) => textContent)).toEqual(["B", "A"]);
    expect(find("[role=status]").textContent).toBe("A: 2 of 2");
  });
});
