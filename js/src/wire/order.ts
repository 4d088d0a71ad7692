/** Messages in the order of their `seq`, whatever order they came in. */

import type { ToPage } from "./messages";

const HOLE_MS = 1000;

type Deliver = (message: ToPage, buffers: DataView[]) => void;

/**
 * Delivers messages strictly by `seq`, holding one that came early. After a second with a hole it asks for a
 * resync. Messages with `seq` 0 stand outside the order and pass at once.
 */
export class Inbox {
  /** The last message applied; 0: none. */
  applied: number;
  private readonly held = new Map<number, [ToPage, DataView[]]>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly deliver: Deliver,
    private readonly resync: () => void,
    applied = 0,
  ) {
    this.applied = applied;
  }

  receive(message: ToPage, buffers: DataView[] = []): void {
    if (!message.seq) this.deliver(message, buffers);
    else if (message.kind === "reset") this.reset(message, buffers);
    else if (message.seq > this.applied) {
      this.held.set(message.seq, [message, buffers]);
      this.drain();
    }
  }

  close(): void {
    clearTimeout(this.timer);
    this.held.clear();
  }

  /** A reset is the whole state, so it goes ahead of any hole, and back in `seq` when a new session answers. */
  private reset(message: ToPage, buffers: DataView[]): void {
    this.applied = message.seq;
    for (const seq of this.held.keys()) if (seq <= message.seq) this.held.delete(seq);
    this.deliver(message, buffers);
    this.drain();
  }

  private drain(): void {
    for (let next = this.held.get(this.applied + 1); next; next = this.held.get(this.applied + 1)) {
      this.applied += 1;
      this.held.delete(this.applied);
      this.deliver(...next);
    }
    clearTimeout(this.timer);
    if (this.held.size > 0) this.timer = setTimeout(() => this.hole(), HOLE_MS);
  }

  private hole(): void {
    this.resync();
    this.timer = setTimeout(() => this.hole(), HOLE_MS);
  }
}
