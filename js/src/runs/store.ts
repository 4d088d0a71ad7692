/** Runs in the browser's own database: bounded in count and bytes, the oldest go first. */

import type { FileData } from "../wire/messages";
import type { AddressOf, KeptValue, Run } from "./recorder";

/** A run as it lies there: with the bytes of its files, by the paths that its values name. */
export interface StoredRun extends Run {
  id: number;
  files: Record<string, { name: string; blob: Blob }>;
}

/** What is looked at to find which go. */
interface Head {
  id: number;
  scope: string;
  at_ms: number;
  size_bytes: number;
}

export const MAX_RUNS = 50;
export const MAX_APP_BYTES = 50 << 20;
const MAX_ORIGIN_BYTES = 200 << 20; // of all apps that one address serves
const MAX_VALUE_BYTES = 500_000;
const MAX_FILE_BYTES = 8 << 20;

const NAME = "nbblocks-runs";
const HEADS = "heads";
const BODIES = "bodies";

/** Keeps a run with the bytes of its files; false where the browser keeps nothing. */
export async function keep(scope: string, run: Run, addressOf: AddressOf): Promise<boolean> {
  const inputs = run.inputs.map(bounded);
  const outputs = run.outputs.map(bounded);
  const files: StoredRun["files"] = {};
  let size_bytes = 0;
  for (const { value } of [...inputs, ...outputs]) {
    size_bytes += JSON.stringify(value).length;
    for (const file of filesIn(value)) {
      const blob = file.path in files ? null : await bytesOf(file, addressOf);
      if (!blob) continue;
      files[file.path] = { name: file.orig_name ?? "file", blob };
      size_bytes += blob.size;
    }
  }
  const body = { ...run, inputs, outputs, files };
  const db = await opened();
  if (!db) return false;
  await within(db, "readwrite", async (heads, bodies) => {
    const head = { scope, at_ms: run.at_ms, size_bytes };
    const id = (await done(heads.add(head))) as number;
    await done(bodies.add({ ...body, id }));
    for (const old of surplus((await done(heads.getAll())) as Head[], scope)) {
      heads.delete(old);
      bodies.delete(old);
    }
  });
  return true;
}

/** The runs of an app, the newest first; what does not look like one is left out. */
export async function runsOf(scope: string): Promise<StoredRun[]> {
  const db = await opened();
  if (!db) return [];
  return within(db, "readonly", async (heads, bodies) => {
    const known = ((await done(heads.getAll())) as Head[]).filter((head) => head.scope === scope);
    const found = await Promise.all(known.map(({ id }) => done(bodies.get(id))));
    return found.filter(isRun).sort((a, b) => b.at_ms - a.at_ms || b.id - a.id);
  });
}

export async function remove(ids: number[]): Promise<void> {
  const db = await opened();
  if (!db) return;
  await within(db, "readwrite", async (heads, bodies) => {
    for (const id of ids) {
      heads.delete(id);
      bodies.delete(id);
    }
  });
}

/** Removes all runs of an app. */
export async function forget(scope: string): Promise<void> {
  const db = await opened();
  if (!db) return;
  await within(db, "readwrite", async (heads, bodies) => {
    for (const head of (await done(heads.getAll())) as Head[]) {
      if (head.scope !== scope) continue;
      heads.delete(head.id);
      bodies.delete(head.id);
    }
  });
}

/** Ids of the runs that are too many: of this app, then of all, oldest first. */
export function surplus(heads: Head[], scope: string): number[] {
  const gone = new Set<number>();
  const sweep = (all: Head[], most_runs: number, most_bytes: number) => {
    let runs = 0;
    let bytes = 0;
    for (const { id, size_bytes } of [...all].sort((a, b) => b.at_ms - a.at_ms || b.id - a.id)) {
      runs += 1;
      bytes += size_bytes;
      if (runs > most_runs || bytes > most_bytes) gone.add(id);
    }
  };
  sweep(
    heads.filter((head) => head.scope === scope),
    MAX_RUNS,
    MAX_APP_BYTES,
  );
  sweep(
    heads.filter(({ id }) => !gone.has(id)),
    Number.POSITIVE_INFINITY,
    MAX_ORIGIN_BYTES,
  );
  return [...gone];
}

/** A value without what is too much to be kept. */
function bounded(kept: KeptValue): KeptValue {
  const isLarge = JSON.stringify(kept.value ?? null).length > MAX_VALUE_BYTES;
  return isLarge ? { ...kept, value: null, left_out: "large" } : kept;
}

/** Bytes of a file of the app's own; null: they are too many, or not to be had. */
async function bytesOf(file: FileData, addressOf: AddressOf): Promise<Blob | null> {
  if (!file.path || file.is_stream || (file.size ?? 0) > MAX_FILE_BYTES) return null;
  try {
    const address = new URL(await addressOf(file), location.href);
    if (address.protocol !== "blob:" && address.origin !== location.origin) return null;
    const blob = await (await fetch(address)).blob();
    return blob.size > MAX_FILE_BYTES ? null : blob;
  } catch {
    return null;
  }
}

export const isFile = (value: unknown): value is FileData =>
  typeof value === "object" &&
  value !== null &&
  (value as FileData).meta?._type === "gradio.FileData" &&
  typeof (value as FileData).path === "string";

/** The files that a value names. */
export function filesIn(value: unknown): FileData[] {
  if (isFile(value)) return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(filesIn);
}

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => Number.isFinite(value);

function isKeptValue(value: unknown): value is KeptValue {
  const { block, type, label } = (value ?? {}) as KeptValue;
  return isNumber(block) && isText(type) && isText(label);
}

/** Whether what lies in the browser is a run: others may write there, too. */
export function isRun(found: unknown): found is StoredRun {
  const run = (found ?? {}) as StoredRun;
  return (
    isNumber(run.id) &&
    isNumber(run.at_ms) &&
    isNumber(run.time_s) &&
    isText(run.name) &&
    ["done", "failed", "cancelled"].includes(run.status) &&
    (run.message === undefined || isText(run.message)) &&
    [run.inputs, run.outputs].every((values) => Array.isArray(values) && values.every(isKeptValue)) &&
    typeof run.files === "object" &&
    run.files !== null &&
    Object.values(run.files).every((file) => isText(file?.name) && file.blob instanceof Blob)
  );
}

// --- the database

let opening: Promise<IDBDatabase | null> | undefined;

function opened(): Promise<IDBDatabase | null> {
  opening ??= new Promise((resolve) => {
    try {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore(HEADS, { keyPath: "id", autoIncrement: true });
        asked.result.createObjectStore(BODIES, { keyPath: "id" });
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(null);
    } catch {
      resolve(null); // a browser that is told to keep nothing
    }
  });
  return opening;
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Does something as one transaction; over once it is on the disk. */
async function within<T>(
  db: IDBDatabase,
  mode: IDBTransactionMode,
  does: (heads: IDBObjectStore, bodies: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const transaction = db.transaction([HEADS, BODIES], mode);
  const ended = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  const [result] = await Promise.all([
    does(transaction.objectStore(HEADS), transaction.objectStore(BODIES)),
    ended,
  ]);
  return result;
}
