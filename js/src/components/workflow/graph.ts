/** Graphs of a `WorkflowCanvas`: their JSON, what fits together, where nodes stand. Nothing here knows the page. */

export type Side = "inputs" | "outputs";

export interface PortJSON {
  id: string;
  label?: string;
  type?: string;
  required?: boolean;
  output_index?: number;
}

/** A node; what else a file says of it stays as it is. */
export interface NodeJSON {
  id: string;
  label: string;
  role: "reference" | "operator" | "subject";
  kind?: string;
  fn?: string;
  inputs: PortJSON[];
  outputs: PortJSON[];
  x?: number;
  y?: number;
  width?: number;
  data?: Record<string, unknown>;
  [more: string]: unknown;
}

export interface EdgeJSON {
  id: string;
  from_node_id: string;
  from_port_id: string;
  to_node_id: string;
  to_port_id: string;
  type?: string;
}

export interface Flow {
  name: string;
  nodes: NodeJSON[];
  edges: EdgeJSON[];
  /** What the file says besides. */
  more: Record<string, unknown>;
}

/** A port of a node of a graph. */
export interface End {
  node: string;
  side: Side;
  port: string;
}

export interface Spot {
  x: number;
  y: number;
}

export const NODE_WIDTH = 220;
export const LEAST_WIDTH = 160;
export const HEAD = 36;
export const ROW = 30;
const GAP_X = 70;
const GAP_Y = 28;

const LISTS = { references: "reference", operators: "operator", subjects: "subject" } as const;
const OLD = { input: "reference", transform: "operator", output: "subject" } as const;

/** What can be added besides functions, by what it is called. */
export const TYPES: [type: string, name: string][] = [
  ["text", "Text"],
  ["number", "Number"],
  ["boolean", "Yes or no"],
  ["image", "Image"],
  ["audio", "Audio"],
  ["video", "Video"],
  ["gallery", "Gallery"],
  ["json", "JSON"],
  ["dataframe", "Table"],
  ["model3d", "3D model"],
  ["file", "File"],
];

/** Operators that call a model hub, and the key of what they call. */
export const REMOTE: Record<string, string> = {
  space: "space_id",
  model: "model_id",
  dataset: "dataset_id",
};

export const MEDIA = new Set(["image", "audio", "video", "gallery", "model3d", "file"]);

const listed = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((one) => one !== null && typeof one === "object") : [];

/** A graph from its JSON, of either version of the format; throws where it is none. */
export function parse(text: string | null): Flow {
  const told: unknown = text ? JSON.parse(text) : {};
  if (told === null || typeof told !== "object" || Array.isArray(told))
    throw new Error("a graph is an object");
  const {
    name,
    nodes: old,
    references,
    operators,
    subjects,
    edges,
    ...more
  } = told as Record<string, unknown>;
  const nodes: NodeJSON[] = [];
  for (const [key, role] of Object.entries(LISTS))
    for (const one of listed({ references, operators, subjects }[key])) nodes.push(nodeOf(one, role));
  for (const one of listed(old)) {
    const { kind, source, ...rest } = one;
    const role = OLD[kind as keyof typeof OLD] ?? "operator";
    nodes.push(nodeOf(role === "operator" ? { ...rest, kind: source ?? "fn" } : rest, role));
  }
  const ids = new Set(nodes.map(({ id }) => id));
  const kept = listed(edges).filter(
    (edge) => ids.has(String(edge.from_node_id)) && ids.has(String(edge.to_node_id)),
  ) as unknown as EdgeJSON[];
  const flow: Flow = { name: typeof name === "string" ? name : "Workflow", nodes, edges: [], more };
  for (const [at, edge] of kept.entries()) {
    const ends = endsOf(edge);
    if (portOf(flow, ends[0]) && portOf(flow, ends[1]))
      flow.edges.push({ ...edge, id: edge.id ?? `edge_${at}` });
  }
  return flow;
}

function nodeOf(told: Record<string, unknown>, role: NodeJSON["role"]): NodeJSON {
  const ports = (side: Side) => listed(told[side]) as unknown as PortJSON[];
  const node = { ...told, role, inputs: ports("inputs"), outputs: ports("outputs") } as unknown as NodeJSON;
  node.id = String(node.id);
  node.label = String(node.label ?? node.id);
  if (role !== "operator") {
    // both hold a value that comes in and goes out
    const [of] = [...node.outputs, ...node.inputs];
    if (node.inputs.length === 0 && of) node.inputs = [{ ...of, id: "in" }];
    if (node.outputs.length === 0 && of) node.outputs = [{ ...of, id: "out" }];
  }
  return node;
}

