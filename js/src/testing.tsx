/** What the tests share: templates, a channel that only records, an app on a page; or one block with an app that records. */

import { type ContainerNode, render } from "preact";
import { act } from "preact/test-utils";
import { App } from "./app";
import type { Channel, Receive } from "./host/channel";
import { type Actions, Block } from "./model";
import { BlockView, Root } from "./view";
import type { FromPage, ListenerConfig, Props, Template, ToPage } from "./wire/messages";

/** A message of any kind without its number, which the channel counts. */
type Unnumbered = ToPage extends infer M
  ? M extends ToPage
    ? Omit<M, "seq"> & { seq?: number }
    : never
  : never;

export class FakeChannel implements Channel {
  readonly chunk_bytes = 1024;
  readonly multiplexed = true;
  readonly sent: FromPage[] = [];
  private receive: Receive = () => {};
  private seq = 0;

  send(message: FromPage): void {
    this.sent.push(message);
  }

  listen(receive: Receive, opened: () => void): void {
    this.receive = receive;
    opened();
  }

  assetUrl(name: string): string {
    return `/assets/${name}`;
  }

  close(): void {}

  /** What the session says next. */
  say(message: Unnumbered): void {
    this.seq += 1;
    this.receive({ seq: this.seq, ...message } as ToPage, []);
  }

  of<K extends FromPage["kind"]>(kind: K): Extract<FromPage, { kind: K }>[] {
    return this.sent.filter((message) => message.kind === kind) as Extract<FromPage, { kind: K }>[];
  }
}

export function listener(id: number, given: Partial<ListenerConfig> = {}): ListenerConfig {
  return {
    id,
    targets: [],
    after: null,
    inputs: [],
    outputs: [],
    backend: true,
    js: null,
    trigger_mode: "multiple",
    show_progress: "full",
    show_progress_on: [],
    scroll_to_output: false,
    cancels: [],
    connection: "sse",
    time_limit: null,
    stream_every: 0.5,
    ...given,
  };
}

/** A page with the blocks side by side, by id from 2. */
export function template(
  blocks: Record<number, [type: string, props: Props]>,
  listeners: ListenerConfig[] = [],
): Template {
  return {
    version: "0.0.0",
    title: "test",
    mode: "blocks",
    fill_height: false,
    fill_width: false,
    css: "",
    js: null,
    head: "",
    theme: null,
    height: null,
    width: "100%",
    footer_links: [],
    chunks: [],
    layout: { id: 1, children: Object.keys(blocks).map((id) => ({ id: Number(id), children: [] })) },
    blocks: Object.fromEntries(
      Object.entries(blocks).map(([id, [type, props]]) => [
        id,
        { type, props: { visible: true, interactive: true, ...props } },
      ]),
    ),
    listeners,
  };
}

export function connected(page: Template, isInline = false): { app: App; channel: FakeChannel } {
  const app = new App(page, { isInline });
  const channel = new FakeChannel();
  app.connect(channel);
  return { app, channel };
}

export interface Shown {
  app: App;
  channel: FakeChannel;
  page: HTMLElement;
  /** The first element of a selector; fails when there is none. */
  find<E extends HTMLElement = HTMLElement>(selector: string): E;
  all<E extends HTMLElement = HTMLElement>(selector: string): E[];
  block(id: number): Block;
  /** The values that a block's edits gave so far, and the events it fired. */
  fired: [event: string, payload: unknown][];
  /** Lets the page settle after what was done. */
  settle(action?: () => void): Promise<void>;
}

/** Shows blocks on a page, and records all their events. */
export async function show(
  blocks: Record<number, [type: string, props: Props]>,
  layout?: Template["layout"],
): Promise<Shown> {
  document.body.replaceChildren();
  const page = document.createElement("div");
  document.body.append(page);
  const shape = template(blocks);
  const { app, channel } = connected(layout ? { ...shape, layout } : shape);
  const fired: Shown["fired"] = [];
  const trigger = app.trigger.bind(app);
  app.trigger = (block, event, payload = null) => {
    fired.push([event, payload]);
    trigger(block, event, payload);
  };
  const settle: Shown["settle"] = async (action) => {
    await act(async () => action?.());
  };
  await settle(() => render(<Root app={app} />, page as ContainerNode));
  const all = <E extends HTMLElement>(selector: string) => [...page.querySelectorAll<E>(selector)];
  const find = <E extends HTMLElement>(selector: string): E => {
    const found = page.querySelector<E>(selector);
    if (!found) throw new Error(`nothing matches ${selector} in ${page.innerHTML}`);
    return found;
  };
  return { app, channel, page, find, all, block: (id) => app.child(id) as Block, fired, settle };
}

/** What a user types, as a field reports it. */
export function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function press(target: HTMLElement, key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
}

// --- one block on its own

export interface ShownAlone {
  block: Block;
  element: HTMLElement;
  /** Events and edits, in order: `["select", payload]`, `["edit", value]`. */
  seen: [string, unknown][];
  update(props: Props): Promise<void>;
  find<T extends Element = HTMLElement>(selector: string): T;
  all(selector: string): HTMLElement[];
  click(selector: string): Promise<void>;
  press(selector: string, key: string, more?: KeyboardEventInit): Promise<void>;
  /** The texts of all elements of a selector. */
  texts(selector: string): string[];
}

/** Shows one component on its own; `chunks` are its lazy parts, `listens` says to which events anything listens. */
export async function showAlone(
  type: string,
  props: Props,
  chunks: Record<string, unknown> = {},
  listens: (event: string) => boolean = () => false,
): Promise<ShownAlone> {
  const seen: [string, unknown][] = [];
  const app: Actions = {
    edited: (block, names) =>
      seen.push(...names.map((n): [string, unknown] => ["edit", block.props.peek()[n]])),
    trigger: (_, event, payload) => seen.push([event, payload]),
    upload: () => Promise.reject(new Error("no uploads here")),
    fileUrl: () => Promise.reject(new Error("no files here")),
    download: () => Promise.reject(new Error("no files here")),
    call: () => Promise.reject(new Error("no functions here")),
    chunk: <T,>(name: string) =>
      name in chunks ? Promise.resolve(chunks[name] as T) : new Promise<T>(() => {}),
    family: () => Promise.reject(new Error("a test installs the views it shows")),
    child: () => undefined,
    listens: (_, event) => listens(event),
    streamEvery: () => 0.5,
    streamLimit: () => null,
    toast: (level, title) => seen.push([level, title]),
    document,
    isInline: false,
  };
  const block = new Block(app, 1, type, { visible: true, ...props });
  const element = document.createElement("div");
  document.body.replaceChildren(element);
  await act(() => render(<BlockView block={block} />, element as ContainerNode));
  const find = <T extends Element>(selector: string): T => {
    const found = element.querySelector<T>(selector);
    if (!found) throw new Error(`nothing is ${selector} in ${element.innerHTML}`);
    return found;
  };
  const all = (selector: string) => [...element.querySelectorAll<HTMLElement>(selector)];
  return {
    block,
    element,
    seen,
    find: find as ShownAlone["find"],
    all,
    texts: (selector) => all(selector).map((one) => one.textContent ?? ""),
    update: (next) => act(() => block.apply(next)) as Promise<void>,
    click: (selector) => act(() => find<HTMLElement>(selector).click()) as Promise<void>,
    press: (selector, key, more = {}) =>
      act(() => {
        find<HTMLElement>(selector).dispatchEvent(
          new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
        );
      }) as Promise<void>,
  };
}
