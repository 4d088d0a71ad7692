/** What runs: which jobs are pending, and what each block shows of them. */

import type { Block, Status } from "./model";
import type { JobUpdate, ListenerConfig } from "./wire/messages";

interface Job {
  listener: ListenerConfig;
  status: Status | null;
  /** False until the session has spoken of it. */
  isKnown: boolean;
  /** Shows that it runs, unless it ends before. */
  timer?: ReturnType<typeof setTimeout>;
}

/** A job that ends sooner leaves no trace: nothing flickers, and nothing is drawn while the answer is on its way. */
const QUIET_MS = 150;
const ENDS = new Set(["done", "failed", "cancelled", "refused", "ignored"]);

export const isEnd = (update: JobUpdate): boolean => ENDS.has(update.status);

/** Keeps the pending jobs and puts the newest one's status into the blocks that should show it. */
export class Jobs {
  private readonly pending = new Map<string, Job>();

  constructor(
    private readonly block: (id: number) => Block | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {}

  begin(job: string, listener: ListenerConfig): void {
    const status: Status | null =
      listener.show_progress === "hidden"
        ? null
        : { state: "running", detail: listener.show_progress, started_at: this.now() };
    const entry: Job = { listener, status, isKnown: false };
    this.pending.set(job, entry);
    if (!status) return;
    for (const block of this.shownOn(listener))
      if (block.status.peek()?.state === "failed") block.status.value = null;
    entry.timer = setTimeout(() => this.show(listener, entry.status), QUIET_MS);
  }

  isPending(listener: number): boolean {
    for (const job of this.pending.values()) if (job.listener.id === listener) return true;
    return false;
  }

  /** Whose job it is, also when the page has let go of the listener since. */
  listenerOf(job: string): ListenerConfig | undefined {
    return this.pending.get(job)?.listener;
  }

  has(job: string): boolean {
    return this.pending.has(job);
  }

  /** Takes news of a job, also of one that this page did not begin; returns true when it ended. */
  update(job: string, listener: ListenerConfig, update: JobUpdate): boolean {
    if (!this.pending.has(job) && !isEnd(update)) this.begin(job, listener);
    const entry = this.pending.get(job);
    clearTimeout(entry?.timer);
    if (isEnd(update)) {
      this.pending.delete(job);
      this.end(listener, update);
      return true;
    }
    if (!entry) return false;
    entry.isKnown = true;
    if (entry.status) {
      entry.status = { ...entry.status, ...news(update) };
      this.show(listener, entry.status);
    }
    return false;
  }

  /** Jobs whose event was lost with a connection: the session never spoke of them. */
  unknown(): [job: string, listener: ListenerConfig][] {
    return [...this.pending].filter(([, job]) => !job.isKnown).map(([id, job]) => [id, job.listener]);
  }

  all(): [job: string, listener: ListenerConfig][] {
    return [...this.pending].map(([id, job]) => [id, job.listener]);
  }

  private end(listener: ListenerConfig, update: JobUpdate): void {
    const failed = update.status === "failed" || update.status === "refused";
    for (const block of this.shownOn(listener)) {
      const other = this.latestFor(block.id);
      if (other) block.status.value = other;
      else if (failed && listener.show_progress !== "hidden") {
        block.status.value = { state: "failed", detail: "full", started_at: 0, message: update.message };
      } else block.status.value = null;
    }
  }

  private latestFor(block: number): Status | null {
    let latest: Status | null = null;
    for (const job of this.pending.values()) {
      if (job.status && shownIds(job.listener).includes(block)) latest = job.status;
    }
    return latest;
  }

  private show(listener: ListenerConfig, status: Status | null): void {
    if (status) for (const block of this.shownOn(listener)) block.status.value = status;
  }

  private shownOn(listener: ListenerConfig): Block[] {
    return shownIds(listener)
      .map(this.block)
      .filter((block) => block !== undefined);
  }
}

const shownIds = ({ show_progress_on, outputs }: ListenerConfig) =>
  show_progress_on.length > 0 ? show_progress_on : outputs;

function news(update: JobUpdate): Partial<Status> {
  switch (update.status) {
    case "queued":
      return { state: "queued", position: update.position, size: update.size, eta_s: update.eta_s };
    case "started":
      return { state: "running", eta_s: update.eta_s };
    case "progress":
      return { state: "running", bars: update.bars };
    default:
      return {};
  }
}
