/** One app in one page: its blocks, its listeners, the messages to and from its session. */

import { batch, type Signal, signal } from "@preact/signals";
import { keep } from "./components/browserstate";
import { Files } from "./files";
import type { Channel, MirroredChannel } from "./host/channel";
import { languageOf, speak, t, translated, translationsFor, unmarked } from "./i18n";
import { isEnd, Jobs } from "./jobs";
import { type FamilyChunk, installChunk } from "./kit";
import { type Actions, Block, type Guests } from "./model";
import { forJs, fromJs, named } from "./partial";
import { Recorder, type RunsChunk, type RunsConfig } from "./runs/recorder";
import { runJs } from "./script";
import { applyDelta } from "./wire/delta";
import type {
  Changes,
  FileData,
  FromPage,
  JobMessage,
  LayoutNode,
  ListenerConfig,
  Outcome,
  Props,
  ResetMessage,
  Template,
  ToastLevel,
  ToPage,
  Trigger,
} from "./wire/messages";
import { Inbox } from "./wire/order";

const FLUSH_MS = 200;
/** After so long without a word, the page asks whether it is heard; after so long again, it says that it is not. */
const PATIENCE_MS = 1000;
const LOST_EVENT_MS = 2000;
const LOG_LIMIT = 2000;
const STREAM_EVERY_S = 0.5;
const KEPT = "browserstate";

export interface Toast {
  id: number;
  level: ToastLevel;
  title: string;
  message: string;
  duration_s: number | null;
}

export interface LogLine {
  stream: "stdout" | "stderr";
  text: string;
}

interface Remembered {
  target: number | null;
  event: string;
  payload: unknown;
}

export interface AppOptions {
  isInline: boolean;
  /** Overrides of the template's props, and the last `seq` they hold. */
  models?: Changes;
  seq?: number;
  document?: Document;
  theme?: () => "light" | "dark";
  user?: string | null;
  guests?: Guests;
  /** Whether and under which name the browser keeps past runs; none: it does not, and never did. */
  runs?: RunsConfig | null;
}

type HandlerOf<K extends ToPage["kind"]> = (
  message: Extract<ToPage, { kind: K }>,
  buffers: DataView[],
) => void;

export class App implements Actions {
  readonly page = randomId();
  readonly root: Signal<number>;
  readonly toasts: Signal<Toast[]> = signal([]);
  readonly log: Signal<LogLine[]> = signal([]);
  /** Why nothing here answers any more; null while it does. */
  readonly ended: Signal<string | null> = signal(null);
  /** True while the kernel takes no messages: something holds it up. */
  readonly isUnheard: Signal<boolean> = signal(false);
  /** True while the connection is lost. */
  readonly isLost: Signal<boolean> = signal(false);
  readonly isInline: boolean;
  readonly user: string | null;
  readonly guests: Guests | null;
  readonly runs: Recorder | null;
  /** Path of the page that is shown, of an app of several. */
  readonly path: Signal<string>;
  document: Document;
  template: Template;

  private readonly blocks = new Map<number, Block>();
  private readonly listeners = new Map<number, ListenerConfig>();
  private readonly jobs = new Jobs((id) => this.blocks.get(id));
  private readonly again = new Map<number, Remembered>();
  private readonly unsent = new Map<number, Set<string>>();
  private readonly calls = new Map<string, { resolve: (v: unknown) => void; reject: (e: Error) => void }>();
  private readonly chunks = new Map<string, Promise<unknown>>();
  private readonly files = new Files(() => this.channel, this.page);
  private readonly inbox: Inbox;
  /** The language of the author's translations that is shown; null: there are none. */
  readonly locale: string | null;
  private readonly texts: Record<string, string>;
  private readonly theme: () => "light" | "dark";
  private flushTimer: ReturnType<typeof setTimeout> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  /** Blocks whose value the browser held, until the session knows. */
  private readonly restored: Block[] = [];
  private made = 0;
  private channel!: Channel;
  private isLoaded = false;