/** The JSON of a graph, in the second version of the format. */
export function toJson(flow: Flow): Record<string, unknown> {
  const { version: _old, ...more } = flow.more;
  const lists = Object.entries(LISTS).map(([key, role]) => [key, flow.nodes.filter((n) => n.role === role)]);
  return { ...more, schema_version: "2", name: flow.name, ...Object.fromEntries(lists), edges: flow.edges };
}

export const endsOf = (edge: EdgeJSON): [End, End] => [
  { node: edge.from_node_id, side: "outputs", port: edge.from_port_id },
  { node: edge.to_node_id, side: "inputs", port: edge.to_port_id },
];

export const nodeAt = (flow: Flow, id: string) => flow.nodes.find((node) => node.id === id);

export const portOf = (flow: Flow, end: End): PortJSON | undefined =>
  nodeAt(flow, end.node)?.[end.side].find((port) => port.id === end.port);

export const typeOf = (port: PortJSON | undefined): string => port?.type ?? "any";

/** What a reference or a subject holds. */
export const heldBy = (node: NodeJSON): string => typeOf(node.outputs[0] ?? node.inputs[0]);

/** The edge that fills an input; of several the last. */
export const edgeInto = (flow: Flow, node: string, port: string): EdgeJSON | undefined =>
  flow.edges.findLast((edge) => edge.to_node_id === node && edge.to_port_id === port);

export const isComputed = (flow: Flow, node: string): boolean =>
  flow.edges.some((edge) => edge.to_node_id === node);

/** Whether what leaves a port of one type may enter one of another. */
export const fits = (from: string, to: string): boolean => from === to || from === "any" || to === "any";

/** Whether one node takes values of another, over whatever stands between. */
export function follows(flow: Flow, node: string, other: string): boolean {
  const seen = new Set<string>();
  const waiting = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === other) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    waiting.push(...flow.edges.filter((e) => e.to_node_id === at).map((e) => e.from_node_id));
  }
  return false;
}

/** Why two ports cannot be connected; null: they can. */
export function refusal(flow: Flow, one: End, other: End): string | null {
  if (one.side === other.side) return "An edge goes from an output to an input.";
  const [from, to] = one.side === "outputs" ? [one, other] : [other, one];
  const [source, target] = [typeOf(portOf(flow, from)), typeOf(portOf(flow, to))];
  if (!fits(source, target)) return `${source} does not fit ${target}.`;
  return follows(flow, from.node, to.node) ? "This would make a circle." : null;
}

const unique = (taken: Iterable<string>, wanted: string): string => {
  const known = new Set(taken);
  let name = wanted;
  for (let at = 2; known.has(name); at += 1) name = `${wanted}_${at}`;
  return name;
};

/** With an edge between two ports; one that was there at the input is gone. */
export function connect(flow: Flow, one: End, other: End): Flow {
  const [from, to] = one.side === "outputs" ? [one, other] : [other, one];
  const rest = flow.edges.filter((e) => !(e.to_node_id === to.node && e.to_port_id === to.port));
  const id = unique(
    flow.edges.map((edge) => edge.id),
    "edge",
  );
  const edge: EdgeJSON = {
    id,
    from_node_id: from.node,
    from_port_id: from.port,
    to_node_id: to.node,
    to_port_id: to.port,
    type: typeOf(portOf(flow, from)),
  };
  return { ...flow, edges: [...rest, edge] };
}

/** Without some nodes and their edges, or some edges. */
export function without(flow: Flow, ids: ReadonlySet<string>): Flow {
  return {
    ...flow,
    nodes: flow.nodes.filter(({ id }) => !ids.has(id)),
    edges: flow.edges.filter(
      (edge) => !ids.has(edge.id) && !ids.has(edge.from_node_id) && !ids.has(edge.to_node_id),
    ),
  };
}

/** With another node in place of one of the same id, or at the end. */
export const withNode = (flow: Flow, node: NodeJSON): Flow =>
  nodeAt(flow, node.id)
    ? { ...flow, nodes: flow.nodes.map((one) => (one.id === node.id ? node : one)) }
    : { ...flow, nodes: [...flow.nodes, node] };

