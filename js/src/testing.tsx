/** What the tests share: templates, a channel that only records, an app on a page. */

import { type ContainerNode, render } from "preact";
import { act } from "preact/test-utils";
import { App } from "./app";
import type { Channel, Receive } from "./host/channel";
import type { Block } from "./model";
import { Root } from "./view";
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

export function connected(page: Template): { app: App; channel: FakeChannel } {
  const app = new App(page, { isInline: false });
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
