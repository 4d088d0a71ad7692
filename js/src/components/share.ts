/** Handing a file to another program of the user's, where the browser can. */

import type { Block } from "../model";
import type { FileData } from "../wire/messages";

export const canShare = (): boolean =>
  typeof navigator.share === "function" && typeof navigator.canShare === "function";

export async function share(block: Block, file: FileData): Promise<void> {
  try {
    const blob = await (await fetch(await block.app.fileUrl(file))).blob();
    const made = new File([blob], file.orig_name ?? "picture", { type: blob.type || (file.mime_type ?? "") });
    if (!navigator.canShare({ files: [made] }))
      throw new Error("the browser does not share files of this kind");
    await navigator.share({ files: [made], title: made.name });
  } catch (error) {
    if ((error as Error).name === "AbortError") return; // the user thought better of it
    block.app.toast("error", "It was not shared", (error as Error).message);
  }
}
