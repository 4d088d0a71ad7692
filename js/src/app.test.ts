import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { App } from "./app";
import type { Channel, Receive } from "./host/channel";
import type { Block } from "./model";
import type { FromPage, ListenerConfig, Template, ToPage } from "./wire/messages";

class FakeChannel implements Channel {
  readonly chunk_bytes = 4;
  readonly multiplexed = true;
  sent: FromPage[] = [];
  private receive: Receive = () => {};
  private seq = 0;

  send(message: FromPage): void {
    this.sent.push(message);
  }
  listen(receive: Receive, opened: () => void): void {
    this.receive = receive;
    opened();
  }
  assetUrl(): null {
    return null;
  }
  close(): void {}

  /** As from the session, in order. */
  tell(message: Record<string, unknown>): void {
    this.seq += 1;
    this.receive({ seq: this.seq, ...message } as unknown as ToPage, []);
  }
  events() {
    return this.sent.filter((message) => message.kind === "event");
  }
}

function listener(given: Partial<ListenerConfig>): ListenerConfig {
  return {
    id: 0,
    targets: [[3, "click"]],
    after: null,
    inputs: [2],
    outputs: [2],
    backend: true,
    js: null,
    trigger_mode: "once",
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

function started(...listeners: ListenerConfig[]) {
  const template = {
    version: "0",
    title: "t",
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
    layout: { id: 1, children: [2, 3].map((id) => ({ id, children: [] })) },
    blocks: { 2: { type: "textbox", props: { value: "" } }, 3: { type: "button", props: { value: "Go" } } },
    listeners,
  } as unknown as Template;
  const app = new App(template, { isInline: true, document });
  const channel = new FakeChannel();
  app.connect(channel);
  const box = app.child(2) as Block;
  const button = app.child(3) as Block;
  return { app, channel, box, button };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("an event carries what was typed and not sent", () => {
  const { channel, box, button } = started(listener({}));
  box.edit({ value: "a" });
  box.edit({ value: "ab" });
  button.trigger("click");
  expect(channel.events()).toMatchObject([
    { listener: 0, target: 3, event: "click", changes: { 2: { value: "ab", rev: 2 } } },
  ]);
});

test("an edit that no event carries is sent within 200 ms, once", () => {
  const { channel, box } = started();
  box.edit({ value: "a" });
  box.edit({ value: "ab" });
  vi.advanceTimersByTime(200);
  vi.advanceTimersByTime(1000);
  expect(channel.sent.filter(({ kind }) => kind === "changes")).toEqual([
    { kind: "changes", changes: { 2: { value: "ab", rev: 2 } } },
  ]);
});

test.each([
  ["once", 1],
  ["multiple", 3],
  ["always_last", 1],
] as const)("%s: three clicks while one is pending send %i events", (trigger_mode, count) => {
  const { channel, button } = started(listener({ trigger_mode }));
  for (let n = 0; n < 3; n++) button.trigger("click");
  expect(channel.events()).toHaveLength(count);
});

test("always_last sends one more when the pending one ends, with the values of that moment", () => {
  const { channel, box, button } = started(listener({ trigger_mode: "always_last" }));
  button.trigger("click");
  button.trigger("click");
  button.trigger("click");
  box.edit({ value: "newest" });
  const [first] = channel.events();
  channel.tell({ kind: "job", job: first?.job, listener: 0, status: "done" });
  expect(channel.events()).toHaveLength(2);
  expect(channel.events()[1]).toMatchObject({ changes: { 2: { value: "newest" } } });
});

test("a value older than the user's own edit is left out, other props are not", () => {
  const { channel, box } = started();
  box.edit({ value: "typed" });
  box.edit({ value: "typed more" });
  channel.tell({ kind: "state", models: { 2: { value: "old", label: "New", rev: 1 } } });
  expect(box.props.value).toMatchObject({ value: "typed more", label: "New" });
  channel.tell({ kind: "state", models: { 2: { value: "answer", rev: 2 } } });
  expect(box.props.value.value).toBe("answer");
});

test("text that grows comes as deltas", () => {
  const { channel, box } = started();
  channel.tell({ kind: "delta", block: 2, prop: "value", ops: [["append", [], "one "]], rev: 0 });
  channel.tell({ kind: "delta", block: 2, prop: "value", ops: [["append", [], "two"]], rev: 0 });
  expect(box.props.value.value).toBe("one two");
});

test("a failed job shows a message and leaves the outputs as they were", () => {
  const { app, channel, box, button } = started(listener({}));
  box.edit({ value: "kept" });
  button.trigger("click");
  const [event] = channel.events();
  channel.tell({
    kind: "job",
    job: event?.job,
    listener: 0,
    status: "failed",
    title: "Error",
    message: "no rows",
    visible: true,
    duration_s: 10,
    traceback: null,
  });
  expect(app.toasts.value).toMatchObject([{ level: "error", title: "Error", message: "no rows" }]);
  expect(box.props.value.value).toBe("kept");
  button.trigger("click");
  expect(channel.events()).toHaveLength(2);
});

test("a listener without a function runs in the page alone", async () => {
  vi.useRealTimers();
  const { channel, box, button } = started(
    listener({ backend: false, js: "(value) => value.toUpperCase()" }),
  );
  box.edit({ value: "abc" });
  button.trigger("click");
  await vi.waitFor(() => expect(box.props.value.value).toBe("ABC"));
  expect(channel.events()).toEqual([]);
  expect(channel.sent).toContainEqual({ kind: "changes", changes: { 2: { value: "ABC", rev: 2 } } });
});

test("js before a function gives its inputs", async () => {
  vi.useRealTimers();
  const { channel, box, button } = started(listener({ js: "(value) => [value + '!']" }));
  box.edit({ value: "hi" });
  button.trigger("click");
  await vi.waitFor(() => expect(channel.events()).toMatchObject([{ inputs: ["hi!"] }]));
});

test("bye is said with what was typed last", () => {
  const { app, channel, box } = started();
  box.edit({ value: "last" });
  app.leave();
  expect(channel.sent.slice(-2)).toMatchObject([{ kind: "changes" }, { kind: "bye", page: app.page }]);
});
