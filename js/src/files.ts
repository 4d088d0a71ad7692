/** Bytes both ways over a channel: assets and files down, uploads up. */

import type { Channel } from "./host/channel";
import type { FileData, ToPage } from "./wire/messages";

const CREDIT = 16;
const UPLOAD_WINDOW = 4;

type ChunkMessage = Extract<ToPage, { kind: "chunk" }>;
type AckMessage = Extract<ToPage, { kind: "ack" }>;

interface Download {
  parts: (DataView | undefined)[];
  missing: number;
  granted: number;
  resolve: (blob: Blob) => void;
  reject: (error: Error) => void;
}

interface UploadState {
  acknowledged: (message: AckMessage) => void;
  /** Sends again what the session has not acknowledged. */
  resend: () => void;
}

export class Files {
  private readonly downloads = new Map<string, Download>();
  private readonly blobs = new Map<string, Promise<Blob>>();
  private readonly urls = new Map<string, Promise<string>>();
  private readonly uploads = new Map<string, UploadState>();
  private made = 0;

  constructor(
    private readonly channel: () => Channel,
    private readonly page: string,
  ) {}

  /** A URL for a file's bytes: its own, or a Blob URL kept as long as the page. */
  url(file: FileData): Promise<string> {
    if (file.url) return Promise.resolve(file.url);
    return this.remembered(this.urls, file.path, async () =>
      URL.createObjectURL(await this.fetch(`file:${file.path}`)),
    );
  }

  /** The bytes of a file or an asset, asked for once. */
  fetch(ref: string): Promise<Blob> {
    return this.remembered(
      this.blobs,
      ref,
      () =>
        new Promise((resolve, reject) => {
          this.downloads.set(ref, { parts: [], missing: -1, granted: CREDIT, resolve, reject });
          this.channel().send({ kind: "fetch", ref, chunk: 0, credit: CREDIT });
        }),
    );
  }

  chunk(message: ChunkMessage, [bytes]: DataView[]): void {
    const download = this.downloads.get(message.ref);
    if (!download) return;
    if (message.error !== undefined) {
      this.downloads.delete(message.ref);
      download.reject(new Error(message.error));
      return;
    }
    if (download.missing < 0) download.missing = message.chunks;
    if (!download.parts[message.chunk]) download.missing -= 1;
    download.parts[message.chunk] = bytes ?? new DataView(new ArrayBuffer(0));
    if (download.missing <= 0) {
      this.downloads.delete(message.ref);
      const parts = download.parts.filter((part) => part !== undefined) as DataView<ArrayBuffer>[];
      download.resolve(new Blob(parts, { type: message.mime_type }));
    } else if (message.chunk === download.granted - 1) {
      download.granted += CREDIT;
      this.channel().send({ kind: "fetch", ref: message.ref, chunk: message.chunk + 1, credit: CREDIT });
    }
  }

  /** Ask again for everything, and send everything, that was on its way when the connection was lost. */
  resume(): void {
    for (const upload of this.uploads.values()) upload.resend();
    for (const [ref, download] of this.downloads) {
      // biome-ignore lint/complexity/useIndexOf: `indexOf` skips the holes of a sparse list
      const held = download.parts.findIndex((part) => part === undefined);
      const next = held < 0 ? download.parts.length : held;
      download.granted = next + CREDIT;
      this.channel().send({ kind: "fetch", ref, chunk: next, credit: CREDIT });
    }
  }

  /** Sends a file in chunks, at most four unacknowledged; gives what the session made of it. */
  async upload(block: number, file: File, progress: (fraction: number) => void): Promise<FileData> {
    this.made += 1;
    const id = `${this.page}-f${this.made}`;
    const size = this.channel().chunk_bytes;
    const chunks = Math.max(1, Math.ceil(file.size / size));
    const unacknowledged = new Map<number, ArrayBuffer>();
    let held = 0;
    let wake = () => {};
    let failure: string | undefined;
    const send = (chunk: number, bytes: ArrayBuffer) =>
      this.channel().send(
        {
          kind: "upload",
          file: id,
          block,
          name: file.name,
          size_bytes: file.size,
          mime_type: file.type,
          chunk,
          last: chunk === chunks - 1,
        },
        [bytes],
      );
    const finished = new Promise<FileData>((resolve, reject) => {
      this.uploads.set(id, {
        resend: () => {
          for (const [chunk, bytes] of unacknowledged) send(chunk, bytes);
        },
        acknowledged: ({ chunk, value, error }) => {
          if (!unacknowledged.delete(chunk)) return;
          held += 1;
          failure ??= error;
          progress(held / chunks);
          if (error !== undefined) reject(new Error(error));
          else if (value) resolve(value);
          wake();
        },
      });
    });
    finished.catch(() => {});
    for (let chunk = 0; chunk < chunks && failure === undefined; chunk++) {
      const bytes = await file.slice(chunk * size, (chunk + 1) * size).arrayBuffer();
      unacknowledged.set(chunk, bytes);
      send(chunk, bytes);
      if (unacknowledged.size >= UPLOAD_WINDOW) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    return finished.finally(() => this.uploads.delete(id));
  }

  acknowledged(message: AckMessage): void {
    this.uploads.get(message.file)?.acknowledged(message);
  }

  private remembered<T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
    const known = cache.get(key);
    if (known) return known;
    const made = make();
    cache.set(key, made);
    made.catch(() => cache.delete(key));
    return made;
  }
}
