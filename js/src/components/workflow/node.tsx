/** One node of a canvas: its head, its ports, and the values that it holds. */

import { CircleAlert, Play, Trash2 } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { ViewProps } from "../../model";
import { Glyph } from "../glyphs";
import {
  type End,
  edgeInto,
  type Flow,
  HEAD,
  heldBy,
  MEDIA,
  type NodeJSON,
  nodeAt,
  type PortJSON,
  ROW,
  type Side,
  type Spot,
  typeOf,
  widthOf,
} from "./graph";
import type { Outcome } from "./runner";
import { Field, Value } from "./values";

export interface NodeProps extends ViewProps {
  flow: Flow;
  node: NodeJSON;
  spot: Spot;
  outcome: Outcome | undefined;
  isSelected: boolean;
  canEdit: boolean;
  /** What keeps it from running. */
  trouble: string | null;
  /** The value that was entered at a port, as this page can show it. */
  held: (node: NodeJSON, port?: string) => unknown;
  /** How a port takes part in the edge that is being drawn. */
  linking: (end: End) => "from" | "can" | "cannot" | null;
  pressed: (end: End) => void;
  entered: (port: string | null, value: unknown) => void;
  renamed: (label: string) => void;
  run: (() => void) | null;
  drop: () => void;
}

const ROLES = { reference: "input", operator: "function", subject: "result" } as const;
const STATES = {
  waiting: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
  missed: "not reached",
} as const;

const EMPTY: Record<string, string> = { done: "Nothing", missed: "A node before it failed." };

const labelOf = (port: PortJSON) => port.label ?? port.id;

export function NodeView(props: NodeProps) {
  const { node, spot, outcome, isSelected, canEdit, trouble, flow } = props;
  const state = outcome?.state;
  const isBusy = state === "running" || state === "waiting";
  const role = node.role === "operator" && node.kind !== "fn" ? (node.kind ?? "function") : ROLES[node.role];
  const parts = [node.label, t(role), state && t(STATES[state])].filter(Boolean);
  const message = outcome?.message ?? (state === "failed" ? undefined : trouble);
  return (
    <div
      role="group"
      aria-roledescription={t("node")}
      aria-label={parts.join(", ")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and deleted by keys
      tabIndex={0}
      data-node={node.id}
      class={`nb-flow-node nb-flow-${node.role} ${isSelected ? "nb-selected" : ""} ${state ? `nb-flow-is-${state}` : ""}`}
      style={{ left: `${spot.x}px`, top: `${spot.y}px`, width: `${widthOf(node)}px` }}
      aria-busy={isBusy || undefined}
    >
      <Head {...props} />
      {node.role === "operator" && (
        <>
          {node.inputs.map((port) => (
            <Row key={port.id} {...props} side="inputs" port={port} />
          ))}
          {node.outputs.map((port) => (
            <Row key={port.id} {...props} side="outputs" port={port} />
          ))}
        </>
      )}
      <div class="nb-flow-body">
        <Body {...props} />
        {message && (
          <p class="nb-flow-message" role={state === "failed" ? "alert" : undefined}>
            <Glyph of={CircleAlert} size={14} />
            <span>{message}</span>
          </p>
        )}
        {canEdit && node.role !== "operator" && flow.edges.length === 0 && flow.nodes.length === 1 && (
          <p class="nb-flow-hint">{t("Add a function, and connect the round ports.")}</p>
        )}
      </div>
      {canEdit && <span class="nb-flow-grip" data-resize="" title={t("Drag to make it wider")} />}
    </div>
  );
}

function Head(props: NodeProps) {
  const { node, canEdit, renamed, run, drop, outcome } = props;
  const [isNaming, setNaming] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.select();
  }, [isNaming]);
  const settle = (text: string) => {
    setNaming(false);
    if (text.trim() && text.trim() !== node.label) renamed(text.trim());
  };
  return (
    <div class="nb-flow-head" style={{ height: `${HEAD}px` }}>
      {node.role !== "operator" && <PortButton {...props} side="inputs" port={node.inputs[0]} />}
      {isNaming ? (
        <input
          ref={field}
          class="nb-input nb-flow-field"
          aria-label={t("Name")}
          defaultValue={node.label}
          onBlur={(event) => settle(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") settle(event.currentTarget.value);
            if (event.key === "Escape") setNaming(false);
          }}
        />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys have F2
        <span
          class="nb-flow-name"
          title={node.label}
          data-rename=""
          onDblClick={() => canEdit && setNaming(true)}
        >
          {node.label}
        </span>
      )}
      {outcome?.seconds !== undefined && <span class="nb-flow-time">{outcome.seconds.toFixed(1)} s</span>}
      {run && (
        <button
          type="button"
          class="nb-tool"
          aria-label={`${t("Run")} ${node.label}`}
          title={t("Run")}
          onClick={run}
          disabled={outcome?.state === "running"}
        >
          <Glyph of={Play} size={14} />
        </button>
      )}
      {canEdit && (
        <button
          type="button"
          class="nb-tool nb-flow-drop"
          aria-label={`${t("Delete")} ${node.label}`}
          title={t("Delete")}
          onClick={drop}
        >
          <Glyph of={Trash2} size={14} />
        </button>
      )}
      {node.role !== "operator" && <PortButton {...props} side="outputs" port={node.outputs[0]} />}
    </div>
  );
}

