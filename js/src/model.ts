/** One block in this page: its props as a signal, its revision, and what it can ask of the app. */

import { type Signal, signal } from "@preact/signals";
import type { FileData, ProgressBar, Props } from "./wire/messages";

/** What a block shows of the jobs that will change it. */
export interface Status {
  state: "queued" | "running" | "failed";
  /** `full`: also queue position and bars; `minimal`: the line and the time only. */
  detail: "full" | "minimal";
  started_at: number;
  position?: number;
  size?: number;
  eta_s?: number | null;
  bars?: ProgressBar[];
  message?: string;
  /** The message is what is wrong with the block's own value. */
  isInvalid?: boolean;
}

/** Another widget that stands in an app. */
export interface Guest {
  get(name: string): unknown;
  /** Where the model is the page's own: gives it what the session says. */
  set?(name: string, value: unknown): void;
  /** Calls back when one of its properties changes; gives what ends that. */
  watch(name: string, changed: () => void): () => void;
  /** Shows it in an element of the page; gives what takes it away. */
  showIn(element: HTMLElement): Promise<() => void>;
}

/** Finds a widget by its reference, `IPY_MODEL_<id>`. */
export type Guests = (reference: string) => Promise<Guest>;

/** The app, as far as a block needs it. */
export interface Actions {
  /** `isQuiet`: nothing listens to it, as nobody did anything. */
  edited(block: Block, names: string[], isQuiet?: boolean): void;
  trigger(block: Block, event: string, payload?: unknown): void;
  upload(block: Block, file: File, progress: (fraction: number) => void): Promise<FileData>;
  fileUrl(file: FileData): Promise<string>;
  /** Hands a file to the user, under its own name. */
  download(file: FileData, progress?: (fraction: number) => void): Promise<void>;
  call(block: Block, name: string, data: unknown): Promise<unknown>;
  chunk<T>(name: string): Promise<T>;
  /** Loads a family of lazy views. */
  family(name: string): Promise<void>;
  child(id: number): Block | undefined;
  /** Whether anything follows from an event of a block. */
  listens(block: Block, event: string): boolean;
  /** Seconds between two pictures or sounds of a block that streams. */
  streamEvery(block: Block): number;
  /** Seconds after which a block that streams stops; null: it goes on. */
  streamLimit(block: Block): number | null;
  toast(level: "info" | "error", title: string, message: string): void;
  /** Where user code of a component looks for elements: the app's root. */
  readonly document: Document;
  readonly isInline: boolean;
  /** Other widgets of the notebook's page; null where there are none. */
  readonly guests?: Guests | null;
  /** Who logged in to the app's own page. */
  readonly user?: string | null;
}

export class Block {
  readonly props: Signal<Props>;
  readonly children: Signal<number[]> = signal([]);
  readonly status: Signal<Status | null> = signal(null);
  /** The newest edit of `value` that this page knows, its own or the session's. */
  rev = 0;
  /** Brings what the user did into `value`, where that takes time; undefined: it is there. Events that need it wait. */
  commit: (() => Promise<unknown> | undefined) | null = null;
  parent: number | null = null;

  constructor(
    readonly app: Actions,
    readonly id: number,
    readonly type: string,
    props: Props,
  ) {
    this.props = signal(props);
  }

  get value(): unknown {
    return this.props.value.value;
  }

  /** The user changed props: shown at once, sent with the next event or soon. An edit of `value` fires `input` and `change`. */
  edit(props: Props, isQuiet = false): void {
    const before = this.props.peek();
    const names = Object.keys(props).filter((name) => before[name] !== props[name]);
    if (names.length === 0) return;
    if (names.includes("value")) this.rev += 1;
    this.props.value = { ...before, ...props };
    this.app.edited(this, names, isQuiet);
  }

  /** What the session says; a `value` older than the user's own edit is left out. */
  apply(props: Props, rev?: number): void {
    const accepted = { ...props };
    if ("value" in accepted && rev !== undefined) {
      if (rev < this.rev) delete accepted.value;
      else this.rev = rev;
    }
    if (Object.keys(accepted).length > 0) this.props.value = { ...this.props.peek(), ...accepted };
  }

  trigger(event: string, payload: unknown = null): void {
    this.app.trigger(this, event, payload);
  }
}

/** A component or layout's view. */
export interface ViewProps {
  block: Block;
}

/** A block's props as its own type. */
export function propsOf<T>(block: Block): T {
  return block.props.value as T;
}
