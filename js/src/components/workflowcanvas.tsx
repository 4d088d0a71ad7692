/** An editor of graphs: a stage to pan and zoom, nodes with ports, edges between them, and a bar of tools. */

import {
  AppWindow,
  Fullscreen,
  Maximize2,
  Pencil,
  Play,
  Plus,
  Redo2,
  Square,
  Trash2,
  Undo2,
  Workflow,
  ZoomIn,
  ZoomOut,
} from "lucide";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { Frame, labelOf } from "../ui/frame";
import { Children } from "../view";
import type { WorkflowCanvasProps } from "../wire/generated/components";
import { Glyph, GlyphTool } from "./glyphs";
import { toggleFullscreen } from "./pictures";
import {
  anchor,
  asset,
  connect,
  curve,
  type End,
  endsOf,
  entered,
  type Flow,
  heightOf,
  LEAST_WIDTH,
  MEDIA,
  made,
  type NodeJSON,
  nodeAt,
  parse,
  placed,
  portOf,
  refusal,
  type Spot,
  TYPES,
  toJson,
  typeOf,
  widthOf,
  withNode,
  without,
} from "./workflow/graph";
import { useHistory } from "./workflow/history";
import { NodeView } from "./workflow/node";
import { type Outcomes, run, unable } from "./workflow/runner";
import { filesOf } from "./workflow/values";

const SAVE_MS = 500;
const MOST_SCALE = 2;
const LEAST_SCALE = 0.2;
const FIRST_SCALE = 0.4;
const STEP = 20;
const MOST_WIDTH = 800;
const MARGIN = 32;
const DRAG_PX = 4;
const FIELDS = "input, textarea, select, audio, video";

interface View {
  x: number;
  y: number;
  scale: number;
}

/** An edge that is being drawn: from a port, to where the pointer is. */
interface Link {
  from: End;
  to: Spot | null;
}

const isSame = (one: End, other: End) =>
  one.node === other.node && one.side === other.side && one.port === other.port;

function useFlow(value: string | null): { flow: Flow; wrong: string | null } {
  return useMemo(() => {
    try {
      return { flow: parse(value), wrong: null };
    } catch (error) {
      return { flow: parse(null), wrong: (error as Error).message };
    }
  }, [value]);
}

