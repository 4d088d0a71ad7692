/** A picture in or out. */

import { useRef, useState } from "preact/hooks";
import { propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { download } from "../ui/download";
import { useFileUrl } from "../ui/fileurl";
import { controlId, Frame, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import { Tool } from "../ui/tool";
import type { ImageProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { Webcam } from "./webcam";

export function Image({ block }: ViewProps) {
  const props = propsOf<ImageProps>(block);
  const url = useFileUrl(block, props.value as FileData | null);
  const picture = useRef<HTMLImageElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [isOver, setOver] = useState(false);
  const canTake = props.interactive && props.sources.includes("upload");
  const canPaste = props.interactive && props.sources.includes("clipboard");
  const canFilm = props.interactive && props.sources.includes("webcam");
  const [isFilming, setFilming] = useState(false);

  const take = async (file: File | null | undefined) => {
    if (!file) return;
    if (!file.type.startsWith("image/")) {
      block.app.toast("error", "Not a picture", `${file.name} is of type ${file.type || "unknown"}`);
      return;
    }
    setProgress(0);
    try {
      const value = await block.app.upload(block, file, setProgress);
      block.edit({ value });
      block.trigger("upload");
    } catch (error) {
      block.app.toast("error", "The upload failed", (error as Error).message);
    } finally {
      setProgress(null);
    }
  };
  const film = async (picture: File) => {
    if (!props.streaming) return take(picture);
    block.edit({ value: await block.app.upload(block, picture, () => {}) });
    block.trigger("stream");
  };
  const pasteByButton = async () => {
    try {
      const items = await navigator.clipboard.read();
      const item = items.find(({ types }) => types.some((type) => type.startsWith("image/")));
      const type = item?.types.find((name) => name.startsWith("image/"));
      if (!item || !type) throw new Error("there is no picture in it");
      await take(new File([await item.getType(type)], `pasted.${type.slice(6)}`, { type }));
    } catch (error) {
      block.app.toast("error", "Nothing was pasted from the clipboard", (error as Error).message);
    }
  };
  const clear = () => {
    block.edit({ value: null });
    block.trigger("clear");
  };
  const onPaste = (event: ClipboardEvent) => {
    const file = [...(event.clipboardData?.files ?? [])].find((f) => f.type.startsWith("image/"));
    if (!canPaste || !file) return;
    event.preventDefault();
    void take(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (canTake) void take(event.dataTransfer?.files[0]);
  };
  const select = (event: MouseEvent) => {
    const image = picture.current;
    if (!image?.naturalWidth) return;
    const box = image.getBoundingClientRect();
    const scale = Math.min(box.width / image.naturalWidth, box.height / image.naturalHeight);
    const left = box.left + (box.width - image.naturalWidth * scale) / 2;
    const top = box.top + (box.height - image.naturalHeight * scale) / 2;
    const x = Math.floor((event.clientX - left) / scale);
    const y = Math.floor((event.clientY - top) / scale);
    if (x < 0 || y < 0 || x >= image.naturalWidth || y >= image.naturalHeight) return;
    block.trigger("select", { index: [x, y], value: null });
  };
  const shows = (name: string) => props.buttons === null || props.buttons.includes(name);
  return (
    <Frame
      block={block}
      control={canTake && !props.value ? controlId(block) : undefined}
      toolbar={
        url && (
          <>
            {shows("fullscreen") && (
              <Tool icon="fullscreen" name="Fullscreen" run={() => void toggleFullscreen(stage.current)} />
            )}
            {shows("download") && (
              <Tool
                icon="download"
                name="Download"
                run={() => download(url, props.value?.orig_name ?? "image")}
              />
            )}
            {props.interactive && <Tool icon="clear" name="Clear" run={clear} />}
          </>
        )
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping and pasting are further ways; the button is the first */}
      <div
        ref={stage}
        class={`nb-image-stage image-container ${isOver ? "nb-over" : ""}`}
        style={{ height: length(props.height), width: length(props.width) }}
        data-testid="image"
        onPaste={onPaste}
        onDrop={onDrop}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(canTake);
        }}
        onDragLeave={() => setOver(false)}
      >
        {isFilming && props.interactive ? (
          <Webcam
            options={props.webcam_options}
            stream_every={props.streaming ? block.app.streamEvery(block) : null}
            take={film}
            close={() => setFilming(false)}
          />
        ) : url ? (
          // biome-ignore lint/a11y/useKeyWithClickEvents: a point of a picture can only be pointed at
          <img
            ref={picture}
            src={url}
            alt={props.alt_text ?? labelOf(block)}
            style={{ maxHeight: props.height ? "100%" : undefined }}
            onClick={select}
          />
        ) : canTake ? (
          <label class="nb-drop" for={controlId(block)}>
            <Icon name="upload" size={20} />
            <span>{props.placeholder ?? "Drop a picture here, or click to choose one"}</span>
            <input
              id={controlId(block)}
              data-testid="file-upload"
              class="nb-file-input"
              type="file"
              accept="image/*"
              aria-label={labelOf(block)}
              onChange={(event) => {
                void take(event.currentTarget.files?.[0]);
                event.currentTarget.value = "";
              }}
            />
          </label>
        ) : canFilm || canPaste ? null : (
          <div class="nb-empty" role="img" aria-label={`${labelOf(block)}: empty`}>
            <Icon name="image" size={20} />
            {props.placeholder && <span>{props.placeholder}</span>}
          </div>
        )}
        {(canFilm || canPaste) && !isFilming && (!props.value || props.streaming) && progress === null && (
          <div class="nb-sources">
            {canFilm && (
              <button type="button" class="nb-button sm" onClick={() => setFilming(true)}>
                <Icon name="camera" />
                Camera
              </button>
            )}
            {canPaste && (
              <button type="button" class="nb-button sm" onClick={() => void pasteByButton()}>
                <Icon name="paste" />
                Paste
              </button>
            )}
          </div>
        )}
        {progress !== null && (
          <progress class="nb-upload" value={progress} max={1} aria-label="Uploading">
            {Math.round(progress * 100)} %
          </progress>
        )}
      </div>
    </Frame>
  );
}

async function toggleFullscreen(element: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await element?.requestFullscreen?.();
}
