/** The pointer on a table. */

import { useRef } from "preact/hooks";
import { type Grid, HEADER, type Place } from "./grid";
import type { Opened } from "./menus";

const DRAG_PX = 6;

/** Where in the grid an event happened. */
export function placeOf(event: Event): Place | null {
  const target = event.composedPath()[0] as HTMLElement;
  const cell = target.closest?.<HTMLElement>("[data-cell]");
  if (cell)
    return {
      row: Number(cell.closest<HTMLElement>("[data-row]")?.dataset.row),
      column: Number(cell.dataset.cell),
    };
  const header = target.closest?.<HTMLElement>("[data-head]");
  return header ? { row: HEADER, column: Number(header.dataset.head) } : null;
}

/** The pointer: selects, extends, edits, orders, resizes and moves columns. */
export function usePointer(grid: Grid, open: (opened: Opened) => void) {
  const drag = useRef<
    | { kind: "cells" }
    | { kind: "edge"; at: number; x: number; width: number }
    | { kind: "header"; at: number; column: number; x: number; hasMoved: boolean }
    | null
  >(null);
  const before = useRef<ReturnType<Grid["query"]["peek"]> | null>(null);
  const mark = (event: Event, at: number | null) => {
    const view = event.currentTarget as HTMLElement;
    for (const cell of view.querySelectorAll<HTMLElement>("[data-head]")) {
      cell.classList.toggle("nb-drop-here", at !== null && cell.dataset.head === String(at));
    }
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      const target = event.composedPath()[0] as HTMLElement;
      if (event.button !== 0 || target.closest("button, textarea, a")) return;
      const view = event.currentTarget as HTMLElement;
      const edge = target.closest<HTMLElement>("[data-edge]");
      if (edge) {
        const at = Number(edge.dataset.edge);
        const width = grid.layout.peek().find((column) => column.at === at)?.width ?? 0;
        drag.current = { kind: "edge", at, x: event.clientX, width };
        view.setPointerCapture(event.pointerId);
        event.preventDefault();
        return;
      }
      const place = placeOf(event);
      if (!place) return;
      if (place.row === HEADER) {
        drag.current = {
          kind: "header",
          at: grid.columnAt(place.column),
          column: place.column,
          x: event.clientX,
          hasMoved: false,
        };
        return;
      }
      if (event.shiftKey) grid.extend(place);
      else grid.select(place);
      if (event.pointerType === "mouse") drag.current = { kind: "cells" };
      if (!target.closest("input")) grid.focus();
    },
    onPointerMove: (event: PointerEvent) => {
      const now = drag.current;
      if (!now) return;
      if (now.kind === "edge") {
        grid.change(now.at, { width: Math.max(40, now.width + event.clientX - now.x) });
      } else if (now.kind === "cells") {
        const place = placeOf(event);
        const range = grid.range.peek();
        if (
          place &&
          place.row !== HEADER &&
          range &&
          (place.row !== range.head.row || place.column !== range.head.column)
        ) {
          event.preventDefault();
          grid.range.value = { anchor: range.anchor, head: place };
        }
      } else {
        now.hasMoved ||= Math.abs(event.clientX - now.x) > DRAG_PX;
        const place = placeOf(event);
        if (now.hasMoved)
          mark(event, place?.row === HEADER && place.column !== now.column ? place.column : null);
      }
    },
    onPointerUp: (event: PointerEvent) => {
      const now = drag.current;
      drag.current = null;
      if (now?.kind !== "header") return;
      mark(event, null);
      const place = placeOf(event);
      if (now.hasMoved) {
        if (place?.row === HEADER && place.column !== now.column)
          grid.moveColumn(now.at, grid.columnAt(place.column));
        return;
      }
      if (event.detail > 1) return;
      before.current = grid.query.peek();
      grid.select({ row: HEADER, column: now.column });
      grid.toggleSort(now.at, event.shiftKey);
      grid.focus();
    },
    onPointerCancel: () => {
      drag.current = null;
    },
    onDblClick: (event: MouseEvent) => {
      const target = event.composedPath()[0] as HTMLElement;
      const edge = target.closest<HTMLElement>("[data-edge]");
      if (edge) {
        const at = Number(edge.dataset.edge);
        grid.change(at, { width: grid.need(at) });
        return;
      }
      const place = placeOf(event);
      if (!place || target.closest("button, input, textarea, a")) return;
      if (place.row === HEADER && grid.canEdit(grid.columnAt(place.column)) && before.current) {
        grid.ask(before.current); // the first of the two presses was none of its own
        before.current = null;
      }
      grid.start(place);
    },
    onContextMenu: (event: MouseEvent) => {
      const place = placeOf(event);
      if (!place || (event.composedPath()[0] as HTMLElement).closest("textarea")) return;
      event.preventDefault();
      if (place.row === HEADER) {
        open({
          kind: "column",
          at: grid.columnAt(place.column),
          column: place.column,
          x: event.clientX,
          y: event.clientY,
        });
        return;
      }
      const area = grid.selected;
      const isInside =
        area &&
        area.top <= place.row &&
        place.row <= area.bottom &&
        area.left <= place.column &&
        place.column <= area.right;
      if (!isInside) grid.select(place);
      open({ kind: "cells", x: event.clientX, y: event.clientY });
    },
  };
}
