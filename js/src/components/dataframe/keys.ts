/** The keyboard on a table, as in a spreadsheet. */

import { writeClipboard } from "../../ui/tool";
import { type Grid, HEADER, type Place } from "./grid";
import type { Opened } from "./menus";

/** The keyboard, as in a spreadsheet. */
export function useKeys(
  grid: Grid,
  view_px: number,
  row_px: number,
  open: (opened: Opened) => void,
  view: { current: HTMLElement | null },
) {
  const page = Math.max(1, Math.floor(view_px / row_px) - 1);
  const openMenu = ({ row, column }: Place) => {
    const cell = view.current?.querySelector<HTMLElement>(
      row === HEADER ? `[data-head="${column}"]` : `[data-row="${row}"] [data-cell="${column}"]`,
    );
    const { left: x = 0, bottom: y = 0 } = cell?.getBoundingClientRect() ?? {};
    if (row === HEADER) open({ kind: "column", at: grid.columnAt(column), column, x, y });
    else open({ kind: "cells", x, y });
  };
  return {
    onFocus: (event: FocusEvent) => {
      if (event.target !== event.currentTarget || grid.range.peek() || grid.layout.peek().length === 0)
        return;
      if (view.current?.matches(":focus-visible"))
        grid.range.value = { head: { row: HEADER, column: 0 }, anchor: { row: HEADER, column: 0 } };
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.target !== event.currentTarget || event.isComposing) return;
      const range = grid.range.peek();
      const head = range?.head ?? { row: HEADER, column: 0 };
      const last = { row: grid.rows - 1, column: grid.layout.peek().length - 1 };
      const { row, column } = head;
      const isCommand = event.ctrlKey || event.metaKey;
      const at = grid.columnAt(column);
      const done = () => {
        event.preventDefault();
        event.stopPropagation();
      };
      if (row === HEADER && event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
        done();
        const by = event.key === "ArrowLeft" ? -1 : 1;
        grid.shiftColumn(at, by);
        grid.range.value = {
          head: { row, column: Math.max(0, Math.min(last.column, column + by)) },
          anchor: head,
        };
        return;
      }
      if (row === HEADER && event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
        done();
        const width = grid.layout.peek()[column]?.width ?? 0;
        grid.change(at, { width: Math.max(40, width + (event.key === "ArrowLeft" ? -10 : 10)) });
        return;
      }
      const moves: Record<string, Place> = {
        ArrowUp: { row: isCommand ? Math.min(row, 0) : row - 1, column },
        ArrowDown: { row: isCommand ? last.row : row + 1, column },
        ArrowLeft: { row, column: isCommand ? 0 : column - 1 },
        ArrowRight: { row, column: isCommand ? last.column : column + 1 },
        Home: isCommand ? { row: 0, column: 0 } : { row, column: 0 },
        End: isCommand ? last : { row, column: last.column },
        PageUp: { row: Math.max(row === HEADER ? HEADER : 0, row - page), column },
        PageDown: { row: row + page, column },
      };
      if (event.altKey && event.key === "ArrowDown") {
        done();
        openMenu(head);
      } else if (event.key in moves && !event.altKey) {
        done();
        const place = moves[event.key] as Place;
        if (event.shiftKey && row !== HEADER) grid.extend({ ...place, row: Math.max(0, place.row) });
        else grid.select(place);
      } else if (event.key === "Tab" && grid.isInteractive && range && row !== HEADER && !event.altKey) {
        const next = event.shiftKey
          ? row * (last.column + 1) + column - 1
          : row * (last.column + 1) + column + 1;
        const width = last.column + 1;
        if (next < 0 || next > last.row * width + last.column) return;
        done();
        grid.select({ row: Math.floor(next / width), column: next % width });
      } else if (event.key === "Escape" && range) {
        done();
        grid.range.value = null;
      } else if (event.key === "Enter") {
        done();
        if (row === HEADER) grid.toggleSort(at, event.shiftKey);
        else grid.start(head);
      } else if (event.key === "F2") {
        done();
        grid.start(head);
      } else if (event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) {
        done();
        openMenu(head);
      } else if (isCommand && event.key.toLowerCase() === "a") {
        done();
        grid.range.value = { anchor: { row: 0, column: 0 }, head: last };
      } else if (isCommand && event.key.toLowerCase() === "z") {
        done();
        if (event.shiftKey) grid.redo();
        else grid.undo();
      } else if (isCommand && event.key.toLowerCase() === "y") {
        done();
        grid.redo();
      } else if (event.key === " " && (isCommand || event.shiftKey)) {
        done();
        if (isCommand) grid.range.value = { anchor: { row: 0, column }, head: { row: last.row, column } };
        else grid.range.value = { anchor: { row, column: 0 }, head: { row, column: last.column } };
      } else if (event.key === " " && row === HEADER) {
        done();
        grid.toggleSort(at, false);
      } else if ((event.key === "Delete" || event.key === "Backspace") && range) {
        done();
        grid.clearCells();
      } else if (event.key.length === 1 && !isCommand && !event.altKey && range && row !== HEADER) {
        if (!grid.canEdit(at)) return;
        done();
        if (grid.datatype(at) === "bool") {
          if (event.key === " ") grid.start(head);
        } else grid.start(head, event.key);
      }
    },
    onCopy: (event: ClipboardEvent) => copy(grid, event),
    onCut: (event: ClipboardEvent) => {
      copy(grid, event);
      if (grid.isInteractive) grid.clearCells();
    },
    onPaste: (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain");
      if (!text || !grid.isInteractive || !grid.range.peek()) return;
      event.preventDefault();
      grid.paste(text);
    },
  };
}

function copy(grid: Grid, event: ClipboardEvent): void {
  if (!grid.range.peek()) return;
  event.preventDefault();
  const text = grid.selectedText();
  if (text !== null) event.clipboardData?.setData("text/plain", text);
  else void grid.textOfSelected().then((whole) => (whole === null ? undefined : writeClipboard(whole)));
}
