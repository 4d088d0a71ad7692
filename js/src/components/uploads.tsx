/** What views that take files share: which suit, where they come from, how far they are. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Block } from "../model";
import type { FileData } from "../wire/messages";

/** The `accept` attribute for kinds of files: endings, or `image`, `video`, `audio`, `text`, `file`. */
export function accepted(kinds: string[] | null): string | undefined {
  if (!kinds || kinds.length === 0 || kinds.includes("file")) return undefined;
  return kinds.map((kind) => (kind.startsWith(".") || kind.includes("/") ? kind : `${kind}/*`)).join(",");
}

/** Whether a file is of one of some kinds. */
export function suits(file: File, kinds: string[] | null): boolean {
  if (!kinds || kinds.length === 0) return true;
  const name = file.name.toLowerCase();
  return kinds.some((kind) => {
    if (kind === "file") return true;
    if (kind.startsWith(".")) return name.endsWith(kind.toLowerCase()) && name.length > kind.length;
    if (file.type === "") return true; // the browser does not know it: the session says
    return file.type.startsWith(kind.includes("/") ? kind : `${kind}/`);
  });
}

/** The kinds in words: "PDF, pictures". */
export function kindsInWords(kinds: string[] | null): string {
  const words: Record<string, string> = {
    image: "pictures",
    video: "films",
    audio: "sounds",
    text: "text files",
  };
  if (!kinds || kinds.includes("file")) return "";
  return kinds.map((kind) => words[kind] ?? kind.replace(/^\./, "").toUpperCase()).join(", ");
}

/** The files in what was dropped or pasted, those in folders among them. */
export async function filesIn(data: DataTransfer | null, withFolders = false): Promise<File[]> {
  if (!data) return [];
  const entries = withFolders
    ? [...data.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry != null)
    : [];
  if (entries.length === 0) return [...data.files];
  return (await Promise.all(entries.map(filesUnder))).flat();
}

async function filesUnder(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    ];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  for (;;) {
    // a reader gives a hundred at a time, and none at the end
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await filesUnder(one)));
  }
}

export interface UploadProgress {
  name: string;
  /** Which of how many, from 1. */
  index: number;
  count: number;
  /** Of all of them, from 0 to 1. */
  fraction: number;
}

/** Sends files of a block, one after the other; events that need the block's value wait for the end. */
export function useUploads(block: Block) {
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const running = useRef<Promise<unknown> | undefined>(undefined);
  useEffect(() => {
    block.commit = () => running.current;
    return () => {
      block.commit = null;
    };
  }, [block]);

  /** Gives what the session made of them; what failed is told and left out. */
  const upload = useCallback(
    async (files: File[]): Promise<FileData[]> => {
      const total = files.reduce((sum, { size }) => sum + size, 0) || 1;
      const made: FileData[] = [];
      let before = 0;
      for (const [at, file] of files.entries()) {
        const told = (part: number) =>
          setProgress({
            name: file.name,
            index: at + 1,
            count: files.length,
            fraction: (before + part * file.size) / total,
          });
        told(0);
        try {
          made.push(await block.app.upload(block, file, told));
        } catch (error) {
          block.app.toast("error", `${file.name} was not uploaded`, (error as Error).message);
        }
        before += file.size;
      }
      return made;
    },
    [block],
  );

  /** Uploads, then does what is to be done with them. */
  const send = useCallback(
    (files: File[], then: (made: FileData[]) => void): Promise<void> => {
      if (files.length === 0) return Promise.resolve();
      const before = running.current ?? Promise.resolve();
      const mine: Promise<void> = before
        .then(() => upload(files))
        .then((made) => {
          if (running.current === mine) {
            running.current = undefined;
            setProgress(null);
          }
          if (made.length > 0) then(made);
        });
      running.current = mine;
      return mine;
    },
    [upload],
  );
  return { progress, send };
}

/** How far an upload is. */
export function UploadBar({ progress }: { progress: UploadProgress | null }) {
  if (!progress) return null;
  const { name, index, count, fraction } = progress;
  const percent = Math.round(fraction * 100);
  return (
    <div class="nb-upload-state">
      <div class="nb-upload-text">
        <span class="nb-upload-name">{name}</span>
        <span>{count > 1 ? `${index} of ${count} · ${percent} %` : `${percent} %`}</span>
      </div>
      <progress value={fraction} max={1} aria-label={`Uploading ${name}`}>
        {percent} %
      </progress>
    </div>
  );
}

/** Handlers of an element onto which files can be dropped and pasted. */
export function useDrop(isOn: boolean, take: (files: File[]) => void, withFolders = false) {
  const [isOver, setOver] = useState(false);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!isOn || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(false);
      if (isOn) void filesIn(event.dataTransfer, withFolders).then(take);
    },
    onPaste: (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!isOn || files.length === 0) return;
      event.preventDefault();
      take(files);
    },
  };
  return { isOver: isOver && isOn, handlers };
}

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** A size in words: "1.2 MB". */
export function sizeInWords(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return "";
  let unit = 0;
  let size = bytes;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`;
}