  constructor(template: Template, options: AppOptions) {
    this.template = template;
    this.isInline = options.isInline;
    this.user = options.user ?? null;
    this.guests = options.guests ?? null;
    this.path = signal(template.page ?? "");
    this.document = options.document ?? document;
    this.theme = options.theme ?? (() => "light");
    this.inbox = new Inbox(
      (message, buffers) => batch(() => this.handle(message, buffers)),
      () => this.hello(),
      options.seq,
    );
    this.root = signal(template.layout.id);
    const said = translationsFor(template.i18n ?? {}, navigator.language);
    this.locale = template.i18n ? said.locale : null;
    this.texts = said.texts;
    this.take(template, options.models ?? {});
    this.runs = options.runs ? this.recorderOf(options.runs) : null;
  }

  private recorderOf(config: RunsConfig): Recorder {
    let chunk: Promise<RunsChunk> | undefined;
    const load = async () =>
      installChunk("runs", await this.chunk<FamilyChunk>("views-runs")) as unknown as RunsChunk;
    return new Recorder(config, {
      block: (id) => this.blocks.get(id),
      listener: (id) => this.listeners.get(id),
      addressOf: (file) => this.files.url(file as FileData),
      chunk: () => {
        chunk ??= load();
        return chunk;
      },
    });
  }

  connect(channel: Channel): void {
    this.channel = channel;
    if ("modelState" in channel) this.connectMirror(channel as MirroredChannel);
    const listen = () =>
      channel.listen(
        (message, buffers) => {
          this.heard();
          this.inbox.receive(message, buffers);
        },
        () => this.hello(),
      );
    const language = languageOf(this.locale ?? navigator.language);
    if (language)
      this.chunk<{ default: Record<string, string> }>(`lang-${language}`).then(
        (chunk) => speak(chunk.default),
        () => {}, // English is left
      );
    const kept = [...this.blocks.values()].filter(({ type }) => type === KEPT);
    if (kept.length === 0) listen();
    else void Promise.all(kept.map((block) => this.restore(block))).then(listen);
  }

  /** What the browser holds is there before the session's `load`: it goes ahead of `hello`. */
  private async restore(block: Block): Promise<void> {
    const value = await keep(block);
    if (value === undefined) return;
    block.rev += 1;
    block.props.value = { ...block.props.peek(), value };
    this.unsent.set(block.id, new Set(["value"]));
    this.mirror(block, ["value"]);
    this.restored.push(block);
  }

  /** The first render is done: run what the page itself does at load. */
  loaded(): void {
    if (this.isLoaded) return;
    this.isLoaded = true;
    this.runLoads();
  }

  private runLoads(): void {
    for (const listener of this.listeners.values()) {
      const isOurs = listener.js !== null || !listener.backend;
      const isHere = (listener.page ?? "") === this.path.peek() || !this.template.layouts;
      if (
        isOurs &&
        isHere &&
        listener.targets.some(([target, event]) => target === null && event === "load")
      ) {
        void this.dispatch(listener, null, "load", null);
      }
    }
  }

  /** Another page of the app takes the place of the one that is shown. */
  open(path: string): void {
    const layout = this.template.layouts?.[path];
    if (!layout || path === this.path.peek()) return;
    this.flush();
    batch(() => {
      this.path.value = path;
      this.root.value = layout.id;
    });
    this.send({ kind: "open", path });
    this.runLoads();
  }

  /** The page goes: what was typed is sent, and the session told. */
  leave(): void {
    this.flush();
    this.send({ kind: "bye", page: this.page });
  }

  close(): void {
    this.leave();
    clearTimeout(this.patience);
    this.inbox.close();
    this.channel.close();
  }

