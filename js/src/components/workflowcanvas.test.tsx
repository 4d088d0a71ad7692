import { beforeEach, describe, expect, it } from "vitest";
import { press, type Shown, show, type } from "../testing";
import { install } from "../view";
import * as family from "../views/workflow";
import type { NodeJSON } from "./workflow/graph";

install("workflow", { views: family.views });
globalThis.ResizeObserver ??= class {
  observe() {}
  disconnect() {}
  unobserve() {}
} as never;

const text = { type: "text" };
const clean = {
  id: "fn_clean",
  label: "clean",
  role: "operator",
  kind: "fn",
  fn: "clean",
  inputs: [{ id: "x", label: "text", ...text }],
  outputs: [{ id: "y", label: "output", ...text }],
};
const value = (id: string) => ({
  id,
  label: id,
  inputs: [{ id: "in", label: "Text", ...text }],
  outputs: [{ id: "out", label: "Text", ...text }],
});
const GRAPH = {
  schema_version: "2",
  name: "Flow",
  references: [{ ...value("Raw"), data: { out: " A " } }],
  operators: [clean],
  subjects: [value("Tidy")],
  edges: [{ id: "e", from_node_id: "Raw", from_port_id: "out", to_node_id: "fn_clean", to_port_id: "x" }],
};
const ALL = ["get_write_access", "list_bound_fns", "run_node", "save_workflow"];

let page: Shown;
const graph = () => JSON.parse(String(page.block(2).value)) as typeof GRAPH & { operators: NodeJSON[] };
const node = (id: string) => page.find(`[data-node="${id}"]`);
const port = (id: string, side: string) => page.find(`[data-node="${id}"] [data-port^="${side}"]`);
const button = (name: string) => page.find<HTMLButtonElement>(`button[aria-label="${name}"]`);

/** Answers what the page asked for by the names of functions. */
async function answer(answers: Record<string, unknown>) {
  for (const { call, function: name } of page.channel.of("call")) {
    if (name in answers)
      await page.settle(() =>
        page.channel.say({ kind: "result", call, value: answers[name] } as Parameters<
          typeof page.channel.say
        >[0]),
      );
  }
}

async function open(props = {}, access = true) {
  page = await show({
    2: [
      "workflowcanvas",
      { value: JSON.stringify(GRAPH), label: "Flow", server_functions: ALL, app_view: null, ...props },
    ],
  });
  await answer({ get_write_access: access, list_bound_fns: JSON.stringify([clean]) });
}

