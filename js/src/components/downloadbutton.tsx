/** A button that gives a file. */

import { useState } from "preact/hooks";
import { propsOf, type ViewProps } from "../model";
import { placed } from "../ui/frame";
import { useIcon } from "../ui/tool";
import type { DownloadButtonProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";

export function DownloadButton({ block }: ViewProps) {
  const { label, variant, size, interactive, value } = propsOf<DownloadButtonProps>(block);
  const source = useIcon(block);
  const [fraction, setFraction] = useState<number | null>(null);
  const press = async () => {
    block.trigger("click");
    if (!value) return;
    try {
      await block.app.download(value as FileData, setFraction);
    } catch (error) {
      block.app.toast("error", "The file cannot be downloaded", (error as Error).message);
    } finally {
      setFraction(null);
    }
  };
  return (
    <button
      {...placed(block, `nb-button ${variant} ${size}`)}
      type="button"
      disabled={!interactive}
      aria-busy={fraction !== null || undefined}
      onClick={() => void press()}
    >
      {source && <img class="nb-button-icon" src={source} alt="" />}
      <span>{label}</span>
      {fraction !== null && (
        <span class="nb-upload-part" role="status">
          {Math.round(fraction * 100)} %
        </span>
      )}
    </button>
  );
}
