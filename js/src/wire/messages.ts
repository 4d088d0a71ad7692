/** The messages between a page and a session; the twin of `nbblocks/wire/messages.py`, explained in docs/protocol.md. */

export type Props = Record<string, unknown>;

export interface FileData {
  path: string;
  url: string | null;
  size: number | null;
  orig_name: string;
  mime_type: string | null;
  is_stream: boolean;
  meta: { _type: "gradio.FileData" };
}

export interface LayoutNode {
  id: number;
  children: LayoutNode[];
}

export interface BlockConfig {
  type: string;
  props: Props;
  /** The edit that `value` is or answers. */
  rev?: number;
}

export type Trigger = [target: number | null, event: string];
export type TriggerMode = "once" | "multiple" | "always_last";
export type ShowProgress = "full" | "minimal" | "hidden";
export type Outcome = "then" | "success" | "failure";

export interface ListenerConfig {
  id: number;
  targets: Trigger[];
  after: { listener: number; on: Outcome } | null;
  inputs: number[];
  outputs: number[];
  backend: boolean;
  js: string | null;
  trigger_mode: TriggerMode;
  show_progress: ShowProgress;
  show_progress_on: number[];
  scroll_to_output: boolean;
  cancels: number[];
  connection: "sse" | "stream";
  time_limit: number | null;
  stream_every: number;
  /** Path of the page of the app on which it listens, where that is not the first. */
  page?: string;
  /** It is none of the app's public functions. */
  unlisted?: true;
}

export type FooterLink = string | { label: string; url: string };

export interface Template {
  version: string;
  title: string;
  mode: string;
  fill_height: boolean;
  fill_width: boolean;
  css: string;
  js: string | null;
  head: string;
  /** The author's texts by language and key. */
  i18n?: Record<string, Record<string, string>> | null;
  /** CSS of the theme. */
  theme: string | null;
  height: number | string | null;
  width: number | string;
  footer_links: FooterLink[] | null;
  chunks: string[];
  layout: LayoutNode;
  /** Path, name and whether it has a link, of each page of an app that has several. */
  pages?: [path: string, name: string, shown: boolean][];
  /** Path of the page that is shown. */
  page?: string;
  /** Trees of all pages, where one display shows each in turn. */
  layouts?: Record<string, LayoutNode>;
  blocks: Record<string, BlockConfig>;
  listeners: ListenerConfig[];
}

/** New props of each block, by block id; `rev` says which edit its `value` is or answers. */
export type Changes = Record<string, Props & { rev?: number }>;

export type FromPage =
  | {
      kind: "hello";
      version: string;
      page: string;
      locale: string;
      theme: "light" | "dark";
      seq: number;
      multiplexed: boolean;
      query: Record<string, string>;
      url: string;
    }
  | {
      kind: "event";
      job: string;
      listener: number;
      target: number | null;
      event: string;
      payload?: unknown;
      changes: Changes;
      inputs?: unknown[];
    }
  | { kind: "changes"; changes: Changes }
  | { kind: "cancel"; jobs?: string[]; listeners?: number[] }
  | { kind: "ack"; seq: number }
  | { kind: "fetch"; ref: string; chunk: number; credit: number }
  | {
      kind: "upload";
      file: string;
      block: number;
      name: string;
      size_bytes: number;
      mime_type: string;
      chunk: number;
      last: boolean;
    }
  | { kind: "call"; call: string; block: number; function: string; data: unknown }
  | { kind: "open"; path: string }
  | { kind: "ping" }
  | { kind: "bye"; page: string };

export interface ProgressBar {
  index: number | null;
  length: number | null;
  unit: string | null;
  desc: string | null;
  progress: number | null;
}

export type JobUpdate =
  | { status: "queued"; position: number; size: number; eta_s: number | null }
  | { status: "started"; eta_s: number | null }
  | { status: "progress"; bars: ProgressBar[] }
  | { status: "done"; time_s?: number }
  | {
      status: "failed";
      title: string;
      message: string;
      visible: boolean;
      duration_s: number | null;
      traceback: string | null;
      /** What a validator said of each input that it refused, by block id. */
      invalid?: Record<string, string>;
      time_s?: number;
    }
  | { status: "cancelled" }
  | { status: "refused"; message: string }
  | { status: "ignored" };

export type JobMessage = {
  kind: "job";
  seq: number;
  ack?: boolean;
  job: string;
  listener: number;
} & JobUpdate;

export type DeltaPath = (string | number)[];
export type DeltaOp =
  | ["append", DeltaPath, string | unknown[]]
  | ["replace", DeltaPath, unknown]
  | ["add", DeltaPath, unknown]
  | ["delete", DeltaPath];

export type ToastLevel = "info" | "warning" | "success" | "error";

export interface StateMessage {
  kind: "state";
  seq: number;
  ack?: boolean;
  models: Changes;
}

export interface ResetMessage {
  kind: "reset";
  seq: number;
  ack?: boolean;
  template: Template;
  models: Changes;
  running: Omit<JobMessage, "seq">[];
}

type Ordered = { seq: number; ack?: boolean };

export type ToPage =
  | StateMessage
  | JobMessage
  | ResetMessage
  | (Ordered & { kind: "delta"; block: number; prop: string; ops: DeltaOp[]; rev?: number })
  | (Ordered & { kind: "fire"; listener: number; trigger: Trigger })
  | (Ordered & {
      kind: "toast";
      level: ToastLevel;
      title: string;
      message: string;
      duration_s: number | null;
      visible: boolean;
    })
  | (Ordered & {
      kind: "chunk";
      ref: string;
      chunk: number;
      chunks: number;
      size_bytes: number;
      mime_type: string;
      error?: string;
    })
  | (Ordered & { kind: "ack"; file: string; chunk: number; value?: FileData; error?: string })
  | (Ordered & { kind: "pong" })
  | (Ordered & { kind: "result"; call: string; value?: unknown; error?: string })
  | (Ordered & {
      kind: "tree";
      parent: number;
      layout: LayoutNode[];
      blocks: Record<string, BlockConfig>;
      listeners: ListenerConfig[];
      removed: number[];
    });