describe("a canvas", () => {
  beforeEach(() => open());

  it("shows nodes, their ports and the edges between them", () => {
    expect(page.all("[data-node]").map((e) => e.getAttribute("aria-label"))).toEqual([
      "Raw, input",
      "clean, function",
      "Tidy, result",
    ]);
    expect(page.all(".nb-flow-edge")).toHaveLength(1);
    expect(port("fn_clean", "inputs").getAttribute("aria-label")).toBe(
      "Input text of clean, text, connected to Raw",
    );
  });

  it("moves, copies and deletes a node by keys, and takes it back", async () => {
    await page.settle(() => press(node("Tidy"), "ArrowLeft"));
    const [before] = graph().subjects as unknown as NodeJSON[];
    await page.settle(() => press(node("Tidy"), "ArrowLeft", { shiftKey: true }));
    expect((graph().subjects as unknown as NodeJSON[])[0]?.x).toBe((before?.x ?? 0) - 100);
    await page.settle(() => press(node("Tidy"), "ArrowRight", { altKey: true }));
    expect((graph().subjects as unknown as NodeJSON[])[0]?.width).toBe(240);
    await page.settle(() => press(node("fn_clean"), "d", { ctrlKey: true }));
    expect(graph().operators.map(({ id, fn }) => [id, fn])).toEqual([
      ["fn_clean", "clean"],
      ["fn_clean_2", "clean"],
    ]);
    await page.settle(() => press(node("Raw"), "Delete"));
    expect([graph().references, graph().edges]).toEqual([[], []]);
    await page.settle(() => press(page.find(".nb-flow-stage"), "z", { ctrlKey: true }));
    expect(graph().edges).toHaveLength(1);
    await page.settle(() => press(page.find(".nb-flow-stage"), "y", { ctrlKey: true }));
    expect(graph().edges).toEqual([]);
  });

  it("connects two ports that are pressed one after the other, and cuts at a port", async () => {
    await page.settle(() => port("fn_clean", "outputs").click());
    expect(page.find('[aria-pressed="true"]')).toBe(port("fn_clean", "outputs"));
    expect(port("Raw", "inputs").getAttribute("aria-disabled")).toBe("true");
    await page.settle(() => port("Tidy", "inputs").click());
    expect(graph().edges).toHaveLength(2);
    expect(page.find('[role="status"]').textContent).toBe("Connected");
    await page.settle(() => press(port("Tidy", "inputs"), "Delete"));
    expect(graph().edges).toHaveLength(1);
    await page.settle(() => port("fn_clean", "outputs").click());
    await page.settle(() => press(port("fn_clean", "outputs"), "Escape"));
    expect(page.all('[aria-pressed="true"]')).toEqual([]);
  });

  it("adds a function, an input or a result", async () => {
    const menu = page.find<HTMLSelectElement>('select[aria-label="What to add"]');
    const add = [...page.all("button")].find((b) => b.textContent?.trim() === "Add") as HTMLElement;
    for (const wanted of ["operator clean", "subject number"]) {
      await page.settle(() => {
        menu.value = wanted;
        menu.dispatchEvent(new Event("change", { bubbles: true }));
      });
      await page.settle(() => add.click());
    }
    expect(graph().operators.map(({ label }) => label)).toEqual(["clean", "clean 2"]);
    expect(graph().subjects.map(({ label }) => label)).toEqual(["Tidy", "Number result"]);
  });

  it("runs a node with what its inputs hold, and shows what came", async () => {
    await page.settle(() => type(page.find<HTMLTextAreaElement>("textarea"), " B "));
    await page.settle(() => button("Run clean").click());
    for (let turn = 0; turn < 5; turn += 1) await page.settle();
    const asked = page.channel.of("call").filter((call) => call.function === "run_node");
    expect(asked.map(({ data }) => (data as unknown[])[1])).toEqual([{ x: " B " }]);
    expect(node("fn_clean").getAttribute("aria-busy")).toBe("true");
    await answer({ run_node: { y: "b" } });
    for (let turn = 0; turn < 5; turn += 1) await page.settle();
    expect(page.find('[data-node="fn_clean"] .nb-flow-value').textContent).toBe("b");
    expect(node("fn_clean").getAttribute("aria-label")).toBe("clean, function, done");
  });

  it("runs only what was not run so, and all of it when that is nothing", async () => {
    const asked = () => page.channel.of("call").filter((call) => call.function === "run_node").length;
    const run = [...page.all<HTMLButtonElement>("button")].find((b) => b.textContent?.trim() === "Run");
    const turn = async () => {
      await page.settle(() => run?.click());
      for (let times = 0; times < 8; times += 1) await page.settle();
      await answer({ run_node: { y: "b" } });
      for (let times = 0; times < 8; times += 1) await page.settle();
    };
    await page.settle(() => port("fn_clean", "outputs").click());
    await page.settle(() => port("Tidy", "inputs").click());
    await turn();
    expect([asked(), page.find('[data-node="Tidy"] .nb-flow-value').textContent]).toEqual([1, "b"]);
    await turn();
    expect(asked()).toBe(2);
  });

  it("renames a node and the graph", async () => {
    await page.settle(() => press(node("Tidy"), "F2"));
    const field = page.find<HTMLInputElement>('[data-node="Tidy"] input[aria-label="Name"]');
    field.value = "Clean";
    await page.settle(() => press(field, "Enter"));
    expect(graph().subjects[0]?.label).toBe("Clean");
    await page.settle(() => button("Rename the graph").click());
    const name = page.find<HTMLInputElement>('input[aria-label="Name of the graph"]');
    name.value = "Mine";
    await page.settle(() => press(name, "Enter"));
    expect(graph().name).toBe("Mine");
  });
});

it("lets a visitor run and enter, but not change the graph", async () => {
  await open({}, false);
  expect(page.all('button[aria-label^="Delete"], select')).toEqual([]);
  await page.settle(() => press(node("Tidy"), "Delete"));
  await page.settle(() => port("fn_clean", "outputs").click());
  expect([page.all("[data-node]").length, page.all('[aria-pressed="true"]').length]).toEqual([3, 0]);
  expect(button("Run clean")).toBeTruthy();
});

it("has nothing to run or to save where its page may call nothing", async () => {
  await open({ server_functions: [] });
  expect(page.all('button[aria-label^="Run"]')).toEqual([]);
  await page.settle(() => press(node("Tidy"), "Delete"));
  expect(graph().subjects).toEqual([]);
  expect(page.channel.of("call")).toEqual([]);
});

it("says what is wrong with a value that is no graph", async () => {
  await open({ value: "[1]" });
  expect(page.find(".nb-flow-empty").textContent).toBe("This is no graph: a graph is an object");
});
