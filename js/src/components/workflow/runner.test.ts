import { describe, expect, it } from "vitest";
import { type Flow, type NodeJSON, nodeAt, parse } from "./graph";
import { type Outcomes, type Runs, run, unable } from "./runner";

const edge = (from: string, to: string) => {
  const [from_node_id, from_port_id] = from.split(".");
  const [to_node_id, to_port_id] = to.split(".");
  return { id: `${from}-${to}`, from_node_id, from_port_id, to_node_id, to_port_id };
};
const operator = (id: string, more = {}) => ({
  id,
  label: id,
  kind: "fn",
  fn: id,
  inputs: [{ id: "x", type: "text", required: true }],
  outputs: [{ id: "y", type: "text" }],
  ...more,
});
const value = (id: string, data = {}) => ({
  id,
  label: id,
  inputs: [{ id: "in", type: "text" }],
  outputs: [{ id: "out", type: "text" }],
  data,
});

/** Text "a" goes to f and g, both go on: f to c, g over h to d. */
const TOLD = {
  references: [value("a", { out: "A" })],
  operators: [operator("f"), operator("g"), operator("h")],
  subjects: [value("c"), value("d")],
  edges: [
    edge("a.out", "f.x"),
    edge("a.out", "g.x"),
    edge("f.y", "c.in"),
    edge("g.y", "h.x"),
    edge("h.y", "d.in"),
  ],
};
const flow: Flow = parse(JSON.stringify(TOLD));
const ends = ["c", "d"].map((id) => nodeAt(flow, id) as NodeJSON);
const all = new Set(["f", "g", "h"]);

async function ran(more: Partial<Runs> = {}, known: Outcomes = {}, of = flow, wanted = ends) {
  const outcomes: Outcomes = {};
  const called: string[] = [];
  const isGood = await run(
    of,
    wanted,
    {
      call: async (node, values) => {
        called.push(node.id);
        return { y: `${node.id}(${values.x})` };
      },
      report: (id, outcome) => {
        outcomes[id] = outcome;
      },
      isStopped: () => false,
      ...more,
    },
    all,
    known,
  );
  return { isGood, outcomes, called };
}

describe("a run", () => {
  it("takes values along the edges, each node once and after those that it needs", async () => {
    const { isGood, outcomes, called } = await ran();
    expect(isGood).toBe(true);
    expect(called).toEqual(["f", "g", "h"]);
    expect([outcomes.c?.values?.out, outcomes.d?.values?.out]).toEqual(["f(A)", "h(g(A))"]);
  });

  it("goes on beside a node that fails, and says at the next ones why they did not run", async () => {
    const { isGood, outcomes } = await ran({
      call: async (node) => {
        if (node.id === "g") throw new Error("it broke");
        return { y: node.id };
      },
    });
    expect(isGood).toBe(false);
    expect(outcomes.g).toMatchObject({ state: "failed", message: "it broke" });
    expect(outcomes.h?.message).toMatch("a node before this one failed");
    expect([outcomes.c?.state, outcomes.d?.state]).toEqual(["done", "missed"]);
  });

  it("runs branches at the same time", async () => {
    let inside = 0;
    let most = 0;
    await ran({
      call: async () => {
        inside += 1;
        most = Math.max(most, inside);
        await Promise.resolve();
        inside -= 1;
        return { y: "" };
      },
    });
    expect(most).toBe(2);
  });

  it("keeps what would be the same again, and makes anew what is not", async () => {
    const { outcomes } = await ran();
    expect((await ran({}, outcomes)).called).toEqual([]);
    const { g: _gone, ...rest } = outcomes;
    expect((await ran({}, rest)).called).toEqual(["g"]);
    const other = parse(
      JSON.stringify({ ...TOLD, references: [value("a", { out: "B" })], operators: TOLD.operators }),
    );
    const again = await ran({}, outcomes, other);
    expect([again.called.sort(), again.outcomes.d?.values?.in]).toEqual([["f", "g", "h"], "h(g(B))"]);
  });

  it("starts nothing once it is stopped", async () => {
    const stopped = await ran({ isStopped: () => true });
    expect(stopped.called).toEqual([]);
    expect(stopped.outcomes.f?.message).toBe("Stopped.");
  });

  it("asks for what is required, but takes an empty text for one", async () => {
    const one = (type: string, data = {}) =>
      parse(
        JSON.stringify({
          operators: [operator("f", { inputs: [{ id: "x", label: "Size", type, required: true }], data })],
        }),
      );
    const state = async (of: Flow) => (await ran({}, {}, of, of.nodes)).outcomes.f;
    expect((await state(one("number")))?.message).toBe("“Size” needs a value.");
    expect((await state(one("text")))?.values).toEqual({ y: "f()" });
    expect((await state(one("number", { x: 0 })))?.values).toEqual({ y: "f(0)" });
  });

  it("knows what can never run", () => {
    expect(unable(operator("f") as unknown as NodeJSON, all)).toBeNull();
    expect(unable(value("a") as unknown as NodeJSON, all)).not.toBe("");
    expect(unable({ ...operator("z"), role: "operator" } as NodeJSON, all)).toBe(
      "There is no function z in bind.",
    );
    const remote = { ...operator("m"), role: "operator", kind: "model", model_id: "o/m" } as NodeJSON;
    expect(unable(remote, all)).toBe("Calls the model o/m of a model hub, and nbblocks calls none.");
  });
});
