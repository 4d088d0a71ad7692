/** Looking closer at a picture: a wheel with Ctrl, two buttons, keys; and dragging what is larger than its place. */

import { useRef, useState } from "preact/hooks";

const MOST = 16;
const STEP = 1.5;

interface View {
  scale: number;
  x: number;
  y: number;
}

const WHOLE: View = { scale: 1, x: 0, y: 0 };

export interface Zoom {
  scale: number;
  /** Style of what is zoomed. */
  style: { transform?: string; transformOrigin?: string; cursor?: string };
  closer(): void;
  away(): void;
  whole(): void;
  /** Handlers of the place in which it is seen. */
  handlers: {
    onWheel: (event: WheelEvent) => void;
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: (event: PointerEvent) => void;
    onKeyDown: (event: KeyboardEvent) => void;
    onClickCapture: (event: MouseEvent) => void;
  };
}

export function useZoom(): Zoom {
  const [view, setView] = useState<View>(WHOLE);
  const drag = useRef<{ x: number; y: number; hasMoved: boolean } | null>(null);
  const justMoved = useRef(false);

  /** Keeps the point at (x, y), from the middle of the place, where it is. */
  const by = (factor: number, x = 0, y = 0) =>
    setView((now) => {
      const scale = Math.min(MOST, Math.max(1, now.scale * factor));
      if (scale === 1) return WHOLE;
      const ratio = scale / now.scale;
      return { scale, x: x - (x - now.x) * ratio, y: y - (y - now.y) * ratio };
    });
  const keys: Record<string, () => void> = {
    "+": () => by(STEP),
    "=": () => by(STEP),
    "-": () => by(1 / STEP),
    "0": () => setView(WHOLE),
  };
  return {
    scale: view.scale,
    style:
      view.scale === 1
        ? {}
        : { transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`, cursor: "grab" },
    closer: () => by(STEP),
    away: () => by(1 / STEP),
    whole: () => setView(WHOLE),
    handlers: {
      onWheel: (event) => {
        if (!event.ctrlKey && !event.metaKey) return; // a page scrolls on over a picture
        event.preventDefault();
        const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
        by(
          event.deltaY < 0 ? 1.15 : 1 / 1.15,
          event.clientX - box.left - box.width / 2,
          event.clientY - box.top - box.height / 2,
        );
      },
      onPointerDown: (event) => {
        if (view.scale === 1 || event.button !== 0 || (event.target as HTMLElement).closest("button")) return;
        drag.current = { x: event.clientX - view.x, y: event.clientY - view.y, hasMoved: false };
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      },
      onPointerMove: (event) => {
        const from = drag.current;
        if (!from) return;
        from.hasMoved ||= Math.hypot(event.clientX - from.x - view.x, event.clientY - from.y - view.y) > 3;
        setView((now) => ({ ...now, x: event.clientX - from.x, y: event.clientY - from.y }));
      },
      onPointerUp: () => {
        const moved = drag.current?.hasMoved;
        drag.current = null;
        if (moved) justMoved.current = true;
      },
      onKeyDown: (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
        event.preventDefault();
        keys[event.key]?.();
      },
      onClickCapture: (event) => {
        if (!justMoved.current) return;
        justMoved.current = false;
        event.stopPropagation(); // the end of a drag is no press
      },
    },
  };
}
