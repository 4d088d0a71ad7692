/** A picture by its file. */

import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { useFileUrl } from "../ui/fileurl";
import { controlId, Frame, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import { Tool } from "../ui/tool";
import type { SimpleImageProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { suits, UploadBar, useDrop, useUploads } from "./uploads";

export function SimpleImage({ block }: ViewProps) {
  const { value, interactive, show_download_button } = propsOf<SimpleImageProps>(block);
  const url = useFileUrl(block, value as FileData | null);
  const { progress, send } = useUploads(block);
  const take = (given: File[]) => {
    const [file] = given;
    if (!file) return;
    if (!suits(file, ["image"])) {
      block.app.toast("error", "Not a picture", `${file.name} is of type ${file.type || "unknown"}`);
      return;
    }
    void send([file], ([made]) => {
      block.edit({ value: made });
      block.trigger("upload");
    });
  };
  const { isOver, handlers } = useDrop(interactive, take);
  const clear = () => {
    block.edit({ value: null });
    block.trigger("clear");
  };
  return (
    <Frame
      block={block}
      control={interactive && !value ? controlId(block) : undefined}
      toolbar={
        url && (
          <>
            {show_download_button && (
              <Tool icon="download" name="Download" run={() => void block.app.download(value as FileData)} />
            )}
            {interactive && <Tool icon="clear" name="Clear" run={clear} />}
          </>
        )
      }
    >
      <div class={`nb-image-stage image-container ${isOver ? "nb-over" : ""}`} {...handlers}>
        {url ? (
          <img src={url} alt={labelOf(block)} />
        ) : interactive ? (
          <label class="nb-drop" for={controlId(block)}>
            <Icon name="upload" size={20} />
            <span>{t("Drop a picture here, or click to choose one")}</span>
            <input
              id={controlId(block)}
              data-testid="file-upload"
              class="nb-file-input"
              type="file"
              accept="image/*"
              aria-label={labelOf(block)}
              onChange={(event) => {
                take([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = "";
              }}
            />
          </label>
        ) : (
          <div class="nb-empty" role="img" aria-label={`${labelOf(block)}: empty`}>
            <Icon name="image" size={20} />
          </div>
        )}
        <UploadBar progress={progress} />
      </div>
    </Frame>
  );
}
