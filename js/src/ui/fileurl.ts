/** Addresses of files' bytes. */

import { useEffect, useState } from "preact/hooks";
import { isLost } from "../files";
import type { Block } from "../model";
import type { FileData } from "../wire/messages";

/** The address of a file's bytes, once it is known; false: not wanted yet. */
export function useFileUrl(block: Block, file: FileData | null, isWanted = true): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    if (!file || isLost(file)) setUrl(undefined);
    else if (isWanted) {
      block.app.fileUrl(file).then(
        (found) => isCurrent && setUrl(found),
        (error: Error) => block.app.toast("error", "A file cannot be shown", error.message),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [file?.path, file?.url, isWanted]);
  return url;
}
