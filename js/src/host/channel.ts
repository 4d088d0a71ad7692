/** An ordered two-way pipe of messages between this page and one session; the only thing an app knows of its host. */

import type { FromPage, ToPage } from "../wire/messages";

export type Receive = (message: ToPage, buffers: DataView[]) => void;

export interface Channel {
  /** Bytes in one chunk of an upload. */
  readonly chunk_bytes: number;
  /** True when `state` messages come on this channel, not as updates of child models. */
  readonly multiplexed: boolean;
  send(message: FromPage, buffers?: ArrayBuffer[]): void;
  /** Hear every message; `opened` is called when the pipe is first open and after each reconnection. */
  listen(receive: Receive, opened: () => void): void;
  /** Where a file of the build lies, when it can be had by URL; null: over the channel. */
  assetUrl(name: string): string | null;
  /** Where a file of the session lies, by its token, where a server of ours can be asked for it. */
  fileUrl?(token: string): string;
  close(): void;
}

/** A channel whose session's child models mirror the props (inline). */
export interface MirroredChannel extends Channel {
  /** Props of a child model as it is now; null when there is none. */
  modelState(block: number): Record<string, unknown> | null;
  /** Put props into a child model, so that other widgets linked to it see them. */
  mirror(block: number, props: Record<string, unknown>): void;
  /** Hear that child models came after the page was drawn; `multiplexed` is false from then on. */
  onUpgrade(upgraded: () => void): void;
  /** Hear what other widgets set in a child model. */
  onForeignEdit(edited: (block: number, props: Record<string, unknown>) => void): void;
}
