/** A picture in or out. */

import { Share2, ZoomIn, ZoomOut } from "lucide";
import { useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { useFileUrl } from "../ui/fileurl";
import { controlId, Frame, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import { Tool } from "../ui/tool";
import type { ImageProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { GlyphTool } from "./glyphs";
import { pictureFromClipboard, pointIn, toggleFullscreen } from "./pictures";
import { Placeholder } from "./placeholder";
import { canShare, share } from "./share";
import { suits, UploadBar, useDrop, useUploads } from "./uploads";
import { Webcam } from "./webcam";
import { useZoom } from "./zoom";

export function Image({ block }: ViewProps) {
  const props = propsOf<ImageProps>(block);
  const value = props.value as FileData | null;
  const url = useFileUrl(block, value);
  const stage = useRef<HTMLDivElement>(null);
  const { progress, send } = useUploads(block);
  const zoom = useZoom();
  const [isFilming, setFilming] = useState(false);
  const has = (source: "upload" | "webcam" | "clipboard") =>
    props.interactive && props.sources.includes(source);
  const [canTake, canPaste, canFilm] = [has("upload"), has("clipboard"), has("webcam")];

  const take = async (given: File[]) => {
    const [file] = given;
    if (!file) return;
    if (!suits(file, ["image"])) {
      block.app.toast("error", "Not a picture", `${file.name} is of type ${file.type || "unknown"}`);
      return;
    }
    await send([file], ([made]) => {
      zoom.whole();
      block.edit({ value: made });
      block.trigger("upload");
    });
  };
  const film = async (picture: File) => {
    if (!props.streaming) return take([picture]);
    block.edit({ value: await block.app.upload(block, picture, () => {}) });
    block.trigger("stream");
  };
  const paste = async () => {
    try {
      await take([await pictureFromClipboard()]);
    } catch (error) {
      block.app.toast("error", "Nothing was pasted from the clipboard", (error as Error).message);
    }
  };
  const clear = () => {
    zoom.whole();
    block.edit({ value: null });
    block.trigger("clear");
  };
  const { isOver, handlers } = useDrop(canTake || canPaste, (files) => void take(files));
  const select = (event: MouseEvent) => {
    const point = pointIn(event.currentTarget as HTMLImageElement, event);
    if (point) block.trigger("select", { index: point, value: null });
  };
  const shows = (name: string) => props.buttons === null || props.buttons.includes(name);
  return (
    <Frame
      block={block}
      control={canTake && !value ? controlId(block) : undefined}
      toolbar={
        url &&
        !isFilming && (
          <>
            {shows("fullscreen") && (
              <>
                {zoom.scale > 1 && <GlyphTool of={ZoomOut} name="Zoom out" run={zoom.away} />}
                <GlyphTool of={ZoomIn} name="Zoom in" run={zoom.closer} />
                <Tool icon="fullscreen" name="Fullscreen" run={() => void toggleFullscreen(stage.current)} />
              </>
            )}
            {shows("share") && value && canShare() && (
              <GlyphTool of={Share2} name="Share" run={() => void share(block, value)} />
            )}
            {shows("download") && value && (
              <Tool icon="download" name="Download" run={() => void block.app.download(value)} />
            )}
            {props.interactive && <Tool icon="clear" name="Clear" run={clear} />}
          </>
        )
      }
    >
      <div
        ref={stage}
        class={`nb-image-stage image-container ${isOver ? "nb-over" : ""}`}
        style={{ height: length(props.height), width: length(props.width) }}
        data-testid="image"
        {...zoom.handlers}
        {...handlers}
      >
        {isFilming && props.interactive ? (
          <Webcam
            options={props.webcam_options}
            stream_every={props.streaming ? block.app.streamEvery(block) : null}
            stream_limit={block.app.streamLimit(block)}
            take={film}
            close={() => setFilming(false)}
          />
        ) : url ? (
          // biome-ignore lint/a11y/useKeyWithClickEvents: a point of a picture can only be pointed at
          <img
            src={url}
            alt={props.alt_text ?? labelOf(block)}
            draggable={false}
            style={{ maxHeight: props.height ? "100%" : undefined, ...zoom.style }}
            onClick={select}
          />
        ) : canTake ? (
          <label class="nb-drop" for={controlId(block)}>
            <Icon name="upload" size={20} />
            <Placeholder
              block={block}
              text={props.placeholder}
              or={t("Drop a picture here, or click to choose one")}
            />
            <input
              id={controlId(block)}
              data-testid="file-upload"
              class="nb-file-input"
              type="file"
              accept="image/*"
              aria-label={labelOf(block)}
              onChange={(event) => {
                void take([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = "";
              }}
            />
          </label>
        ) : canFilm || canPaste ? null : (
          <div class="nb-empty" role="img" aria-label={`${labelOf(block)}: empty`}>
            <Icon name="image" size={20} />
            <Placeholder block={block} text={props.placeholder} />
          </div>
        )}
        {(canFilm || canPaste) && !isFilming && (!value || props.streaming) && progress === null && (
          <div class="nb-sources">
            {canFilm && (
              <button type="button" class="nb-button sm" onClick={() => setFilming(true)}>
                <Icon name="camera" />
                {t("Camera")}
              </button>
            )}
            {canPaste && (
              <button type="button" class="nb-button sm" onClick={() => void paste()}>
                <Icon name="paste" />
                {t("Paste")}
              </button>
            )}
          </div>
        )}
        <UploadBar progress={progress} />
      </div>
    </Frame>
  );
}