  /** The page comes back from the browser's cache after `bye`. */
  hello(): void {
    const isFirst = this.inbox.applied === 0;
    if (this.restored.length > 0) this.flush();
    this.send({
      kind: "hello",
      version: __VERSION__,
      page: this.page,
      locale: navigator.language,
      theme: this.theme(),
      seq: this.inbox.applied,
      multiplexed: this.channel.multiplexed,
      query: Object.fromEntries(new URLSearchParams(location.search)),
      url: location.href,
    });
    for (const block of this.restored.splice(0)) this.changedUnseen(block);
    if (!isFirst) this.recover();
  }

  // --- what blocks ask

  child(id: number): Block | undefined {
    return this.blocks.get(id);
  }

  edited(block: Block, names: string[], isQuiet = false): void {
    const waiting = this.unsent.get(block.id) ?? new Set();
    this.unsent.set(block.id, waiting);
    for (const name of names) waiting.add(name);
    this.mirror(block, names);
    block.status.value = block.status.peek()?.state === "failed" ? null : block.status.peek();
    this.flushTimer ??= setTimeout(() => this.flush(), FLUSH_MS);
    if (names.includes("value") && !isQuiet) {
      if (block.type !== "html") this.trigger(block, "input"); // what its script calls an input, it triggers itself
      this.trigger(block, "change");
    }
  }

  trigger(block: Block, event: string, payload: unknown = null): void {
    for (const listener of this.listenersOf(block.id, event))
      void this.dispatch(listener, block.id, event, payload);
  }

  /** A change that nobody made on this page. */
  private changedUnseen(block: Block): void {
    for (const listener of this.listenersOf(block.id, "change"))
      void this.dispatch(listener, block.id, "change", null, true);
  }

  upload(block: Block, file: File, progress: (fraction: number) => void): Promise<FileData> {
    return this.files.upload(block.id, file, progress);
  }

  fileUrl(file: FileData): Promise<string> {
    return this.files.url(file);
  }

  download(file: FileData, progress?: (fraction: number) => void): Promise<void> {
    return this.files.save(file, progress);
  }

  call(block: Block, name: string, data: unknown): Promise<unknown> {
    this.made += 1;
    const call = `${this.page}-c${this.made}`;
    this.flush(); // what is called may look at what was typed
    return new Promise((resolve, reject) => {
      this.calls.set(call, { resolve, reject });
      this.send({ kind: "call", call, block: block.id, function: name, data });
    });
  }

  listens(block: Block, event: string): boolean {
    return this.listenersOf(block.id, event).length > 0;
  }

  streamEvery(block: Block): number {
    const waits = this.listenersOf(block.id, "stream").map(({ stream_every }) => stream_every);
    return waits.length > 0 ? Math.min(...waits) : STREAM_EVERY_S;
  }

  streamLimit(block: Block): number | null {
    const limits = this.listenersOf(block.id, "stream").map(({ time_limit }) => time_limit);
    return limits.reduce(
      (least, one) => (one === null || (least !== null && least < one) ? least : one),
      null,
    );
  }

  /** A lazy part of the build, loaded once. */
  chunk<T>(name: string): Promise<T> {
    const known = this.chunks.get(name);
    if (known) return known as Promise<T>;
    const made = this.importAsset(`chunk-${name}.js`);
    this.chunks.set(name, made);
    made.catch(() => this.chunks.delete(name));
    return made as Promise<T>;
  }

  async family(name: string): Promise<void> {
    installChunk(name, await this.chunk<FamilyChunk>(`views-${name}`));
  }

  toast(level: ToastLevel, title: string, message: string, duration_s: number | null = 10): void {
    this.made += 1;
    const said = { title: this.say(title), message: this.say(message) };
    this.toasts.value = [...this.toasts.peek(), { id: this.made, level, ...said, duration_s }];
  }

  dismiss(id: number): void {
    this.toasts.value = this.toasts.peek().filter((toast) => toast.id !== id);
  }

  /** A text in the author's translation. */
  say(text: string): string {
    return unmarked(text, this.texts);
  }

