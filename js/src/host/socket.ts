/** The websocket of a standalone or hub page. */

import type { FromPage, ToPage } from "../wire/messages";
import type { Channel, Receive } from "./channel";
import { packFrame, unpackFrame } from "./frame";

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 8000;
const QUEUE_LIMIT = 1000;
/** With this code a server closes the socket of a session that it does not know. */
const GONE = 4404;

export interface SocketOptions {
  /** Where the runtime was loaded from: its chunks lie beside it. */
  assets: string;
  /** Address of the folder of the session's files. */
  files: string;
  /** True while the connection is lost. */
  lost: (isLost: boolean) => void;
  /** The session is not there any more: the server was started again, or dropped it. */
  gone: () => void;
}

/** Opens the socket, and opens it again with a growing pause whenever it closes. What is sent meanwhile waits. */
export class SocketChannel implements Channel {
  readonly chunk_bytes = 1 << 20;
  readonly multiplexed = true;
  private socket: WebSocket | undefined;
  private waiting: [FromPage, ArrayBuffer[]][] = [];
  private retry_ms = FIRST_RETRY_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private receive: Receive = () => {};
  private opened: () => void = () => {};
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly options: SocketOptions,
  ) {
    addEventListener("online", this.retryNow);
    this.connect();
  }

  send(message: FromPage, buffers: ArrayBuffer[] = []): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.transmit(message, buffers);
    else if (message.kind !== "hello" && this.waiting.length < QUEUE_LIMIT)
      this.waiting.push([message, buffers]);
  }

  listen(receive: Receive, opened: () => void): void {
    this.receive = receive;
    this.opened = opened;
    if (this.socket?.readyState === WebSocket.OPEN) this.greet();
  }

  assetUrl(name: string): string {
    return new URL(name, this.options.assets).href;
  }

  fileUrl(token: string): string {
    return this.options.files + encodeURIComponent(token);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    removeEventListener("online", this.retryNow);
    this.socket?.close();
  }

  private connect(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.retry_ms = FIRST_RETRY_MS;
      this.options.lost(false);
      this.greet();
    };
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === "string") {
        const messages = JSON.parse(data) as ToPage | ToPage[];
        for (const message of Array.isArray(messages) ? messages : [messages]) this.receive(message, []);
      } else this.receive(...unpackFrame<ToPage>(data));
    };
    socket.onclose = ({ code }) => {
      if (this.closed || this.socket !== socket) return;
      if (code === GONE) {
        this.close();
        this.options.gone();
        return;
      }
      this.options.lost(true);
      this.timer = setTimeout(() => this.connect(), this.retry_ms * (0.75 + Math.random() / 2));
      this.retry_ms = Math.min(this.retry_ms * 2, LAST_RETRY_MS);
    };
  }

  private readonly retryNow = (): void => {
    if (this.socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.timer);
    this.connect();
  };

  /** `hello` goes first, then what waited for the connection. */
  private greet(): void {
    this.opened();
    const waiting = this.waiting;
    this.waiting = [];
    for (const [message, buffers] of waiting) this.transmit(message, buffers);
  }

  private transmit(message: FromPage, buffers: ArrayBuffer[]): void {
    this.socket?.send(buffers.length > 0 ? packFrame(message, buffers) : JSON.stringify(message));
  }
}
