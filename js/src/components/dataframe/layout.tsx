/** Cells beside each other: their boxes, and which of a wide table are made. */

import type { JSX } from "preact";
import type { Placed } from "./columns";

export const box = (width: number, left: number | null) => ({
  width: `${width}px`,
  flex: `0 0 ${width}px`,
  left: left === null ? undefined : `${left}px`,
});

/** Numbers stand at the right, so that their digits are under each other. */
export const isRight = (kind: string | undefined, value: unknown) =>
  kind === "number" || (kind === "str" && typeof value === "number");

/** Columns in sight, of a wide table; the others are not made. */
export function useSight(
  layout: Placed[],
  view: { current: HTMLElement | null },
  width: number,
  numbers_px: number,
): [number, number] {
  if (layout.length < 40 || width === 0) return [0, layout.length - 1];
  const left = (view.current?.scrollLeft ?? 0) - numbers_px;
  let first = layout.findIndex((column) => column.left + column.width > left);
  if (first < 0) first = 0;
  let last = first;
  while (last < layout.length - 1 && (layout[last] as Placed).left < left + width) last += 1;
  return [Math.max(0, first - 2), Math.min(layout.length - 1, last + 2)];
}

/** Cells of the columns that are pinned or in sight, and room for those between. */
export function spaced<T>(
  layout: Placed[],
  [first, last]: [number, number],
  cell: (column: Placed, index: number) => T,
) {
  const made: (T | JSX.Element)[] = [];
  let gap = 0;
  layout.forEach((column, index) => {
    if (column.isPinned || (first <= index && index <= last)) {
      if (gap > 0) made.push(<div key={`gap-${index}`} class="nb-gap" style={{ flex: `0 0 ${gap}px` }} />);
      gap = 0;
      made.push(cell(column, index));
    } else gap += column.width;
  });
  return made;
}
