/** Children that a user puts in order: by dragging their handle, or with the arrow keys on it. */

import { useRef, useState } from "preact/hooks";
import { type Block, propsOf, type ViewProps } from "../model";
import { isVisible, labelOf, placed } from "../ui/frame";
import { BlockView } from "../view";
import type { DraggableProps } from "../wire/generated/components";

/** The order of now: ids in the order that the user made, then those that are new. */
function ordered(ids: number[], order: number[]): number[] {
  return [...order.filter((id) => ids.includes(id)), ...ids.filter((id) => !order.includes(id))];
}

export function Draggable({ block }: ViewProps) {
  const { orientation } = propsOf<DraggableProps>(block);
  const isRow = orientation === "row";
  const [order, setOrder] = useState<number[]>([]);
  const [dragged, setDragged] = useState<number | null>(null);
  const [news, setNews] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const ids = ordered(block.children.value, order).filter((id) => {
    const child = block.app.child(id);
    return child && isVisible(child);
  });
  const nameOf = (id: number) => labelOf(block.app.child(id) as Block);

  const move = (id: number, to: number) => {
    const rest = ids.filter((other) => other !== id);
    const at = Math.max(0, Math.min(rest.length, to));
    if (ids.indexOf(id) === at) return;
    setOrder([...rest.slice(0, at), id, ...rest.slice(at)]);
    setNews(`${nameOf(id)}: ${at + 1} of ${ids.length}`);
  };
  const onKeyDown = (event: KeyboardEvent, id: number) => {
    const at = ids.indexOf(id);
    const [back, on] = isRow ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const to = { [back]: at - 1, [on]: at + 1, Home: 0, End: ids.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const handle = event.currentTarget as HTMLElement;
    move(id, to);
    requestAnimationFrame(() => handle.focus()); // an element that is moved loses the keyboard
  };
  /** The place under the pointer: behind every other child whose middle it has passed. */
  const placeAt = (event: PointerEvent, id: number) => {
    const others = [...(list.current?.children ?? [])].filter(
      (element) =>
        (element as HTMLElement).dataset.item && (element as HTMLElement).dataset.item !== String(id),
    );
    return others.filter((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return isRow ? event.clientX > left + width / 2 : event.clientY > top + height / 2;
    }).length;
  };
  const onPointerDown = (event: PointerEvent, id: number) => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    setDragged(id);
  };
  return (
    <div {...placed(block, `nb-draggable draggable ${isRow ? "nb-draggable-row" : ""}`)}>
      <div ref={list} class={`nb-draggable-list ${isRow ? "nb-row" : "nb-column"}`}>
        {ids.map((id) => (
          <div key={id} data-item={id} class={`nb-draggable-item ${id === dragged ? "nb-dragged" : ""}`}>
            <button
              type="button"
              class="nb-tool nb-grip"
              aria-label={`Move ${nameOf(id)}`}
              title={`Drag, or use the ${isRow ? "left and right" : "up and down"} keys`}
              onKeyDown={(event) => onKeyDown(event, id)}
              onPointerDown={(event) => onPointerDown(event, id)}
              onPointerMove={(event) => dragged === id && move(id, placeAt(event, id))}
              onPointerUp={() => setDragged(null)}
              onPointerCancel={() => setDragged(null)}
            >
              <span aria-hidden="true">⠿</span>
            </button>
            <BlockView block={block.app.child(id) as Block} />
          </div>
        ))}
      </div>
      <span class="nb-sr-only" role="status">
        {news}
      </span>
    </div>
  );
}