  private translated<P extends Props>(type: string, props: P): P {
    return this.locale === null ? props : translated(type, props, this.texts);
  }

  // --- events to the session

  private listenersOf(target: number | null, event: string): ListenerConfig[] {
    return [...this.listeners.values()].filter((listener) =>
      listener.targets.some(([block, name]) => block === target && name === event),
    );
  }

  /** One event of one listener, by its trigger mode. */
  private async dispatch(
    listener: ListenerConfig,
    target: number | null,
    event: string,
    payload: unknown,
    isFired = false,
  ): Promise<void> {
    if (this.jobs.isPending(listener.id)) {
      if (listener.trigger_mode === "once") return;
      if (listener.trigger_mode === "always_last") {
        this.again.set(listener.id, { target, event, payload });
        return;
      }
    }
    await this.run(listener, target, event, payload, isFired);
  }

  private async run(
    listener: ListenerConfig,
    target: number | null,
    event: string,
    payload: unknown,
    isFired = false,
  ): Promise<void> {
    if (listener.js === null && !listener.backend) {
      this.cancelFor(listener);
      return;
    }
    const job = this.nextJob();
    this.jobs.begin(job, listener);
    this.runs?.started(job, listener, [target, event], isFired);
    const waits = listener.inputs.map((id) => this.blocks.get(id)?.commit?.()).filter(Boolean);
    if (waits.length > 0) await Promise.allSettled(waits);
    let inputs: unknown[] | undefined;
    if (listener.js !== null) {
      try {
        const given = this.valuesOf(listener.inputs).map(forJs);
        const held = this.valuesOf(listener.outputs).map(forJs);
        inputs = (await runJs(listener.js, given, held, this.document)).map(fromJs);
      } catch (error) {
        console.error(error);
        const message = error instanceof Error ? error.message : String(error);
        this.toast("error", t("Error in the page's JavaScript"), escapeHtml(message));
        this.finish(job, listener, {
          status: "failed",
          title: "Error",
          message,
          visible: false,
          duration_s: null,
          traceback: null,
        });
        if (!listener.backend) this.chain(listener, [target, event], ["then", "failure"]);
        return;
      }
    }
    if (listener.backend) {
      const isGiven = inputs && inputs.length > 0 && listener.inputs.length > 0;
      this.runs?.sent(job, isGiven ? inputs : undefined);
      const given = isGiven ? { inputs: (inputs as unknown[]).map(named) } : {};
      this.send({
        kind: "event",
        job,
        listener: listener.id,
        target,
        event,
        ...(payload === null ? {} : { payload }),
        changes: this.takeUnsent(),
        ...given,
      });
      return;
    }
    batch(() => this.setOutputs(listener, inputs ?? []));
    this.finish(job, listener, { status: "done" });
    this.chain(listener, [target, event], ["then", "success"]);
  }

  /** A listener without a function may still cancel others. */
  private cancelFor(listener: ListenerConfig): void {
    if (listener.cancels.length > 0) this.send({ kind: "cancel", listeners: listener.cancels });
  }

  /** Results of a listener that lives in the page: values that changed are edits, and fire `change`; the rest is looks. */
  private setOutputs(listener: ListenerConfig, results: unknown[]): void {
    listener.outputs.forEach((id, index) => {
      const block = this.blocks.get(id);
      if (!block || index >= results.length) return;
      const { __type__, ...given } = asUpdate(results[index]);
      const before = block.props.peek();
      const names = Object.keys(given).filter((name) => before[name] !== given[name]);
      if (names.length === 0) return;
      const isNew = names.includes("value");
      if (isNew) block.rev += 1;
      block.props.value = { ...before, ...given };
      this.mirror(block, names);
      if (!isNew) return;
      this.unsent.set(id, (this.unsent.get(id) ?? new Set()).add("value"));
      this.trigger(block, "change");
    });
    this.flush();
    this.cancelFor(listener);
  }