export function WorkflowCanvas({ block }: ViewProps) {
  const { value, server_functions, app_view } = propsOf<WorkflowCanvasProps>(block);
  const can = (name: string) => (server_functions ?? []).includes(name);
  const { flow, wrong } = useFlow(value);
  const [hasAccess, setAccess] = useState(!can("get_write_access"));
  const [functions, setFunctions] = useState<NodeJSON[] | null>(null);
  const [files, setFiles] = useState<Record<string, Record<string, unknown>>>({});
  const [outcomes, setOutcomes] = useState<Outcomes>({});
  const [runs, setRuns] = useState(0);
  const stopped = useRef({ is: false });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [link, setLink] = useState<Link | null>(null);
  const [said, say] = useState("");
  /** Whether the form is shown in place of the graph; null: it is not known yet who looks. */
  const [showsApp, setShowsApp] = useState<boolean | null>(app_view ? null : false);
  const [view, setView] = useState<View>({ x: 0, y: 0, scale: 1 });
  const [sized, setSized] = useState<NodeJSON | null>(null);
  const [band, setBand] = useState<[Spot, Spot] | null>(null);
  const [moved, setMoved] = useState<{ ids: ReadonlySet<string>; x: number; y: number } | null>(null);
  const whole = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const wasFit = useRef(false);
  const wasDragged = useRef(false);
  const saving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(flow);
  latest.current = flow;

  const call = <T,>(name: string, ...data: unknown[]) => block.app.call(block, name, data) as Promise<T>;
  const failed = (title: string) => (error: Error) => block.app.toast("error", title, error.message);

  // --- what the session knows

  useEffect(() => {
    let isHere = true;
    const settle = (access: boolean) => {
      if (!isHere) return;
      setAccess(access);
      const asked = block.app.isInline ? null : new URLSearchParams(location.search).get("ui");
      if (app_view) setShowsApp(asked === "app" || (asked !== "canvas" && !access));
    };
    if (can("get_write_access"))
      void call<boolean>("get_write_access").then(settle, () => isHere && setShowsApp(false)); // a frozen page
    else settle(true);
    if (can("list_bound_fns"))
      void call<string | NodeJSON[]>("list_bound_fns").then(
        (told) => isHere && setFunctions(typeof told === "string" ? JSON.parse(told) : told),
        () => {}, // then there are none to add
      );
    if (can("get_files"))
      void call<typeof files>("get_files").then(
        (told) => isHere && setFiles(told ?? {}),
        () => {},
      );
    return () => {
      isHere = false;
    };
  }, [block]);

  useEffect(() => {
    const element = app_view ? block.app.document.getElementById(app_view) : null;
    if (element) element.style.display = showsApp === true ? "" : "none";
  });

  const known = useMemo(() => functions && new Set(functions.map(({ fn }) => fn ?? "")), [functions]);
  const canRun = can("run_node");
  const held = (node: NodeJSON, port?: string) => {
    const own = files[node.id] ?? {};
    const found = (port === undefined ? Object.values(own)[0] : own[port]) ?? entered(node, port);
    const ports = [...node.outputs, ...node.inputs];
    const type = typeOf(port === undefined ? ports[0] : ports.find(({ id }) => id === port));
    return MEDIA.has(type) && filesOf(found).length === 0 ? null : found;
  };

  // --- changing it

  const save = (next: Flow) => {
    if (!hasAccess || !can("save_workflow")) return;
    clearTimeout(saving.current);
    saving.current = setTimeout(() => {
      const nodes = next.nodes.map((node) =>
        files[node.id] ? { ...node, data: { ...node.data, ...files[node.id] } } : node,
      );
      call<string>("save_workflow", toJson({ ...next, nodes })).then(
        (told) => {
          const { error } = JSON.parse(told) as { error: string | null };
          if (error) failed(t("The graph was not saved"))(new Error(error));
        },
        failed(t("The graph was not saved")),
      );
    }, SAVE_MS);
  };
  const show = (text: string) => {
    block.edit({ value: text });
    save(parse(text));
  };
  const history = useHistory(value, show);
  const spots = useMemo(() => placed(flow), [flow]);
  /** Shows a changed graph; every node stays where it stands. `as` names steps that are taken back as one. */
  const change = (next: Flow, as?: string) => {
    const nodes = next.nodes.map((node) =>
      node.x === undefined || node.y === undefined ? { ...node, ...spots.get(node.id) } : node,
    );
    const text = JSON.stringify(toJson({ ...next, nodes }));
    history.step(as);
    show(text);
  };

  const select = (...ids: string[]) => setSelected(new Set(ids));
  const drop = (ids: ReadonlySet<string>) => {
    if (!hasAccess || ids.size === 0) return;
    change(without(flow, ids));
    select();
    say(t("Deleted"));
    stage.current?.focus();
  };
  const add = (template: NodeJSON) => {
    const { clientWidth: width, clientHeight: height } = stage.current as HTMLDivElement;
    const middle = inGraph({ x: width / 2, y: height / 2 });
    let spot = { x: Math.round(middle.x - 110), y: Math.round(middle.y - heightOf(template) / 2) };
    while ([...spots.values()].some((one) => Math.abs(one.x - spot.x) < 8 && Math.abs(one.y - spot.y) < 8))
      spot = { x: spot.x + STEP, y: spot.y + STEP };
    const node = made(flow, template, spot);
    change(withNode(flow, node));
    select(node.id);
    say(`${node.label}: ${t("added")}`);
    requestAnimationFrame(() => focusNode(node.id));
  };
  const copy = (ids: ReadonlySet<string>) => {
    let next = flow;
    const copies: string[] = [];
    for (const node of flow.nodes.filter(({ id }) => ids.has(id))) {
      const at = spots.get(node.id) as Spot;
      const one = made(next, node, { x: at.x + 2 * STEP, y: at.y + 2 * STEP });
      next = withNode(next, one);
      copies.push(one.id);
    }
    change(next);
    select(...copies);
  };
  const enter = (node: NodeJSON, port: string | null, given: unknown) => {
    const at = port ?? node.outputs[0]?.id ?? "out";
    const data: Record<string, unknown> = { ...node.data, [at]: given };
    if (port === null) for (const { id } of node.inputs) delete data[id];
    if (files[node.id]) setFiles(({ [node.id]: _old, ...rest }) => rest);
    change(withNode(flow, { ...node, data }), `data ${node.id} ${at}`);
  };
  const join = (one: End, other: End) => {
    const reason = refusal(flow, one, other);
    setLink(null);
    if (reason) {
      say(t(reason));
      block.app.toast("info", t("Not connected"), t(reason));
      return;
    }
    change(connect(flow, one, other));
    say(t("Connected"));
  };

  // --- running it

  /** Runs nodes; gives how many functions were called. */
  const start = async (wanted: NodeJSON[], reused: Outcomes): Promise<number> => {
    if (!canRun || wanted.length === 0) return 0;
    let calls = 0;
    const stop = { is: false };
    stopped.current = stop;
    setRuns((count) => count + 1);
    setOutcomes((before) => Object.fromEntries(Object.entries(before).filter(([id]) => nodeAt(flow, id))));
    const isGood = await run(
      flow,
      wanted,
      {
        call: (node, values) => {
          calls += 1;
          return call("run_node", { ...node, data: {} }, values);
        },
        report: (id, outcome) => stop.is || setOutcomes((before) => ({ ...before, [id]: outcome })),
        isStopped: () => stop.is,
        held,
      },
      known,
      reused,
    );
    setRuns((count) => count - 1);
    if (!stop.is) say(t(isGood ? "Done" : "Some nodes failed"));
    return stop.is ? 1 : calls;
  };
  /** All of it; what would be the same again is kept, unless that is everything. */
  const runAll = () => {
    const ends = flow.nodes.filter(
      ({ id, role }) => role !== "reference" && !flow.edges.some((edge) => edge.from_node_id === id),
    );
    void start(ends, outcomes).then((calls) => (calls === 0 ? start(ends, {}) : calls));
  };
  /** One node anew, with those before it that have no result yet, and what shows its results. */
  const runOne = (node: NodeJSON) => {
    const { [node.id]: _anew, ...reused } = outcomes;
    const after = flow.edges
      .filter((edge) => edge.from_node_id === node.id)
      .map((edge) => nodeAt(flow, edge.to_node_id))
      .filter((one) => one?.role === "subject") as NodeJSON[];
    void start([node, ...after], reused);
  };
  const stop = () => {
    stopped.current.is = true;
    setOutcomes((before) =>
      Object.fromEntries(Object.entries(before).filter(([, { state }]) => state === "done")),
    );
    say(t("Stopped"));
  };

  // --- seeing it

  const inGraph = ({ x, y }: Spot): Spot => ({ x: (x - view.x) / view.scale, y: (y - view.y) / view.scale });
  const zoom = (factor: number, at?: Spot) => {
    const { clientWidth = 0, clientHeight = 0 } = stage.current ?? {};
    const { x, y } = at ?? { x: clientWidth / 2, y: clientHeight / 2 };
    setView((before) => {
      const scale = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, before.scale * factor));
      const part = scale / before.scale;
      return { scale, x: x - (x - before.x) * part, y: y - (y - before.y) * part };
    });
  };
  /** Shows all nodes; no smaller than `least`, and then from their left. */
  const fit = (least = LEAST_SCALE) => {
    const { clientWidth = 0, clientHeight = 0 } = stage.current ?? {};
    if (clientWidth === 0 || flow.nodes.length === 0) return;
    const boxes = flow.nodes.map((node) => {
      const { x, y } = spots.get(node.id) as Spot;
      const drawn = nodeElement(node.id)?.offsetHeight;
      return [x, y, x + widthOf(node), y + (drawn || heightOf(node))] as const;
    });
    const [left, top] = [Math.min(...boxes.map((b) => b[0])), Math.min(...boxes.map((b) => b[1]))];
    const [right, bottom] = [Math.max(...boxes.map((b) => b[2])), Math.max(...boxes.map((b) => b[3]))];
    const [width, height] = [right - left, bottom - top];
    const most = Math.min((clientWidth - 2 * MARGIN) / width, (clientHeight - 2 * MARGIN) / height);
    const scale = Math.min(1, Math.max(least, most));
    const start = (room: number, size: number) => Math.max(MARGIN / 2, (room - size * scale) / 2);
    setView({
      scale,
      x: start(clientWidth, width) - left * scale,
      y: start(clientHeight, height) - top * scale,
    });
  };
  const newest = useRef({ fit, zoom });
  newest.current = { fit, zoom };
  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return;
    const first = () => {
      if (wasFit.current || element.clientWidth === 0) return;
      wasFit.current = latest.current.nodes.length > 0;
      newest.current.fit(FIRST_SCALE);
    };
    const watch = new ResizeObserver(first);
    watch.observe(element);
    first();
    const wheel = (event: WheelEvent) => {
      const root = element.getRootNode() as Document | ShadowRoot;
      const inner = (event.target as Element).closest?.(".nb-flow-value, textarea");
      const { left, top } = element.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        newest.current.zoom(Math.exp(-event.deltaY / 300), {
          x: event.clientX - left,
          y: event.clientY - top,
        });
      } else if (element.contains(root.activeElement) && !inner) {
        setView((v) => ({ ...v, x: v.x - event.deltaX, y: v.y - event.deltaY }));
      } else return; // the page scrolls until the canvas has the keyboard
      event.preventDefault();
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      watch.disconnect();
      element.removeEventListener("wheel", wheel);
    };
  }, [showsApp]);

  const nodeElement = (id: string) =>
    stage.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
  const focusNode = (id: string) => nodeElement(id)?.focus();
  const portElements = () =>
    [...(stage.current?.querySelectorAll<HTMLElement>(".nb-flow-link-can") ?? [])] as HTMLElement[];

  // --- the pointer

  const spotOf = (event: PointerEvent): Spot => {
    const { left, top } = (stage.current as HTMLDivElement).getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const endUnder = (event: PointerEvent): End | null => {
    const root = stage.current?.getRootNode() as Document | ShadowRoot;
    return endOf(root.elementFromPoint(event.clientX, event.clientY));
  };
  const onPointerDown = (down: PointerEvent) => {
    const target = down.target as HTMLElement;
    if (
      down.button !== 0 ||
      target.closest(`${FIELDS}, .nb-flow-value, .nb-tool, .nb-flow-pick, .nb-flow-edge`)
    )
      return;
    const end = endOf(target);
    const node = target.closest<HTMLElement>("[data-node]")?.dataset.node;
    const grip = target.closest("[data-resize]") && node ? (nodeAt(flow, node) ?? null) : null;
    const from = spotOf(down);
    const before = view;
    const resized = (by: number): NodeJSON | null =>
      grip && { ...grip, width: Math.round(Math.min(MOST_WIDTH, widthOf(grip) + by / before.scale)) };
    let hasMoved = false;
    wasDragged.current = false;
    let ids: ReadonlySet<string> = new Set();
    if (node && !end) {
      ids = selected.has(node) ? selected : new Set(down.shiftKey ? [...selected, node] : [node]);
      setSelected(ids);
    } else if (!node && !down.shiftKey) select();
    const move = (event: PointerEvent) => {
      const at = spotOf(event);
      const [x, y] = [at.x - from.x, at.y - from.y];
      if (!hasMoved && Math.hypot(x, y) < DRAG_PX) return;
      hasMoved = wasDragged.current = true;
      if (grip) hasAccess && setSized(resized(x));
      else if (end) hasAccess && setLink({ from: end, to: inGraph(at) });
      else if (!node && down.shiftKey) setBand([inGraph(from), inGraph(at)]);
      else if (node) hasAccess && setMoved({ ids, x: x / before.scale, y: y / before.scale });
      else setView({ ...before, x: before.x + x, y: before.y + y });
    };
    const up = (event: PointerEvent) => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", up);
      if (!hasMoved) return;
      const at = spotOf(event);
      const wider = resized(at.x - from.x);
      if (wider && hasAccess) {
        setSized(null);
        change(withNode(flow, wider));
      } else if (!node && down.shiftKey) {
        setBand(null);
        setSelected(new Set([...selected, ...inside(inGraph(from), inGraph(at))]));
      } else if (end && hasAccess) {
        const other = event.type === "pointerup" ? endUnder(event) : null;
        if (other && !isSame(end, other)) join(end, other);
        setLink(null);
      } else if (node && hasAccess) {
        setMoved(null);
        shift(ids, (at.x - from.x) / before.scale, (at.y - from.y) / before.scale);
      }
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", up);
  };
  /** The nodes that a rectangle touches. */
  const inside = (one: Spot, other: Spot) =>
    flow.nodes
      .filter((node) => {
        const { x, y } = spots.get(node.id) as Spot;
        const [right, bottom] = [
          x + widthOf(node),
          y + (nodeElement(node.id)?.offsetHeight ?? heightOf(node)),
        ];
        const isBeside = right < Math.min(one.x, other.x) || x > Math.max(one.x, other.x);
        return !isBeside && bottom >= Math.min(one.y, other.y) && y <= Math.max(one.y, other.y);
      })
      .map(({ id }) => id);
  /** Moves nodes. */
  const shift = (ids: ReadonlySet<string>, x: number, y: number, as?: string) => {
    const nodes = flow.nodes.map((node) => {
      const at = spots.get(node.id) as Spot;
      return ids.has(node.id) ? { ...node, x: Math.round(at.x + x), y: Math.round(at.y + y) } : node;
    });
    change({ ...flow, nodes }, as);
  };

  // --- the keyboard

  const press = (end: End) => {
    if (!hasAccess || wasDragged.current) return; // the click that ends a drag is none
    if (!link) {
      setLink({ from: end, to: null });
      say(t("Choose a port to connect with; Escape cancels."));
      requestAnimationFrame(() => portElements()[0]?.focus());
    } else if (isSame(link.from, end)) setLink(null);
    else join(link.from, end);
  };
  const portElement = ({ node, side, port }: End) =>
    nodeElement(node)?.querySelector<HTMLElement>(`[data-port="${CSS.escape(`${side} ${port}`)}"]`);
  const cutAt = (end: End) => {
    const edges = flow.edges.filter((edge) => endsOf(edge).some((one) => isSame(one, end)));
    if (hasAccess && edges.length > 0) {
      change(without(flow, new Set(edges.map(({ id }) => id))));
      say(t("Disconnected"));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    wasDragged.current = false;
    const target = event.target as HTMLElement;
    const isCommand = event.ctrlKey || event.metaKey;
    const isField = target.closest(FIELDS) !== null;
    if (isCommand && event.key === "Enter") runAll();
    else if (isField) return;
    else if (isCommand) {
      const key = event.key.toLowerCase();
      if (key === "z") event.shiftKey ? history.redo() : history.undo();
      else if (key === "y") history.redo();
      else if (key === "a") select(...flow.nodes.map(({ id }) => id));
      else if (key === "d") hasAccess && copy(chosen(target));
      else if (key === "0") zoom(1 / view.scale);
      else return;
    } else if (event.key === "Escape") {
      if (link) portElement(link.from)?.focus();
      setLink(null);
      select();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      const end = endOf(target);
      if (end) cutAt(end);
      else drop(chosen(target));
    } else if (event.key === "f" || event.key === "F") fit();
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "F2" && target.dataset.node)
      target.querySelector("[data-rename]")?.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
    else if (event.key.startsWith("Arrow")) arrow(event, target);
    else return;
    event.preventDefault();
  };
  const arrow = (event: KeyboardEvent, target: HTMLElement) => {
    const x = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const y = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
    if (link) {
      const ports = portElements();
      const at = ports.indexOf(target) + (x || y);
      ports[(at + ports.length) % ports.length]?.focus();
    } else if (target.dataset.node && hasAccess && event.altKey) {
      const node = nodeAt(flow, target.dataset.node) as NodeJSON;
      const width = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, widthOf(node) + x * STEP));
      change(withNode(flow, { ...node, width }), `width ${node.id}`);
    } else if (target.dataset.node && hasAccess) {
      const by = event.shiftKey ? 5 * STEP : STEP;
      const ids = chosen(target);
      shift(ids, x * by, y * by, `move ${[...ids].join(" ")}`);
    } else setView((before) => ({ ...before, x: before.x - 2 * STEP * x, y: before.y - 2 * STEP * y }));
  };
  /** What a key is meant for: the node that has the keyboard, with the others if it is among those chosen. */
  const chosen = (target: HTMLElement): ReadonlySet<string> => {
    const node = target.closest<HTMLElement>("[data-node]")?.dataset.node;
    return node && !selected.has(node) ? new Set([node]) : selected;
  };

  // --- all of it

  const linking = (end: End) => {
    if (!link) return null;
    if (isSame(link.from, end)) return "from";
    return refusal(flow, link.from, end) === null ? "can" : "cannot";
  };
  const at = (id: string): Spot => {
    const spot = spots.get(id) ?? { x: 0, y: 0 };
    return moved?.ids.has(id) ? { x: spot.x + moved.x, y: spot.y + moved.y } : spot;
  };
  const drawn = sized ? withNode(flow, sized) : flow;
  const anchorOf = (end: End): Spot => {
    const node = nodeAt(drawn, end.node) as NodeJSON;
    return anchor(node, at(end.node), end.side, end.port);
  };
  const line: [Spot, Spot] | null = link?.to ? [anchorOf(link.from), link.to] : null;
  return (
    <Frame block={block} kind={showsApp ? "nb-flow-shows-app" : ""}>
      <div ref={whole} class="nb-flow">
        <div class="nb-flow-bar">
          {showsApp === false && (
            <Title
              name={flow.name}
              isWhole={Boolean(app_view)}
              rename={hasAccess ? (name) => change({ ...flow, name }) : null}
            />
          )}
          {canRun &&
            (runs > 0 ? (
              <button type="button" class="nb-button sm stop" onClick={stop}>
                <Glyph of={Square} size={14} /> {t("Stop")}
              </button>
            ) : (
              showsApp === false && (
                <button
                  type="button"
                  class="nb-button sm primary"
                  aria-keyshortcuts="Control+Enter"
                  disabled={flow.nodes.length === 0}
                  onClick={runAll}
                >
                  <Glyph of={Play} size={14} /> {t("Run")}
                </button>
              )
            ))}
          {showsApp === false && hasAccess && <Adder functions={functions ?? []} add={add} />}
          {showsApp === false && (
            <>
              {hasAccess && (
                <>
                  <GlyphTool of={Undo2} name={t("Undo")} run={history.undo} disabled={!history.canUndo} />
                  <GlyphTool of={Redo2} name={t("Redo")} run={history.redo} disabled={!history.canRedo} />
                  <GlyphTool
                    of={Trash2}
                    name={t("Delete what is chosen")}
                    run={() => drop(selected)}
                    disabled={selected.size === 0}
                  />
                </>
              )}
              <span class="nb-flow-space" />
              <GlyphTool of={ZoomOut} name={t("Zoom out")} run={() => zoom(0.8)} />
              <span class="nb-flow-scale">{Math.round(view.scale * 100)} %</span>
              <GlyphTool of={ZoomIn} name={t("Zoom in")} run={() => zoom(1.25)} />
              <GlyphTool of={Fullscreen} name={t("Show all")} run={() => fit()} />
              <GlyphTool
                of={Maximize2}
                name={t("Fullscreen")}
                run={() => void toggleFullscreen(whole.current)}
              />
            </>
          )}
          {app_view && showsApp !== null && (
            <>
              {showsApp && <span class="nb-flow-space" />}
              <button
                type="button"
                class="nb-tool nb-tool-named nb-flow-switch"
                aria-label={showsApp ? t("Show the graph") : t("Show as a form")}
                onClick={() => setShowsApp(!showsApp)}
              >
                <Glyph of={showsApp ? Workflow : AppWindow} size={14} />
                {showsApp ? t("The graph") : t("As a form")}
              </button>
            </>
          )}
        </div>
        {showsApp === false && (
          <div
            ref={stage}
            class={`nb-flow-stage ${link ? "nb-flow-linking" : ""}`}
            role="application"
            aria-roledescription={t("graph editor")}
            aria-label={labelOf(block)}
            aria-describedby={`nb-flow-keys-${block.id}`}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move what is seen
            tabIndex={0}
            onPointerDown={onPointerDown}
            onKeyDown={onKeyDown}
            style={{
              backgroundPosition: `${view.x}px ${view.y}px`,
              backgroundSize: `${24 * view.scale}px ${24 * view.scale}px`,
            }}
          >
            <div
              class="nb-flow-world"
              style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
            >
              <svg class="nb-flow-edges" aria-hidden="true">
                {flow.edges.map((edge) => {
                  const [from, to] = endsOf(edge);
                  const d = curve(anchorOf(from), anchorOf(to));
                  const type = typeOf(portOf(flow, from));
                  return (
                    // biome-ignore lint/a11y/noStaticElementInteractions: keys disconnect at the ports
                    <g
                      key={edge.id}
                      class={`nb-flow-edge ${selected.has(edge.id) ? "nb-selected" : ""}`}
                      data-edge={edge.id}
                      style={{ "--nb-port": `var(--nb-flow-${type}, var(--nb-outline))` }}
                      onClick={() => {
                        select(edge.id);
                        stage.current?.focus();
                      }}
                    >
                      <path d={d} class="nb-flow-catch" />
                      <path d={d} />
                    </g>
                  );
                })}
                {band && (
                  <rect
                    class="nb-flow-band"
                    x={Math.min(band[0].x, band[1].x)}
                    y={Math.min(band[0].y, band[1].y)}
                    width={Math.abs(band[0].x - band[1].x)}
                    height={Math.abs(band[0].y - band[1].y)}
                  />
                )}
                {line && link && (
                  <path
                    class="nb-flow-drawn"
                    d={link.from.side === "outputs" ? curve(line[0], line[1]) : curve(line[1], line[0])}
                  />
                )}
              </svg>
              {drawn.nodes.map((node) => (
                <NodeView
                  key={node.id}
                  block={block}
                  flow={flow}
                  node={node}
                  spot={at(node.id)}
                  outcome={outcomes[node.id]}
                  isSelected={selected.has(node.id)}
                  canEdit={hasAccess}
                  trouble={canRun ? unable(node, known) : null}
                  held={held}
                  linking={linking}
                  pressed={press}
                  entered={(port, given) => enter(node, port, given)}
                  renamed={(label) => change(withNode(flow, { ...node, label }))}
                  run={canRun && node.role === "operator" && !unable(node, known) ? () => runOne(node) : null}
                  drop={() => drop(new Set([node.id]))}
                />
              ))}
            </div>
            {wrong && <p class="nb-flow-empty">{`${t("This is no graph")}: ${wrong}`}</p>}
            {!wrong && flow.nodes.length === 0 && (
              <p class="nb-flow-empty">
                {hasAccess
                  ? t("Add a node, and connect it with others.")
                  : t("There is nothing in this graph yet.")}
              </p>
            )}
          </div>
        )}
        <p class="nb-flow-unseen" id={`nb-flow-keys-${block.id}`}>
          {t(
            "Tab goes from node to node and to their ports. Arrow keys move a node, Delete takes it away. Enter at a port " +
              "begins an edge, arrow keys choose the other port, Enter connects. Delete at a port disconnects it.",
          )}
        </p>
        <p class="nb-flow-unseen" role="status">
          {said}
        </p>
      </div>
      <Children block={block} />
    </Frame>
  );
}