/** A port of an operator, with a field while no edge fills it. */
function Row(props: NodeProps & { side: Side; port: PortJSON }) {
  const { block, flow, node, side, port, held, entered } = props;
  const type = typeOf(port);
  const isOpen = side === "inputs" && !edgeInto(flow, node.id, port.id) && !MEDIA.has(type);
  const name = `${labelOf(port)} ${t("of")} ${node.label}`;
  return (
    <div class={`nb-flow-row nb-flow-${side}`} style={{ height: `${ROW}px` }}>
      <PortButton {...props} />
      <span class="nb-flow-port-name" title={`${labelOf(port)}: ${type}`}>
        {labelOf(port)}
      </span>
      {isOpen ? (
        <Field
          isSmall
          block={block}
          type={type}
          name={name}
          value={held(node, port.id)}
          set={(value) => entered(port.id, value)}
        />
      ) : (
        <span class="nb-flow-type">{type}</span>
      )}
    </div>
  );
}

function PortButton({
  flow,
  node,
  side,
  port,
  linking,
  pressed,
  canEdit,
}: NodeProps & { side: Side; port?: PortJSON }) {
  if (!port) return null;
  const end: End = { node: node.id, side, port: port.id };
  const part = linking(end);
  const type = typeOf(port);
  const ends = flow.edges
    .filter((edge) =>
      side === "inputs"
        ? edge.to_node_id === node.id && edge.to_port_id === port.id
        : edge.from_node_id === node.id && edge.from_port_id === port.id,
    )
    .map((edge) => nodeAt(flow, side === "inputs" ? edge.from_node_id : edge.to_node_id)?.label);
  const name = `${t(side === "inputs" ? "Input" : "Output")} ${labelOf(port)} ${t("of")} ${node.label}, ${type}`;
  return (
    <button
      type="button"
      class={`nb-flow-port nb-flow-${side} ${part ? `nb-flow-link-${part}` : ""} ${ends.length ? "nb-flow-joined" : ""}`}
      style={{ "--nb-port": `var(--nb-flow-${type}, var(--nb-outline))` }}
      data-port={`${side} ${port.id}`}
      aria-label={ends.length ? `${name}, ${t("connected to")} ${ends.join(", ")}` : name}
      aria-pressed={part === "from" ? true : undefined}
      aria-disabled={!canEdit || part === "cannot" || undefined}
      title={`${labelOf(port)}: ${type}`}
      onClick={() => pressed(end)}
    >
      <i />
    </button>
  );
}

/** What a node holds or gave. */
function Body({ block, flow, node, outcome, held, entered }: NodeProps) {
  if (node.role === "operator") {
    const hidden = (port: PortJSON) =>
      flow.edges.some(
        (edge) =>
          edge.from_node_id === node.id &&
          edge.from_port_id === port.id &&
          nodeAt(flow, edge.to_node_id)?.role !== "operator",
      );
    return (
      <>
        {node.outputs
          .filter((port) => outcome?.values && !hidden(port))
          .map((port) => (
            <Value
              key={port.id}
              block={block}
              type={typeOf(port)}
              name={`${labelOf(port)} ${t("of")} ${node.label}`}
              value={outcome?.values?.[port.id]}
            />
          ))}
      </>
    );
  }
  const type = heldBy(node);
  const isFed = node.inputs.some((port) => edgeInto(flow, node.id, port.id));
  if (node.role === "reference" && !isFed) {
    return (
      <Field
        block={block}
        type={type}
        name={node.label}
        value={held(node)}
        set={(value) => entered(null, value)}
      />
    );
  }
  const port = node.outputs[0] ?? node.inputs[0];
  const shown = outcome?.values ? outcome.values[port?.id ?? ""] : held(node);
  if (shown === null || shown === undefined || shown === "")
    return <p class="nb-flow-hint">{t(EMPTY[outcome?.state ?? ""] ?? "Not run yet")}</p>;
  return <Value block={block} type={type} name={node.label} value={shown} />;
}
