/** Which runs of this page are kept in its browser: those that a person started, and what followed from them. */

import { type Signal, signal } from "@preact/signals";
import type { Block } from "../model";
import { labelOf } from "../ui/frame";
import type { JobUpdate, ListenerConfig } from "../wire/messages";

/** What the page is told: which app it is to the browser, and whether that one's runs are kept. */
export interface RunsConfig {
  scope: string;
  kept: boolean;
}

export interface KeptValue {
  block: number;
  type: string;
  label: string;
  value: unknown;
  /** Why the value is not here. */
  left_out?: "secret" | "large";
}

export interface Run {
  at_ms: number;
  time_s: number;
  /** Caption of what started it. */
  name: string;
  status: "done" | "failed" | "cancelled";
  message?: string;
  inputs: KeptValue[];
  outputs: KeptValue[];
}

/** What is fetched once there is a run to keep or to look at: `views/runs.ts`. */
export interface RunsChunk {
  css: string;
  keep(scope: string, run: Run, addressOf: AddressOf): Promise<boolean>;
  forget(scope: string): Promise<void>;
  open(given: Opened): Promise<void>;
}

export type AddressOf = (file: { path: string; url: string | null }) => Promise<string>;

export interface Opened {
  scope: string;
  block: (id: number) => Block | undefined;
  root: HTMLElement;
  /** None is left. */
  emptied: () => void;
}

/** The app, as far as its runs need it. */
interface Page {
  block: (id: number) => Block | undefined;
  listener: (id: number) => ListenerConfig | undefined;
  addressOf: AddressOf;
  chunk: () => Promise<RunsChunk>;
}

interface Begun {
  listener: ListenerConfig;
  at_ms: number;
  started_at: number;
  name: string;
  inputs: KeptValue[];
}

const NOBODYS = new Set(["tick", "load", "unload", "stream"]);
const ENDED = new Set<string>(["done", "failed", "cancelled"]);
/** Kinds whose values the page does not have. */
const UNSEEN = new Set(["state", "browserstate"]);

export class Recorder {
  /** Whether the browser has runs of this app. */
  readonly hasRuns: Signal<boolean>;
  private readonly begun = new Map<string, Begun>();
  /** Whether a person started the last run of each listener; the newest last. */
  private readonly isPersons = new Map<number, boolean>();

  constructor(
    private readonly config: RunsConfig,
    private readonly page: Page,
  ) {
    this.hasRuns = signal(marked(this.marker));
    if (config.kept || !this.hasRuns.peek()) return;
    this.emptied(); // the app no longer keeps runs: what it kept goes
    void page.chunk().then(({ forget }) => forget(config.scope));
  }

  /** An event of this page runs a listener; `isFired`: an update of the session made it. */
  started(
    job: string,
    listener: ListenerConfig,
    [target, event]: [number | null, string],
    isFired: boolean,
  ): void {
    const isPersons = isFired ? this.isMadeByPerson(target) : !NOBODYS.has(event);
    this.begin(job, listener, isPersons, target);
  }

  /** The session speaks of a run that it started itself: one that follows another, or one at load. */
  heard(job: string, listener: ListenerConfig): void {
    let root = listener;
    for (let next = root.after; next; next = root.after) {
      const before = this.page.listener(next.listener);
      if (!before) break;
      root = before;
    }
    const isPersons = root !== listener && (this.isPersons.get(root.id) ?? false);
    this.begin(job, listener, isPersons, root.targets[0]?.[0] ?? null);
  }

  /** The values that go with an event, once they are known. */
  sent(job: string, inputs?: unknown[]): void {
    const begun = this.begun.get(job);
    if (begun) begun.inputs = this.valuesOf(begun.listener.inputs, inputs);
  }

  ended(job: string, update: JobUpdate): void {
    const begun = this.begun.get(job);
    this.begun.delete(job);
    if (!begun || !ENDED.has(update.status)) return;
    const { at_ms, started_at, name, inputs, listener } = begun;
    const run: Run = {
      at_ms,
      time_s: (performance.now() - started_at) / 1000,
      name,
      status: update.status as Run["status"],
      ...(update.status === "failed" && update.visible ? { message: update.message } : {}),
      inputs,
      outputs: update.status === "done" ? this.valuesOf(listener.outputs) : [],
    };
    void this.page
      .chunk()
      .then(({ keep }) => keep(this.config.scope, run, this.page.addressOf))
      .then((isKept) => isKept && this.kept())
      .catch((error: unknown) => console.warn("A run could not be kept", error));
  }

  /** Shows the runs that the browser has. */
  async open(root: HTMLElement): Promise<void> {
    const { open } = await this.page.chunk();
    const { scope } = this.config;
    await open({ scope, block: this.page.block, root, emptied: () => this.emptied() });
  }

  private begin(job: string, listener: ListenerConfig, isPersons: boolean, target: number | null): void {
    this.isPersons.delete(listener.id);
    this.isPersons.set(listener.id, isPersons);
    const isKept = this.config.kept && listener.backend && !listener.unlisted;
    if (!isPersons || !isKept || listener.connection === "stream") return;
    const block = target === null ? undefined : this.page.block(target);
    const value = block?.type.endsWith("button") ? block.props.peek().value : null;
    this.begun.set(job, {
      listener,
      at_ms: Date.now(),
      started_at: performance.now(),
      name: typeof value === "string" && value ? value : block ? labelOf(block) : "",
      inputs: this.valuesOf(listener.inputs),
    });
  }

  /** Whether what last changed a block came of what a person did. */
  private isMadeByPerson(target: number | null): boolean {
    const newestFirst = [...this.isPersons].reverse();
    const made = newestFirst.find(([id]) => this.page.listener(id)?.outputs.includes(target as number));
    return made?.[1] ?? false;
  }

  private valuesOf(ids: number[], given?: unknown[]): KeptValue[] {
    return ids.flatMap((id, index) => {
      const block = this.page.block(id);
      if (!block || UNSEEN.has(block.type)) return [];
      const { type, value } = block.props.peek();
      const described = { block: id, type: block.type, label: labelOf(block) };
      if (block.type === "textbox" && type === "password")
        return [{ ...described, value: null, left_out: "secret" as const }];
      return [{ ...described, value: (given && index < given.length ? given[index] : value) ?? null }];
    });
  }

  private kept(): void {
    this.hasRuns.value = true;
    try {
      localStorage.setItem(this.marker, "1");
    } catch {} // no storage: they are found until the page goes
  }

  private emptied(): void {
    this.hasRuns.value = false;
    try {
      localStorage.removeItem(this.marker);
    } catch {}
  }

  /** Says without waiting whether there are any. */
  private get marker(): string {
    return `nbblocks:runs:${this.config.scope}`;
  }
}

function marked(name: string): boolean {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}