  /** What follows a listener that only the page runs. */
  private chain(listener: ListenerConfig, [target, event]: Trigger, outcomes: Outcome[]): void {
    for (const next of this.listeners.values()) {
      if (next.after?.listener === listener.id && outcomes.includes(next.after.on)) {
        void this.run(next, target, event, null);
      }
    }
  }

  private finish(job: string, listener: ListenerConfig, update: Parameters<Jobs["update"]>[2]): void {
    this.jobs.update(job, listener, update);
    this.runs?.ended(job, update);
    const next = this.again.get(listener.id);
    if (!next || this.jobs.isPending(listener.id)) return;
    this.again.delete(listener.id);
    void this.run(listener, next.target, next.event, next.payload);
  }

  private valuesOf(ids: number[]): unknown[] {
    return ids.map((id) => this.blocks.get(id)?.props.peek().value ?? null);
  }

  private nextJob(): string {
    this.made += 1;
    return `${this.page}-${this.made}`;
  }

  private takeUnsent(): Changes {
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    const changes: Changes = {};
    for (const [id, names] of this.unsent) {
      const block = this.blocks.get(id);
      if (!block) continue;
      const props = block.props.peek();
      const entry: Props & { rev?: number } = {};
      for (const name of names) entry[name] = props[name];
      entry.rev = block.rev;
      changes[id] = entry;
    }
    this.unsent.clear();
    return changes;
  }

  private flush(): void {
    const changes = this.takeUnsent();
    if (Object.keys(changes).length > 0) this.send({ kind: "changes", changes });
  }

  private send(message: FromPage): void {
    this.channel?.send(message);
    if (message.kind === "event") this.listenForAWord();
  }

  /** A handler may take long; a process that does not even answer `ping` is held up by something else. */
  private listenForAWord(): void {
    this.patience ??= setTimeout(() => {
      this.channel.send({ kind: "ping" });
      this.patience = setTimeout(() => {
        this.isUnheard.value = true;
      }, PATIENCE_MS);
    }, PATIENCE_MS);
  }

  private heard(): void {
    clearTimeout(this.patience);
    this.patience = undefined;
    this.isUnheard.value = false;
  }

  // --- messages from the session

  private readonly handlers: { [K in ToPage["kind"]]: HandlerOf<K> } = {
    state: ({ models }) => this.applyModels(models),
    delta: ({ block, prop, ops, rev }) => {
      const model = this.blocks.get(block);
      if (!model || (prop === "value" && rev !== undefined && rev < model.rev)) return; // the user's edit is newer
      this.applyModels({ [block]: { [prop]: applyDelta(model.props.peek()[prop], ops), rev } });
    },
    job: (message) => this.onJob(message),
    fire: ({ listener, trigger: [target, event] }) => {
      const found = this.listeners.get(listener);
      if (found) void this.run(found, target, event, null, true);
    },
    toast: ({ level, title, message, duration_s, visible }) => {
      if (visible) this.toast(level, title, message, duration_s);
    },
    chunk: (message, buffers) => this.files.chunk(message, buffers),
    ack: (message) => this.files.acknowledged(message),
    result: ({ call, value, error }) => {
      const waiting = this.calls.get(call);
      this.calls.delete(call);
      if (error !== undefined) waiting?.reject(new Error(error));
      else waiting?.resolve(value);
    },
    tree: ({ parent, layout, blocks, listeners, removed }) => {
      for (const id of removed) this.listeners.delete(id);
      for (const listener of listeners) this.listeners.set(listener.id, listener);
      for (const [id, { type, props, rev }] of Object.entries(blocks)) this.put(Number(id), type, props, rev);
      const holder = this.blocks.get(parent);
      if (!holder) return;
      for (const child of layout) this.place(child, parent);
      holder.children.value = layout.map(({ id }) => id);
      this.prune();
    },
    reset: (message) => this.reset(message),
    pong: () => {},
  };

