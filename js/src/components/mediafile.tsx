/** What views of files share: the address of the bytes, taking a file from the user, sharing it. */

import { useEffect, useState } from "preact/hooks";
import { isLost } from "../files";
import { t } from "../i18n";
import type { Block } from "../model";
import { controlId, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import type { FileData } from "../wire/messages";
import { MediaTool } from "./mediaicons";

/** The address of a file's bytes, once it is known; until then that of the one before, which stays in sight. */
export function useFileUrl(block: Block, file: FileData | null): string | undefined {
  const [url, setUrl] = useState<string>();
  const key = file ? `${file.path}\n${file.url}` : "";
  useEffect(() => {
    if (!file || isLost(file)) {
      setUrl(undefined);
      return;
    }
    let isCurrent = true;
    block.app.fileUrl(file).then(
      (found) => isCurrent && setUrl(found),
      (error: Error) => {
        if (isCurrent) setUrl(undefined);
        block.app.toast("error", "A file cannot be shown", error.message);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return file ? url : undefined;
}

/** Sends a file to the session and takes it for the value; null: it could not be sent. */
export async function give(
  block: Block,
  file: File,
  progress: (fraction: number | null) => void = () => {},
): Promise<FileData | null> {
  progress(0);
  try {
    const value = await block.app.upload(block, file, progress);
    block.edit({ value });
    return value;
  } catch (error) {
    block.app.toast("error", "The upload failed", (error as Error).message);
    return null;
  } finally {
    progress(null);
  }
}

interface DropProps {
  block: Block;
  /** For the browser's dialog, and what may be dropped: `audio/*`, `.glb`. */
  accept: string;
  words: string;
  take: (file: File) => void;
}

const fits = (file: File, accept: string) =>
  accept
    .split(",")
    .map((one) => one.trim().toLowerCase())
    .some((one) =>
      one.endsWith("/*")
        ? file.type.startsWith(one.slice(0, -1))
        : file.name.toLowerCase().endsWith(one) || file.type === one,
    );

/** Where a file can be dropped, or chosen by click or key. */
export function Drop({ block, accept, words, take }: DropProps) {
  const [isOver, setOver] = useState(false);
  const taken = (file: File | null | undefined) => {
    if (!file) return;
    if (fits(file, accept)) take(file);
    else block.app.toast("error", "Not a file of that kind", `${file.name} is none of ${accept}.`);
  };
  return (
    <label
      class={`nb-drop ${isOver ? "nb-over" : ""}`}
      for={controlId(block)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        taken(event.dataTransfer?.files[0]);
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onPaste={(event) => taken(event.clipboardData?.files[0])}
    >
      <Icon name="upload" size={20} />
      <span>{t(words)}</span>
      <input
        id={controlId(block)}
        data-testid="file-upload"
        class="nb-file-input"
        type="file"
        accept={accept}
        aria-label={labelOf(block)}
        onChange={(event) => {
          taken(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}

export function Uploading({ progress }: { progress: number | null }) {
  if (progress === null) return null;
  return (
    <progress class="nb-upload" value={progress} max={1} aria-label={t("Uploading")}>
      {Math.round(progress * 100)} %
    </progress>
  );
}

/** Hands a file to what the user's system shares with; absent where the browser cannot. */
export function ShareTool({ url, name }: { url: string; name: string }) {
  if (typeof navigator.share !== "function") return null;
  const share = async () => {
    const bytes = await (await fetch(url)).blob();
    const files = [new File([bytes], name, { type: bytes.type })];
    await navigator.share({ files, title: name }).catch(() => {});
  };
  return <MediaTool icon="share" name="Share" run={() => void share()} />;
}

/** `1:02`, or `1:00:02`. */
export function clock(seconds: number): string {
  if (!Number.isFinite(seconds)) return "0:00";
  const whole = Math.floor(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
