/** The comms of a notebook: the session's own anywidget model, and one model for each block. */

import type { Changes, FromPage, ToPage } from "../wire/messages";
import type { MirroredChannel, Receive } from "./channel";

/** What anywidget gives a view, and what a widget manager gives for a model id. */
export interface WidgetModel {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  set(values: Record<string, unknown>): void;
  on(event: string, callback: (...args: never[]) => void): void;
  off(event: string, callback?: (...args: never[]) => void): void;
  send(content: unknown, callbacks?: unknown, buffers?: (ArrayBuffer | ArrayBufferView)[]): void;
  changedAttributes?(): Record<string, unknown> | false;
  attributes?: Record<string, unknown>;
  widget_manager?: {
    get_model(id: string): Promise<WidgetModel>;
    create_view?(model: WidgetModel): Promise<WidgetView>;
  };
  comm_live?: boolean;
}

/** A view of another widget, as its manager makes it. */
export interface WidgetView {
  el: HTMLElement;
  luminoWidget?: LuminoWidget;
  pWidget?: LuminoWidget;
  remove(): void;
}

interface LuminoWidget {
  constructor: { attach?(widget: LuminoWidget, host: HTMLElement): void };
}

const MODEL_PREFIX = "IPY_MODEL_";

/** The one place where another model is had from its id: anywidget may narrow this one day. */
export async function getModel(model: WidgetModel, reference: string): Promise<WidgetModel> {
  const manager = model.widget_manager;
  if (!manager) throw new Error("this host does not give other widgets' models");
  return manager.get_model(reference.replace(MODEL_PREFIX, ""));
}

/** Colab drops messages above about 1 MB. */
function isColab(): boolean {
  const { google } = globalThis as { google?: object };
  return google !== undefined && "colab" in google;
}

/** Keys of a model's state that are not props of the block. */
const isProp = (name: string) =>
  !name.startsWith("_") &&
  name !== "session" &&
  name !== "layout" &&
  name !== "tabbable" &&
  name !== "tooltip";

const isSame = (one: unknown, other: unknown) =>
  typeof one === "object" && typeof other === "object" && JSON.stringify(one) === JSON.stringify(other);

interface Child {
  block: number;
  model: WidgetModel;
  /** Its attributes as last seen or set by us: what differs later was set by another widget. */
  known: Record<string, unknown>;
  seq: number;
}

interface Gathering {
  models: Changes;
  count: number;
  /** What the kernel sent along, to be received after the state. */
  following: ToPage[];
}

/**
 * Carries messages over the session model's custom messages. A `state` message comes as one update of each
 * child model; it is put together again here, from `_seq` and `_of`.
 */
export class CommChannel implements MirroredChannel {
  readonly chunk_bytes = isColab() ? 1 << 18 : 1 << 20;
  multiplexed = true;
  private readonly children = new Map<number, Child>();
  private readonly gathering = new Map<number, Gathering>();
  private readonly stops: (() => void)[] = [];
  private receive: Receive = () => {};
  private upgraded: () => void = () => {};
  private foreignEdit: (block: number, props: Record<string, unknown>) => void = () => {};

  private constructor(private readonly session: WidgetModel) {}

  /** Gets the child models first: where one cannot be had, everything goes over the session's own comm. */
  static async open(session: WidgetModel): Promise<CommChannel> {
    const channel = new CommChannel(session);
    await channel.adoptAll();
    channel.subscribe(session, "change:models", () => void channel.upgrade());
    return channel;
  }

  /** Child models made after the page was first drawn: from now on they carry the state. */
  private async upgrade(): Promise<void> {
    await this.adoptAll();
    if (!this.multiplexed) this.upgraded();
  }

  private async adoptAll(): Promise<void> {
    const references = Object.entries((this.session.get("models") ?? {}) as Record<string, string>);
    if (references.length === 0 || this.children.size > 0) return;
    try {
      const models = await Promise.all(references.map(([, reference]) => getModel(this.session, reference)));
      for (const [index, model] of models.entries()) this.adopt(Number(references[index]?.[0]), model);
      this.multiplexed = false;
    } catch (error) {
      console.info("nbblocks: this host gives no sibling models; all goes over one comm", error);
    }
  }

  send(message: FromPage, buffers: ArrayBuffer[] = []): void {
    this.session.send(message, undefined, buffers);
  }

  listen(receive: Receive, opened: () => void): void {
    this.receive = receive;
    const custom = (message: ToPage, buffers: DataView[] = []) => {
      if (message && typeof message === "object" && "kind" in message) receive(message, buffers);
    };
    this.subscribe(this.session, "msg:custom", custom);
    opened();
  }

  assetUrl(): null {
    return null;
  }

  close(): void {
    for (const stop of this.stops.splice(0)) stop();
  }

  modelState(block: number): Record<string, unknown> | null {
    const model = this.children.get(block)?.model;
    if (!model) return null;
    const state: Record<string, unknown> = { rev: model.get("_rev") ?? 0 };
    for (const [name, value] of Object.entries(model.attributes ?? {})) if (isProp(name)) state[name] = value;
    return state;
  }

  mirror(block: number, props: Record<string, unknown>): void {
    const child = this.children.get(block);
    if (!child) return;
    for (const [name, value] of Object.entries(props)) {
      if (child.known[name] === value) continue;
      child.known[name] = value;
      child.model.set(name, value);
    }
  }

  onForeignEdit(edited: (block: number, props: Record<string, unknown>) => void): void {
    this.foreignEdit = edited;
  }

  onUpgrade(upgraded: () => void): void {
    this.upgraded = upgraded;
  }

  private adopt(block: number, model: WidgetModel): void {
    const child: Child = {
      block,
      model,
      known: { ...model.attributes },
      seq: Number(model.get("_seq") ?? 0),
    };
    this.children.set(block, child);
    this.subscribe(model, "change", () => this.changed(child));
  }

  private subscribe(model: WidgetModel, event: string, callback: (...args: never[]) => void): void {
    model.on(event, callback);
    this.stops.push(() => model.off(event, callback));
  }

  /** One `change` follows each update or `set`, after all attributes are in place. */
  private changed(child: Child): void {
    const props: Record<string, unknown> = {};
    const before: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(child.model.attributes ?? {})) {
      if (!isProp(name) || child.known[name] === value) continue;
      before[name] = child.known[name];
      child.known[name] = value;
      props[name] = value;
    }
    const seq = Number(child.model.get("_seq") ?? 0);
    if (seq !== child.seq) {
      child.seq = seq;
      this.gather(child, seq, props);
    } else {
      // a manager that connects again sets everything anew, as copies
      const others = Object.entries(props).filter(([name, value]) => !isSame(before[name], value));
      if (others.length > 0) this.foreignEdit(child.block, Object.fromEntries(others));
    }
  }

  private gather(child: Child, seq: number, props: Record<string, unknown>): void {
    const parts = this.gathering.get(seq) ?? { models: {}, count: 0, following: [] };
    this.gathering.set(seq, parts);
    parts.count += 1;
    parts.models[child.block] = { ...props, rev: Number(child.model.get("_rev") ?? 0) };
    const ack = child.model.get("_ack") === seq;
    const following = (child.model.get("_then") ?? []) as ToPage[];
    if ((following[0]?.seq ?? 0) > seq) parts.following = following; // else it came with an earlier update
    if (parts.count < Number(child.model.get("_of") ?? 1)) return;
    this.gathering.delete(seq);
    this.receive({ kind: "state", seq, models: parts.models, ...(ack ? { ack } : {}) }, []);
    for (const message of parts.following) this.receive(message, []);
  }
}