  private handle(message: ToPage, buffers: DataView[]): void {
    const handler = this.handlers[message.kind] as HandlerOf<ToPage["kind"]> | undefined;
    handler?.(message as never, buffers);
    if (message.ack === true && message.seq) afterPaint(() => this.send({ kind: "ack", seq: message.seq }));
  }

  private applyModels(models: Changes): void {
    for (const [id, { rev, ...props }] of Object.entries(models)) {
      const block = this.blocks.get(Number(id));
      if (!block) continue;
      block.apply(this.translated(block.type, props), rev);
      this.mirror(block, Object.keys(props));
    }
  }

  private onJob({ kind: _, seq: __, job, listener: id, ...update }: JobMessage): void {
    const listener = this.listeners.get(id) ?? this.jobs.listenerOf(job);
    if (!listener) return;
    const isNew = !this.jobs.has(job);
    if (isNew && update.status !== "ignored") this.runs?.heard(job, listener);
    if (update.status === "done" && listener.scroll_to_output) this.scrollTo(listener.outputs[0]);
    if (update.status === "failed" && update.visible && !this.hasPlaceFor(update.invalid)) {
      this.toast("error", update.title, update.message, update.duration_s);
    }
    if (update.status === "failed" && update.traceback && this.isInline) {
      this.log.value = [
        ...this.log.peek(),
        { stream: "stderr" as const, text: `${update.traceback}\n` },
      ].slice(-LOG_LIMIT);
    }
    if (update.status === "refused") this.toast("warning", t("Busy"), escapeHtml(update.message));
    if (isEnd(update as JobMessage)) {
      if (isNew && update.status === "ignored") return;
      this.finish(job, listener, update as JobMessage);
      if (update.status === "failed" && update.invalid) this.showInvalid(update.invalid);
    } else this.jobs.update(job, listener, update as JobMessage);
  }

  private hasPlaceFor(invalid: Record<string, string> = {}): boolean {
    return Object.keys(invalid).some((id) => this.blocks.get(Number(id))?.props.peek().visible === true);
  }

  /** What a validator says of an input stands at that input, until it is edited. */
  private showInvalid(invalid: Record<string, string>): void {
    for (const [id, message] of Object.entries(invalid)) {
      const block = this.blocks.get(Number(id));
      if (block)
        block.status.value = { state: "failed", detail: "full", started_at: 0, message, isInvalid: true };
    }
  }

  private scrollTo(id: number | undefined): void {
    if (id === undefined) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.document
      .querySelector(`[data-block="${id}"]`)
      ?.scrollIntoView({ block: "nearest", behavior: isCalm ? "auto" : "smooth" });
  }

  private reset({ template, models, running }: ResetMessage): void {
    this.take(template, models);
    const alive = new Set(running.map(({ job }) => job));
    for (const [job, listener] of this.jobs.all()) {
      if (!alive.has(job)) this.finish(job, listener, { status: "ignored" });
    }
    for (const message of running) this.onJob(message as JobMessage);
  }

  /** Takes a whole template; blocks that stay keep their identity, and with it focus and what is being typed. */
  private take(template: Template, models: Changes): void {
    this.template = template;
    this.listeners.clear();
    for (const listener of template.listeners) this.listeners.set(listener.id, listener);
    for (const [id, { type, props }] of Object.entries(template.blocks)) {
      const { rev, ...overrides } = models[id] ?? {};
      this.put(Number(id), type, { ...props, ...overrides }, rev ?? 0);
    }
    const shown = template.layouts?.[this.path.peek()] ?? template.layout;
    for (const layout of this.layouts()) {
      if (!this.blocks.has(layout.id)) this.put(layout.id, "column", {});
      this.place(layout, null);
    }
    this.root.value = shown.id;
    this.prune();
  }

