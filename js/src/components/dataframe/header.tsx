/** The name of a column, with its menu, its order and the edge by which it is made wider. */

import { ArrowDown, ArrowUp, EllipsisVertical, Filter } from "lucide";
import { Glyph } from "../glyphs";
import { Editor } from "./cell";
import type { Placed } from "./columns";
import type { Grid } from "./grid";
import { box } from "./layout";
import type { Opened } from "./menus";

interface HeaderProps {
  grid: Grid;
  column: Placed;
  index: number;
  id: string;
  left: number;
  name: string;
  sort: { direction: "asc" | "desc"; rank: number } | null;
  sorts: number;
  isFiltered: boolean;
  isActive: boolean;
  isSelected: boolean;
  isEditing: boolean;
  isRight: boolean;
  open: (opened: Opened) => void;
}

export function HeaderCell({
  grid,
  column,
  index,
  id,
  left,
  name,
  sort,
  sorts,
  isFiltered,
  isActive,
  isSelected,
  isEditing,
  isRight,
  open,
}: HeaderProps) {
  const { at, width, isPinned } = column;
  const classes = [
    "nb-th",
    isPinned && "nb-pinned",
    column.isEdge && "nb-pinned-edge",
    isActive && "nb-active",
    isSelected && "nb-in-range",
    isRight && "nb-right",
  ];
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the keyboard
    <div
      id={id}
      class={classes.filter(Boolean).join(" ")}
      style={box(width, isPinned ? left : null)}
      role="columnheader"
      data-testid={`header-${at}`}
      data-head={index}
      aria-colindex={index + 1}
      aria-sort={sort ? (sort.direction === "asc" ? "ascending" : "descending") : undefined}
      title={name}
    >
      {isEditing ? (
        <Editor
          text={name}
          name={`Name of column ${index + 1}`}
          cancel={() => {
            grid.editing.value = null;
            grid.focus();
          }}
          commit={(text) => {
            grid.commit(text);
            grid.focus();
          }}
        />
      ) : (
        <>
          <span class="nb-th-name">{name}</span>
          {sort && (
            <span class="nb-th-mark">
              <Glyph of={sort.direction === "asc" ? ArrowUp : ArrowDown} size={13} />
              {sorts > 1 && <small>{sort.rank + 1}</small>}
            </span>
          )}
          {isFiltered && (
            <span class="nb-th-mark">
              <Glyph of={Filter} size={12} />
            </span>
          )}
          <button
            type="button"
            class="nb-th-menu"
            tabIndex={-1}
            aria-haspopup="menu"
            aria-label={`Menu of column ${name}`}
            onClick={(event) => {
              event.stopPropagation();
              const { left: x, bottom } = event.currentTarget.getBoundingClientRect();
              open({ kind: "column", at, column: index, x, y: bottom + 2 });
            }}
          >
            <Glyph of={EllipsisVertical} size={14} />
          </button>
        </>
      )}
      <span class="nb-th-edge" aria-hidden="true" data-edge={at} />
    </div>
  );
}
