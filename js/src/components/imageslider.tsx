/** Two pictures on top of each other, with a line between them to drag. */

import { MoveHorizontal } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { useFileUrl } from "../ui/fileurl";
import { Frame, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import { Tool } from "../ui/tool";
import type { ImageSliderProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { Glyph } from "./glyphs";
import { pointIn, toggleFullscreen } from "./pictures";
import { suits, UploadBar, useDrop, useUploads } from "./uploads";

const STEP = 2;
const LARGE_STEP = 10;

type Pair = [FileData | null, FileData | null];

export function ImageSlider({ block }: ViewProps) {
  const props = propsOf<ImageSliderProps>(block);
  const { interactive } = props;
  const pair = (props.value ?? [null, null]) as Pair;
  const urls = [useFileUrl(block, pair[0]), useFileUrl(block, pair[1])];
  const stage = useRef<HTMLDivElement>(null);
  const position = Math.min(100, Math.max(0, props.slider_position));
  const [now, setNow] = useState(position);
  const isDragging = useRef(false);
  const { progress, send } = useUploads(block);
  useEffect(() => setNow(position), [position]);

  const move = (percent: number) => setNow(Math.min(100, Math.max(0, percent)));
  const settle = (percent: number) =>
    block.edit({ slider_position: Math.round(Math.min(100, Math.max(0, percent)) * 10) / 10 });
  const fromPointer = (event: PointerEvent) => {
    const box = (stage.current as HTMLElement).getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * 100;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const to = {
      ArrowLeft: now - step,
      ArrowDown: now - step,
      ArrowRight: now + step,
      ArrowUp: now + step,
      PageDown: now - LARGE_STEP,
      PageUp: now + LARGE_STEP,
      Home: 0,
      End: 100,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
    settle(to);
  };
  const take = (side: 0 | 1) => (given: File[]) => {
    const files = given.filter((file) => suits(file, ["image"])).slice(0, side === 0 && !pair[1] ? 2 : 1);
    if (files.length === 0 && given[0]) {
      block.app.toast("error", "Not a picture", `${given[0].name} is of type ${given[0].type || "unknown"}`);
    }
    void send(files, (made) => {
      const next = [...((block.props.peek().value as Pair | null) ?? [null, null])] as Pair;
      for (const [at, file] of made.entries()) next[side === 0 ? (at as 0 | 1) : 1] = file;
      block.edit({ value: next });
      block.trigger("upload");
    });
  };
  const left = useDrop(interactive, take(0));
  const right = useDrop(interactive, take(1));
  const clear = () => {
    block.edit({ value: null });
    block.trigger("clear");
  };
  const select = (event: MouseEvent) => {
    const image = event.currentTarget as HTMLImageElement;
    const point = pointIn(image, event);
    if (point) block.trigger("select", { index: point, value: null });
  };
  const shows = (name: string) => props.buttons === null || props.buttons.includes(name);
  const drop = (side: 0 | 1) => {
    const { isOver, handlers } = side === 0 ? left : right;
    return (
      <label class={`nb-half ${isOver ? "nb-over" : ""}`} {...handlers}>
        <span class="nb-drop">
          <Icon name="upload" size={20} />
          <span>{side === 0 ? t("Left picture") : t("Right picture")}</span>
          <input
            data-testid="file-upload"
            class="nb-file-input"
            type="file"
            accept="image/*"
            multiple={side === 0}
            aria-label={`${labelOf(block)}: ${side === 0 ? "left" : "right"} picture`}
            onChange={(event) => {
              take(side)([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = "";
            }}
          />
        </span>
      </label>
    );
  };
  const isWhole = urls[0] && urls[1];
  const only = urls[0] ?? urls[1];
  return (
    <Frame
      block={block}
      toolbar={
        only && (
          <>
            {shows("fullscreen") && (
              <Tool icon="fullscreen" name="Fullscreen" run={() => void toggleFullscreen(stage.current)} />
            )}
            {shows("download") && (
              <Tool
                icon="download"
                name="Download"
                run={() => {
                  const file = pair[1] ?? pair[0];
                  if (file) void block.app.download(file);
                }}
              />
            )}
            {interactive && <Tool icon="clear" name="Clear" run={clear} />}
          </>
        )
      }
    >
      <div
        class="nb-compare-stage"
        style={{
          height: length(props.height),
          width: length(props.width),
          "--nb-most": props.height ? "none" : `${props.max_height}px`,
        }}
      >
        {isWhole ? (
          <div
            ref={stage}
            class={`nb-compare ${props.height ? "nb-filled" : ""}`}
            onPointerDown={(event) => {
              if (!(event.target as HTMLElement).closest(".nb-divider")) return;
              isDragging.current = true;
              stage.current?.setPointerCapture(event.pointerId);
            }}
            onPointerMove={(event) => isDragging.current && move(fromPointer(event))}
            onPointerUp={(event) => {
              if (!isDragging.current) return;
              isDragging.current = false;
              settle(fromPointer(event));
            }}
            onPointerCancel={() => {
              isDragging.current = false;
            }}
          >
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: a point of a picture can only be pointed at */}
            <img src={urls[1]} alt={`${labelOf(block)}: right`} draggable={false} onClick={select} />
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: a point of a picture can only be pointed at */}
            <img
              class="nb-over-picture"
              src={urls[0]}
              alt={`${labelOf(block)}: left`}
              draggable={false}
              style={{ clipPath: `inset(0 ${100 - now}% 0 0)` }}
              onClick={select}
            />
            <div class="nb-divider" style={{ insetInlineStart: `${now}%` }}>
              <button
                type="button"
                role="slider"
                class="nb-divider-grip"
                aria-label={`${labelOf(block)}: how much of the left picture`}
                aria-valuemin={0}
                aria-valuemax={100}
                aria-valuenow={Math.round(now)}
                aria-valuetext={`${Math.round(now)} %`}
                onKeyDown={onKeyDown}
              >
                <Glyph of={MoveHorizontal} />
              </button>
            </div>
          </div>
        ) : interactive ? (
          <div class="nb-halves">
            {urls[0] ? <img src={urls[0]} alt={`${labelOf(block)}: left`} /> : drop(0)}
            {urls[1] ? <img src={urls[1]} alt={`${labelOf(block)}: right`} /> : drop(1)}
          </div>
        ) : only ? (
          <img src={only} alt={labelOf(block)} />
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
