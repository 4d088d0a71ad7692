/** Runs the nodes of a graph in this page's order: each as soon as what it takes is there. */

import { edgeInto, entered, type Flow, isMissing, type NodeJSON, nodeAt, REMOTE, typeOf } from "./graph";

/** How far a node is. */
export interface Outcome {
  state: "waiting" | "running" | "done" | "failed" | "missed";
  /** What its outputs hold; of a node that holds a value, under each of its ports. */
  values?: Record<string, unknown>;
  message?: string;
  seconds?: number;
  /** What it was made of: the same again gives the same. */
  of?: string;
}

export type Outcomes = Record<string, Outcome>;

export interface Runs {
  /** Calls the function of an operator with what its inputs hold. */
  call: (node: NodeJSON, values: Record<string, unknown>) => Promise<Record<string, unknown>>;
  report: (id: string, outcome: Outcome) => void;
  isStopped: () => boolean;
  /** A value that stands for the one that was entered, such as a file that this page may ask for. */
  held?: (node: NodeJSON, port?: string) => unknown;
}

/** Why a node can never run here; null: it can. */
export function unable(node: NodeJSON, functions: ReadonlySet<string> | null): string | null {
  if (node.role !== "operator") return null;
  const key = REMOTE[node.kind ?? "fn"];
  if (key) {
    return `Calls the ${node.kind} ${String(node[key] ?? "")} of a model hub, and nbblocks calls none.`;
  }
  if (functions && !functions.has(node.fn ?? "")) return `There is no function ${node.fn} in bind.`;
  return null;
}

/** Runs what some nodes need, and they themselves; an operator that is `known` runs only if its inputs hold something else. */
export async function run(
  flow: Flow,
  wanted: NodeJSON[],
  runs: Runs,
  functions: ReadonlySet<string> | null,
  known: Outcomes = {},
): Promise<boolean> {
  const started = new Map<string, Promise<Outcome>>();
  const held = runs.held ?? entered;

  const of = (id: string): Promise<Outcome> => {
    let found = started.get(id);
    if (!found) {
      found = outcome(nodeAt(flow, id) as NodeJSON);
      started.set(id, found);
    }
    return found;
  };

  const told = (node: NodeJSON, said: Outcome): Outcome => {
    runs.report(node.id, said);
    return said;
  };

  const outcome = async (node: NodeJSON): Promise<Outcome> => {
    const edges = node.inputs.map((port) => edgeInto(flow, node.id, port.id));
    told(node, { state: "waiting" });
    const before = await Promise.all(edges.map((edge) => (edge ? of(edge.from_node_id) : null)));
    const taken = (at: number) => before[at]?.values?.[edges[at]?.from_port_id ?? ""];
    if (node.role !== "operator") {
      const failed = before.find((one) => one && one.state !== "done");
      if (failed) return told(node, { state: "missed" });
      const isFed = edges.some(Boolean);
      const value = isFed ? node.inputs.map((_, at) => taken(at)).find((v) => v !== undefined) : held(node);
      const shown = value === undefined && typeOf(node.outputs[0]) === "text" ? "" : (value ?? null);
      const values = Object.fromEntries([...node.inputs, ...node.outputs].map(({ id }) => [id, shown]));
      return told(node, { state: "done", values });
    }
    const never = unable(node, functions);
    if (never) return told(node, { state: "failed", message: never });
    const values: Record<string, unknown> = {};
    for (const [at, port] of node.inputs.entries()) {
      const name = port.label ?? port.id;
      if (before[at] && before[at].state !== "done")
        return told(node, {
          state: "failed",
          message: `“${name}” did not come: a node before this one failed.`,
        });
      const given = edges[at] ? taken(at) : held(node, port.id);
      values[port.id] = given ?? (typeOf(port) === "text" && !edges[at] && port.required ? "" : null);
      if (port.required && isMissing(values[port.id]))
        return told(node, { state: "failed", message: `“${name}” needs a value.` });
    }
    const madeOf = JSON.stringify([node.kind, node.fn, node.inputs, node.outputs, values]);
    const last = known[node.id];
    if (last?.state === "done" && last.of === madeOf) return told(node, last);
    if (runs.isStopped()) return told(node, { state: "failed", message: "Stopped." });
    told(node, { state: "running" });
    const start = performance.now();
    try {
      const results = await runs.call(node, values);
      const seconds = (performance.now() - start) / 1000;
      return told(node, { state: "done", values: results, seconds, of: madeOf });
    } catch (error) {
      return told(node, { state: "failed", message: (error as Error).message });
    }
  };

  const ends = await Promise.all(wanted.map((node) => of(node.id)));
  return ends.every(({ state }) => state === "done");
}