/** The port that an element is of. */
function endOf(element: Element | null): End | null {
  const port = element?.closest<HTMLElement>("[data-port]");
  const node = port?.closest<HTMLElement>("[data-node]")?.dataset.node;
  if (!port || node === undefined) return null;
  const [side, ...rest] = (port.dataset.port ?? "").split(" ");
  return { node, side: side as End["side"], port: rest.join(" ") };
}

/** The graph's name, and a button that changes it; where the graph is the whole app, it is the page's heading. */
function Title({
  name,
  isWhole,
  rename,
}: {
  name: string;
  isWhole: boolean;
  rename: ((name: string) => void) | null;
}) {
  const [isNaming, setNaming] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), [isNaming]);
  const settle = (text: string) => {
    setNaming(false);
    if (text.trim() && text.trim() !== name) rename?.(text.trim());
  };
  if (isNaming)
    return (
      <input
        ref={field}
        class="nb-input nb-flow-field nb-flow-title"
        aria-label={t("Name of the graph")}
        defaultValue={name}
        onBlur={(event) => settle(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") settle(event.currentTarget.value);
          else if (event.key === "Escape") setNaming(false);
        }}
      />
    );
  const Heading = isWhole ? "h1" : "strong";
  return (
    <>
      <Heading class="nb-flow-title" title={name}>
        {name}
      </Heading>
      {rename && <GlyphTool of={Pencil} name={t("Rename the graph")} run={() => setNaming(true)} />}
    </>
  );
}