  private put(id: number, type: string, raw: Props, rev = 0): void {
    const props = this.translated(type, raw);
    const known = this.blocks.get(id);
    if (!known || known.type !== type) {
      const block = new Block(this, id, type, props);
      block.rev = rev;
      this.blocks.set(id, block);
      if (this.channel && type === KEPT) {
        void this.restore(block).then(() => {
          if (this.restored.splice(0).length === 0) return;
          this.flush();
          this.changedUnseen(block);
        });
      }
      return;
    }
    const isNewer = known.rev > rev;
    const value = known.props.peek().value;
    known.props.value = isNewer && "value" in props ? { ...props, value } : props;
    if (isNewer) this.unsent.set(id, (this.unsent.get(id) ?? new Set()).add("value"));
    else known.rev = rev;
    this.mirror(known, Object.keys(props));
  }

  private layouts(): LayoutNode[] {
    return this.template.layouts ? Object.values(this.template.layouts) : [this.template.layout];
  }

  private place(node: LayoutNode, parent: number | null): void {
    const block = this.blocks.get(node.id);
    if (!block) return;
    block.parent = parent;
    const children = node.children.map(({ id }) => id);
    if (children.join() !== block.children.peek().join()) block.children.value = children;
    for (const child of node.children) this.place(child, node.id);
  }

  /** Forgets blocks that no longer stand in the tree, but keeps those without a place (State). */
  private prune(): void {
    const seen = new Set<number>();
    const walk = (id: number) => {
      seen.add(id);
      this.blocks.get(id)?.children.peek().forEach(walk);
    };
    for (const { id } of this.layouts()) walk(id);
    for (const [id, block] of this.blocks) {
      if (!seen.has(id) && block.parent !== null) this.blocks.delete(id);
    }
  }

  // --- connection

  private connectMirror(channel: MirroredChannel): void {
    batch(() => {
      for (const block of this.blocks.values()) {
        const state = channel.modelState(block.id);
        if (!state) continue;
        const { rev, ...props } = state;
        block.apply(this.translated(block.type, props), Number(rev ?? 0));
      }
    });
    channel.onUpgrade(() => {
      for (const block of this.blocks.values()) this.mirror(block, Object.keys(block.props.peek()));
      this.hello();
    });
    channel.onForeignEdit((id, props) => batch(() => this.blocks.get(id)?.edit(props)));
  }

  private mirror(block: Block, names: string[]): void {
    if (!this.channel || !("mirror" in this.channel)) return;
    const props = block.props.peek();
    (this.channel as MirroredChannel).mirror(
      block.id,
      Object.fromEntries(names.map((name) => [name, props[name]])),
    );
  }

  /** After a reconnection: events that were lost on the way no longer hold up their listeners. */
  private recover(): void {
    this.files.resume();
    const lost = this.jobs.unknown();
    setTimeout(() => {
      const still = new Set(this.jobs.unknown().map(([job]) => job));
      for (const [job, listener] of lost)
        if (still.has(job)) this.finish(job, listener, { status: "ignored" });
    }, LOST_EVENT_MS);
  }

  private async importAsset(name: string): Promise<unknown> {
    const url = this.channel.assetUrl(name);
    if (url) return import(/* @vite-ignore */ url);
    const blob = URL.createObjectURL(
      new Blob([await this.files.fetch(`asset:${name}`)], { type: "text/javascript" }),
    );
    try {
      return await import(/* @vite-ignore */ blob);
    } finally {
      URL.revokeObjectURL(blob);
    }
  }
}

/** An update dict as it is, anything else as a new value. */
function asUpdate(result: unknown): Props {
  const isUpdate = typeof result === "object" && result !== null && (result as Props).__type__ === "update";
  return isUpdate ? (result as Props) : { value: result };
}

/** Calls back once what was changed is on the screen; a hidden page paints nothing, so there the clock decides. */
export function afterPaint(callback: () => void): void {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    callback();
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, 100);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(6))]
    .map((byte) => byte.toString(36).padStart(2, "0"))
    .join("");
}
