/** The frame that says what of a picture stays, with handles to drag. */

import { useRef } from "preact/hooks";

export interface CropBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface CropFrameProps {
  box: CropBox;
  /** Shown pixels for one of the picture's. */
  scale: number;
  most: [number, number];
  change: (box: CropBox) => void;
}

const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const;
const LEAST = 8;

export function CropFrame({ box, scale, most, change }: CropFrameProps) {
  const drag = useRef<{ part: string; x: number; y: number; box: CropBox } | null>(null);
  const [width, height] = most;
  const begin = (event: PointerEvent) => {
    const part = (event.target as HTMLElement).dataset.part;
    if (!part || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    drag.current = { part, x: event.clientX, y: event.clientY, box };
  };
  const move = (event: PointerEvent) => {
    const from = drag.current;
    if (!from) return;
    const dx = (event.clientX - from.x) / scale;
    const dy = (event.clientY - from.y) / scale;
    let { x, y } = from.box;
    let right = x + from.box.width;
    let bottom = y + from.box.height;
    if (from.part === "all") {
      x = Math.min(Math.max(0, x + dx), width - from.box.width);
      y = Math.min(Math.max(0, y + dy), height - from.box.height);
      right = x + from.box.width;
      bottom = y + from.box.height;
    } else {
      if (from.part.includes("w")) x = Math.min(Math.max(0, x + dx), right - LEAST);
      if (from.part.includes("e")) right = Math.max(Math.min(width, right + dx), x + LEAST);
      if (from.part.includes("n")) y = Math.min(Math.max(0, y + dy), bottom - LEAST);
      if (from.part.includes("s")) bottom = Math.max(Math.min(height, bottom + dy), y + LEAST);
    }
    change({
      x: Math.round(x),
      y: Math.round(y),
      width: Math.round(right - x),
      height: Math.round(bottom - y),
    });
  };
  const end = () => {
    drag.current = null;
  };
  return (
    <div
      class="nb-crop"
      data-part="all"
      style={{
        left: `${box.x * scale}px`,
        top: `${box.y * scale}px`,
        width: `${box.width * scale}px`,
        height: `${box.height * scale}px`,
      }}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {HANDLES.map((part) => (
        <span key={part} class={`nb-handle nb-handle-${part}`} data-part={part} />
      ))}
    </div>
  );
}