/** A new node of a kind, with an id and a label that no other has. */
export function made(flow: Flow, template: NodeJSON, spot: Spot): NodeJSON {
  const id = unique(
    flow.nodes.map((node) => node.id),
    template.id,
  );
  const label = unique(
    flow.nodes.filter(({ role }) => role === template.role).map((node) => node.label),
    template.label,
  );
  return { ...structuredClone(template), id, label: label.replace(/_(\d+)$/, " $1"), ...spot };
}

/** A node that holds a value, or shows a result. */
export function asset(role: "reference" | "subject", type: string): NodeJSON {
  const label = TYPES.find(([known]) => known === type)?.[1] ?? type;
  return {
    id: `${role === "reference" ? "in" : "out"}_${type}`,
    label: role === "reference" ? label : `${label} result`,
    role,
    asset_type: type,
    inputs: [{ id: "in", label, type }],
    outputs: [{ id: "out", label, type }],
    width: NODE_WIDTH,
    data: {},
  };
}

/** The value that a node has at a port, entered or from its file. */
export function entered(node: NodeJSON, port?: string): unknown {
  const data = node.data ?? {};
  if (port !== undefined) return data[port];
  const found = [...node.outputs, ...node.inputs].map(({ id }) => data[id]);
  return found.find((value) => value !== undefined && value !== null);
}

/** Room for what a result shows once it is there. */
const RESULTS: Record<string, number> = {
  image: 150,
  video: 150,
  gallery: 150,
  dataframe: 180,
  json: 120,
  markdown: 110,
};

/** About how high a node is drawn. */
export function heightOf(node: NodeJSON): number {
  const held = heldBy(node);
  if (node.role === "subject") return HEAD + (RESULTS[held] ?? 80);
  if (node.role === "reference") return HEAD + (MEDIA.has(held) ? (isMissing(entered(node)) ? 50 : 180) : 80);
  const notice = node.kind !== undefined && node.kind in REMOTE ? 80 : 0;
  return HEAD + (node.inputs.length + node.outputs.length) * ROW + 14 + notice;
}

/** Where each node stands: as its file says, else in columns by what it takes values of. */
export function placed(flow: Flow): Map<string, Spot> {
  const depths = new Map<string, number>();
  const depth = (id: string, on: ReadonlySet<string> = new Set()): number => {
    const known = depths.get(id);
    if (known !== undefined || on.has(id)) return known ?? 0;
    const before = flow.edges.filter((edge) => edge.to_node_id === id).map((edge) => edge.from_node_id);
    const found = Math.max(-1, ...before.map((one) => depth(one, new Set([...on, id])))) + 1;
    depths.set(id, found);
    return found;
  };
  const spots = new Map<string, Spot>();
  const free = new Map<number, number>();
  for (const node of flow.nodes) {
    const column = depth(node.id);
    if (typeof node.x === "number" && typeof node.y === "number")
      spots.set(node.id, { x: node.x, y: node.y });
    else {
      const y = free.get(column) ?? 40;
      spots.set(node.id, { x: 40 + column * (NODE_WIDTH + GAP_X), y });
      free.set(column, y + heightOf(node) + GAP_Y);
    }
  }
  return spots;
}

export const widthOf = (node: NodeJSON): number => Math.max(LEAST_WIDTH, node.width ?? NODE_WIDTH);

/** Where a port is drawn: in the head of what holds a value, else in a row of its own under it. */
export function anchor(node: NodeJSON, spot: Spot, side: Side, port: string): Spot {
  const x = spot.x + (side === "inputs" ? 0 : widthOf(node));
  if (node.role !== "operator") return { x, y: spot.y + HEAD / 2 };
  const at = node[side].findIndex(({ id }) => id === port) + (side === "outputs" ? node.inputs.length : 0);
  return { x, y: spot.y + HEAD + (at + 0.5) * ROW };
}

/** The line of an edge. */
export function curve(from: Spot, to: Spot): string {
  const bend = Math.max(40, Math.abs(to.x - from.x) / 2);
  return `M${from.x},${from.y} C${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}`;
}

/** Whether a port has no value; an empty text is one. */
export const isMissing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === "object" && Object.keys(value as object).length === 0);