/** A menu of what can be added, and the button that adds it. */
function Adder({ functions, add }: { functions: NodeJSON[]; add: (template: NodeJSON) => void }) {
  const [wanted, setWanted] = useState("reference text");
  const template = (): NodeJSON | undefined => {
    const [role, ...rest] = wanted.split(" ");
    const name = rest.join(" ");
    if (role === "operator") return functions.find(({ fn }) => fn === name);
    return asset(role as "reference" | "subject", name);
  };
  const choices = (role: string) =>
    TYPES.map(([type, name]) => (
      <option key={type} value={`${role} ${type}`}>
        {`${t(role === "reference" ? "Input" : "Result")}: ${t(name)}`}
      </option>
    ));
  return (
    <span class="nb-flow-adder">
      <select
        class="nb-input nb-flow-field"
        aria-label={t("What to add")}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      >
        {functions.length > 0 && (
          <optgroup label={t("Functions")}>
            {functions.map(({ fn, label }) => (
              <option key={fn} value={`operator ${fn}`}>
                {label}
              </option>
            ))}
          </optgroup>
        )}
        <optgroup label={t("Inputs")}>{choices("reference")}</optgroup>
        <optgroup label={t("Results")}>{choices("subject")}</optgroup>
      </select>
      <button
        type="button"
        class="nb-button sm secondary"
        onClick={() => {
          const found = template();
          if (found) add(found as NodeJSON);
        }}
      >
        <Glyph of={Plus} size={14} /> {t("Add")}
      </button>
    </span>
  );
}
