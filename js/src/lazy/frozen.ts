/** The session of a frozen page: it computes nothing, and knows what happens for the inputs that were chosen before. */

import type { Channel, Receive } from "../host/channel";
import type { Changes, FromPage, Props, Template, ToPage } from "../wire/messages";

interface Run {
  values: unknown[];
  messages: Record<string, unknown>[];
}

interface Frozen {
  /** Blocks whose values decide what happens. */
  keys: number[];
  runs: Run[];
  /** Why it cannot be known before. */
  refused?: string;
}

interface Boot {
  template: Template;
  models: Changes;
}

/** Shortest time between two values of one component: a stream is seen as one. */
const FRAME_MS = 30;

/** JSON that is the same for the same value, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** What lies in the page under a name. */
async function embedded(ref: string): Promise<[bytes: ArrayBuffer, type: string] | null> {
  const element = document.querySelector<HTMLElement>(`script[data-ref="${CSS.escape(ref)}"]`);
  if (!element) return null;
  const blob = new Blob([bytesOf(element.textContent ?? "")]);
  const isSqueezed = element.dataset.gzip !== undefined;
  const stream = isSqueezed ? blob.stream().pipeThrough(new DecompressionStream("gzip")) : blob.stream();
  return [await new Response(stream).arrayBuffer(), element.dataset.type ?? "text/javascript"];
}

export class FrozenChannel implements Channel {
  readonly chunk_bytes = 1 << 20;
  readonly multiplexed = true;
  private receive: Receive = () => {};
  private readonly values = new Map<number, unknown>();
  private readonly revs = new Map<number, number>();
  private seq = 0;
  private made = 0;

  constructor(
    boot: Boot,
    private readonly listeners: Record<string, Frozen>,
  ) {
    for (const [id, { props }] of Object.entries(boot.template.blocks))
      this.values.set(Number(id), props.value);
    for (const [id, props] of Object.entries(boot.models))
      if ("value" in props) this.values.set(Number(id), props.value);
  }

  listen(receive: Receive, opened: () => void): void {
    this.receive = receive;
    opened();
  }

  assetUrl(): null {
    return null;
  }

  close(): void {}

  send(message: FromPage): void {
    if (message.kind === "changes") this.take(message.changes);
    else if (message.kind === "event") {
      this.take(message.changes);
      void this.happen(message.listener, message.job, message.inputs);
    } else if (message.kind === "fetch") void this.fetch(message.ref);
    else if (message.kind === "upload") {
      const { file, chunk } = message;
      this.direct({ kind: "ack", file, chunk, error: "This page is frozen: it takes no files." });
    } else if (message.kind === "call")
      this.direct({ kind: "result", call: message.call, error: "This page is frozen." });
  }

  private take(changes: Changes): void {
    for (const [id, { rev, ...props }] of Object.entries(changes)) {
      if ("value" in props) this.values.set(Number(id), props.value);
      this.revs.set(Number(id), Number(rev ?? 0));
    }
  }

  private tell(message: Record<string, unknown>): void {
    this.seq += 1;
    this.receive({ ...message, seq: this.seq } as unknown as ToPage, []);
  }

  private direct(message: Record<string, unknown>, buffers: DataView[] = []): void {
    queueMicrotask(() => this.receive({ ...message, seq: 0 } as unknown as ToPage, buffers));
  }

  private async fetch(ref: string): Promise<void> {
    const found = await embedded(ref);
    const answer = { kind: "chunk", ref, chunk: 0 };
    if (!found) return this.direct({ ...answer, error: "This page was frozen without it." });
    const [bytes, mime_type] = found;
    this.direct({ ...answer, chunks: 1, size_bytes: bytes.byteLength, mime_type }, [new DataView(bytes)]);
  }

  /** An event: what happened when it was frozen happens again. */
  private async happen(id: number, job: string, given?: unknown[]): Promise<void> {
    const listener = this.listeners[id];
    const wanted = listener?.keys.map((key, at) => given?.[at] ?? this.values.get(key)) ?? [];
    const run = listener && !listener.refused ? this.find(listener, wanted) : null;
    if (!listener || !run) {
      const message = listener?.refused
        ? `This page is frozen, and ${listener.refused}.`
        : "This page is frozen, and was made without these inputs.";
      const failed = { kind: "job", job, listener: id, status: "failed", title: "Frozen", message };
      this.tell({ ...failed, visible: true, duration_s: 10, traceback: null, time_s: 0 });
      return;
    }
    this.snap(listener, run, wanted);
    const shown = new Set<string>();
    this.made += 1;
    for (const message of run.messages) {
      if (message.kind === "state") {
        const models = message.models as Changes;
        if (Object.keys(models).some((key) => shown.has(key))) {
          await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
          shown.clear();
        }
        for (const key of Object.keys(models)) shown.add(key);
        this.show(models);
      } else {
        const told = message.job === "job" ? job : `${message.job as string}-${this.made}`;
        this.tell("job" in message ? { ...message, job: told } : message);
      }
    }
  }

  private show(models: Changes): void {
    const states: Record<string, Props> = {};
    for (const [id, props] of Object.entries(models)) {
      if ("value" in props) this.values.set(Number(id), props.value);
      states[id] = { ...props, rev: this.revs.get(Number(id)) ?? 0 };
    }
    this.tell({ kind: "state", models: states });
  }

  /** The run with these values, or the one whose numbers are nearest and whose other values are the same. */
  private find({ runs }: Frozen, wanted: unknown[]): Run | null {
    let best: Run | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const run of runs) {
      let distance = 0;
      run.values.forEach((value, at) => {
        const asked = wanted[at];
        if (typeof value === "number" && typeof asked === "number")
          distance += Math.abs(value - asked) / (Math.abs(value) + Math.abs(asked) || 1);
        else if (canonical(value ?? null) !== canonical(asked ?? null)) distance = Number.POSITIVE_INFINITY;
      });
      if (distance < least) [best, least] = [run, distance];
    }
    return best;
  }

  /** Numbers that were not computed give way to those that were: the page shows what its answer is for. */
  private snap({ keys }: Frozen, { values }: Run, wanted: unknown[]): void {
    const moved: Changes = {};
    keys.forEach((key, at) => {
      if (typeof values[at] === "number" && values[at] !== wanted[at]) moved[key] = { value: values[at] };
    });
    if (Object.keys(moved).length > 0) this.show(moved);
  }
}
