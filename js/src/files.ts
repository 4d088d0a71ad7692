/** Bytes both ways over a channel: assets and files down, uploads up. */

import type { Channel } from "./host/channel";
import { download } from "./ui/download";
import type { FileData, ToPage } from "./wire/messages";

const CREDIT = 16;
const UPLOAD_WINDOW = 4;
/** How long a saved file's address is kept for the browser to read. */
const SAVED_MS = 60_000;
const STALLED_MS = 8000;

type ChunkMessage = Extract<ToPage, { kind: "chunk" }>;
type AckMessage = Extract<ToPage, { kind: "ack" }>;

interface Download {
  /** What came and does not follow what came before it. */
  parts: Map<number, DataView<ArrayBuffer>>;
  /** What came from the start on: the browser may keep it on disk. */
  blob: Blob;
  /** The first chunk that is not in the blob. */
  next: number;
  progress: (fraction: number) => void;
  granted: number;
  resolve: (blob: Blob) => void;
  reject: (error: Error) => void;
}

interface UploadState {
  acknowledged: (message: AckMessage) => void;
  /** Sends again what the session has not acknowledged. */
  resend: () => void;
}

/** Whether a file is neither here nor on the web: its app named one that is not there. */
export const isLost = (file: FileData): boolean => !file.path && !file.url;

const lost = (file: FileData): Error => new Error(`There is no file ${file.orig_name ?? ""}`.trim());

export class Files {
  private readonly downloads = new Map<string, Download>();
  private readonly blobs = new Map<string, Promise<Blob>>();
  private readonly urls = new Map<string, Promise<string>>();
  private readonly uploads = new Map<string, UploadState>();
  private readonly saves = new Map<string, Promise<Blob>>();
  private made = 0;

  constructor(
    private readonly channel: () => Channel,
    private readonly page: string,
  ) {}

  /** A URL for a file's bytes: its own, or a Blob URL kept as long as the page. */
  url(file: FileData): Promise<string> {
    if (isLost(file)) return Promise.reject(lost(file));
    const url = this.address(file);
    if (url) return Promise.resolve(url);
    return this.remembered(this.urls, file.path, async () =>
      URL.createObjectURL(await this.fetch(`file:${file.path}`)),
    );
  }

  /** Where a file can be had by HTTP: what the session says, or what follows from its token; null: over the channel. */
  private address(file: FileData): string | null {
    return file.url ?? this.channel()?.fileUrl?.(file.path) ?? null;
  }

  /** The bytes of a file or an asset, asked for once. */
  fetch(ref: string): Promise<Blob> {
    return this.remembered(this.blobs, ref, () => this.saves.get(ref) ?? this.ask(ref));
  }

  chunk(message: ChunkMessage, [bytes]: DataView[]): void {
    const download = this.downloads.get(message.ref);
    if (!download) return;
    if (message.error !== undefined) {
      this.downloads.delete(message.ref);
      download.reject(new Error(message.error));
      return;
    }
    const { parts } = download;
    if (bytes && message.chunk >= download.next) parts.set(message.chunk, bytes as DataView<ArrayBuffer>);
    const following: DataView<ArrayBuffer>[] = [];
    for (let part = parts.get(download.next); part; part = parts.get(download.next)) {
      following.push(part);
      parts.delete(download.next);
      download.next += 1;
    }
    if (following.length > 0) {
      download.blob = new Blob([download.blob, ...following], { type: message.mime_type ?? "" });
    }
    download.progress(download.next / message.chunks);
    if (download.next >= message.chunks || !bytes) {
      this.downloads.delete(message.ref);
      download.resolve(download.blob);
    } else if (message.chunk === download.granted - 1) {
      download.granted += CREDIT;
      this.channel().send({ kind: "fetch", ref: message.ref, chunk: message.chunk + 1, credit: CREDIT });
    }
  }

  /** Hands a file to the user. Its bytes are not kept: they may be many, and are rarely wanted again. */
  async save(file: FileData, progress: (fraction: number) => void = () => {}): Promise<void> {
    if (isLost(file)) throw lost(file);
    const name = file.orig_name ?? "file";
    const address = this.address(file);
    if (address) return download(address, name);
    const ref = `file:${file.path}`;
    const known = this.blobs.get(ref);
    const asked = known ?? this.remembered(this.saves, ref, () => this.ask(ref, progress));
    const url = URL.createObjectURL(await asked.finally(() => this.saves.delete(ref)));
    download(url, name);
    setTimeout(() => URL.revokeObjectURL(url), SAVED_MS);
  }

  private ask(ref: string, progress: (fraction: number) => void = () => {}): Promise<Blob> {
    return new Promise((resolve, reject) => {
      this.downloads.set(ref, {
        parts: new Map(),
        blob: new Blob([]),
        next: 0,
        granted: CREDIT,
        progress,
        resolve,
        reject,
      });
      this.channel().send({ kind: "fetch", ref, chunk: 0, credit: CREDIT });
      this.watch(ref);
    });
  }

  /** A notebook's server drops messages when there are many: what does not come is asked for again. */
  private watch(ref: string): void {
    let before = 0;
    const timer = setInterval(() => {
      const download = this.downloads.get(ref);
      if (!download) return clearInterval(timer);
      if (download.next === before) this.askAgain(ref, download);
      before = download.next;
    }, STALLED_MS);
  }

  private askAgain(ref: string, download: Download): void {
    download.granted = download.next + CREDIT;
    this.channel().send({ kind: "fetch", ref, chunk: download.next, credit: CREDIT });
  }

  /** Ask again for everything, and send everything, that was on its way when the connection was lost. */
  resume(): void {
    for (const upload of this.uploads.values()) upload.resend();
    for (const [ref, download] of this.downloads) this.askAgain(ref, download);
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
    this.resendStalled(id, () => held);
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

  /** The same for what goes up; ever more rarely, for a kernel that is busy gets all of it later. */
  private resendStalled(id: string, held: () => number, wait_ms = STALLED_MS): void {
    const before = held();
    setTimeout(() => {
      const upload = this.uploads.get(id);
      if (!upload) return;
      const isStalled = held() === before;
      if (isStalled) upload.resend();
      this.resendStalled(id, held, isStalled ? 2 * wait_ms : STALLED_MS);
    }, wait_ms);
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
