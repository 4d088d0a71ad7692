/** A picture with marked parts, each with a label. */

import { useRef, useState } from "preact/hooks";
import { isLost } from "../files";
import { t } from "../i18n";
import { type Block, propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { useFileUrl } from "../ui/fileurl";
import { Frame, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import { Tool } from "../ui/tool";
import type { AnnotatedImageProps, AnnotationJSON } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { toggleFullscreen } from "./pictures";

const COLOURS = 8;

/** The colour of a label: its author's, or one of ours in turn. */
function colourOf(label: string, labels: string[], map: Record<string, string> | null): string {
  const given = map?.[label];
  if (given && CSS.supports("color", given)) return given;
  return `var(--nb-mark-${(labels.indexOf(label) % COLOURS) + 1})`;
}

interface PartProps {
  block: Block;
  part: AnnotationJSON;
  colour: string;
  isFaint: boolean;
}

/** A mask is what it covers: the browser fills it with the label's colour. */
function Part({ block, part, colour, isFaint }: PartProps) {
  const url = useFileUrl(block, part.image as FileData);
  if (!url) return null;
  return (
    <div
      class={`nb-part ${isFaint ? "nb-faint" : ""}`}
      data-label={part.label}
      style={{
        backgroundColor: colour,
        maskImage: `url("${url}")`,
        maskSize: "100% 100%",
        maskMode: "alpha",
      }}
    />
  );
}

/** How opaque a mask is at a point of its place. */
async function covers(url: string, x: number, y: number): Promise<boolean> {
  const image = new window.Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.drawImage(image, -Math.floor(x * image.naturalWidth), -Math.floor(y * image.naturalHeight));
  return (context.getImageData(0, 0, 1, 1).data[3] ?? 0) > 0;
}

export function AnnotatedImage({ block }: ViewProps) {
  const props = propsOf<AnnotatedImageProps>(block);
  const value = props.value;
  const url = useFileUrl(block, (value?.image ?? null) as FileData | null);
  const stage = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const parts = value?.annotations ?? [];
  const labels = [...new Set(parts.map(({ label }) => label))];
  const shows = (name: string) => props.buttons === null || props.buttons.includes(name);
  const select = (index: number) =>
    block.trigger("select", { index, value: parts[index]?.label ?? null, selected: true });
  /** The topmost part under the pointer. */
  const at = async (event: MouseEvent): Promise<number> => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    for (let index = parts.length - 1; index >= 0; index--) {
      const file = parts[index]?.image as FileData;
      if (isLost(file)) continue;
      const mask = await block.app.fileUrl(file);
      if (await covers(mask, x, y)) return index;
    }
    return -1;
  };
  return (
    <Frame
      block={block}
      toolbar={
        url &&
        shows("fullscreen") && (
          <Tool icon="fullscreen" name="Fullscreen" run={() => void toggleFullscreen(stage.current)} />
        )
      }
    >
      <div
        ref={stage}
        class="nb-image-stage"
        style={{ height: length(props.height), width: length(props.width) }}
      >
        {url ? (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the legend's buttons do it by keyboard
          // biome-ignore lint/a11y/noStaticElementInteractions: the legend's buttons do it by keyboard
          <div
            class={`nb-annotated ${props.height ? "nb-bounded" : ""}`}
            onClick={(event) => void at(event).then((index) => index >= 0 && select(index))}
          >
            <img src={url} alt={labelOf(block)} />
            {parts.map((part, index) => (
              <Part
                key={`${part.image.path}-${index}`}
                block={block}
                part={part}
                colour={colourOf(part.label, labels, props.color_map)}
                isFaint={pointed !== null && pointed !== part.label}
              />
            ))}
          </div>
        ) : (
          <div class="nb-empty" role="img" aria-label={`${labelOf(block)}: empty`}>
            <Icon name="image" size={20} />
          </div>
        )}
      </div>
      {props.show_legend && labels.length > 0 && (
        <div class="nb-picture-legend" role="group" aria-label={t("Parts")}>
          {labels.map((label) => (
            <button
              key={label}
              type="button"
              class="nb-legend-item"
              onPointerEnter={() => setPointed(label)}
              onPointerLeave={() => setPointed(null)}
              onFocus={() => setPointed(label)}
              onBlur={() => setPointed(null)}
              onClick={() => select(parts.findIndex((part) => part.label === label))}
            >
              <span class="nb-key-swatch" style={{ background: colourOf(label, labels, props.color_map) }} />
              {label || "(no label)"}
            </button>
          ))}
        </div>
      )}
    </Frame>
  );
}
