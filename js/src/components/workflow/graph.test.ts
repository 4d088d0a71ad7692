import { describe, expect, it } from "vitest";
import {
  anchor,
  asset,
  connect,
  type End,
  edgeInto,
  entered,
  type Flow,
  HEAD,
  made,
  NODE_WIDTH,
  type NodeJSON,
  parse,
  placed,
  ROW,
  refusal,
  toJson,
  withNode,
  without,
} from "./graph";

const TEXT = { type: "text" };
const value = (id: string) => ({
  id,
  label: id,
  inputs: [{ id: "in", ...TEXT }],
  outputs: [{ id: "out", ...TEXT }],
});
const TOLD = {
  schema_version: "2",
  name: "Flow",
  view: { default: "canvas" },
  references: [value("a")],
  operators: [
    {
      id: "f",
      kind: "fn",
      fn: "f",
      inputs: [
        { id: "x", ...TEXT },
        { id: "n", type: "number" },
      ],
      outputs: [{ id: "y", ...TEXT }],
      spare: 1,
    },
  ],
  subjects: [value("c")],
  edges: [
    { id: "e", from_node_id: "a", from_port_id: "out", to_node_id: "f", to_port_id: "x" },
    { id: "lost", from_node_id: "a", from_port_id: "out", to_node_id: "gone", to_port_id: "x" },
    { id: "wrong", from_node_id: "a", from_port_id: "nothing", to_node_id: "f", to_port_id: "x" },
  ],
};
const flow: Flow = parse(JSON.stringify(TOLD));
const end = (node: string, side: End["side"], port: string): End => ({ node, side, port });

describe("a graph", () => {
  it("is read and written with what it does not know, and without edges that lead nowhere", () => {
    expect(flow.nodes.map(({ id, role }) => [id, role])).toEqual([
      ["a", "reference"],
      ["f", "operator"],
      ["c", "subject"],
    ]);
    expect(flow.edges.map(({ id }) => id)).toEqual(["e"]);
    const again = toJson(flow);
    expect(again).toMatchObject({ schema_version: "2", name: "Flow", view: { default: "canvas" } });
    expect((again.operators as NodeJSON[])[0]?.spare).toBe(1);
    expect(parse(JSON.stringify(again))).toEqual(flow);
  });

  it("is read in the first version of the format too", () => {
    const old = {
      version: "1",
      nodes: [
        { id: "a", kind: "input", outputs: [{ id: "out", type: "image" }] },
        { id: "b", kind: "transform", source: "space", space_id: "o/s" },
      ],
    };
    const { nodes } = parse(JSON.stringify(old));
    expect(nodes.map(({ role, kind }) => [role, kind])).toEqual([
      ["reference", undefined],
      ["operator", "space"],
    ]);
    expect(nodes[0]?.inputs).toEqual([{ id: "in", type: "image" }]);
    expect(toJson(parse(JSON.stringify(old)))).not.toHaveProperty("version");
  });

  it("is refused when it is none", () => {
    expect(() => parse("[1]")).toThrow("a graph is an object");
    expect(() => parse("{nope")).toThrow();
    expect(parse(null).nodes).toEqual([]);
  });

  it("connects what fits, once for each input, and makes no circle", () => {
    expect(refusal(flow, end("a", "outputs", "out"), end("f", "inputs", "n"))).toBe(
      "text does not fit number.",
    );
    expect(refusal(flow, end("a", "outputs", "out"), end("f", "outputs", "y"))).toMatch("from an output");
    expect(refusal(flow, end("f", "outputs", "y"), end("a", "inputs", "in"))).toBe(
      "This would make a circle.",
    );
    const other = connect(flow, end("c", "inputs", "in"), end("f", "outputs", "y"));
    expect(edgeInto(other, "c", "in")).toMatchObject({ from_node_id: "f", type: "text" });
    const again = connect(other, end("a", "outputs", "out"), end("c", "inputs", "in"));
    expect(again.edges.filter(({ to_node_id }) => to_node_id === "c")).toHaveLength(1);
    expect(new Set(again.edges.map(({ id }) => id)).size).toBe(2);
  });

  it("loses the edges of a node with it", () => {
    const rest = without(flow, new Set(["f"]));
    expect([rest.nodes.length, rest.edges.length]).toEqual([2, 0]);
    expect(without(flow, new Set(["e"])).edges).toEqual([]);
  });

  it("takes new nodes under names of their own", () => {
    const one = made(flow, asset("reference", "text"), { x: 1, y: 2 });
    const two = made(withNode(flow, one), asset("reference", "text"), { x: 3, y: 4 });
    expect([one.id, two.id, one.label, two.label]).toEqual(["in_text", "in_text_2", "Text", "Text 2"]);
    expect(two).toMatchObject({ x: 3, y: 4, role: "reference", asset_type: "text" });
  });

  it("stands in columns by what follows what, where nothing else is said", () => {
    const chain = connect(flow, end("f", "outputs", "y"), end("c", "inputs", "in"));
    const spots = placed(chain);
    const [a, f, c] = ["a", "f", "c"].map((id) => spots.get(id)?.x ?? 0) as [number, number, number];
    expect(f - a).toBe(c - f);
    expect(f - a).toBeGreaterThan(NODE_WIDTH);
    const told = placed(withNode(chain, { ...(chain.nodes[1] as NodeJSON), x: 7, y: 8 }));
    expect(told.get("f")).toEqual({ x: 7, y: 8 });
  });

  it("has its ports at the edges of nodes", () => {
    const f = flow.nodes[1] as NodeJSON;
    expect(anchor(f, { x: 10, y: 20 }, "inputs", "n")).toEqual({ x: 10, y: 20 + HEAD + 1.5 * ROW });
    expect(anchor(f, { x: 10, y: 20 }, "outputs", "y")).toEqual({
      x: 10 + NODE_WIDTH,
      y: 20 + HEAD + 2.5 * ROW,
    });
    expect(anchor(flow.nodes[0] as NodeJSON, { x: 0, y: 0 }, "outputs", "out").y).toBe(HEAD / 2);
  });

  it("finds what was entered under any port", () => {
    const node = { ...(flow.nodes[0] as NodeJSON), data: { in: null, out: "x" } };
    expect([entered(node), entered(node, "in")]).toEqual(["x", null]);
  });
});
