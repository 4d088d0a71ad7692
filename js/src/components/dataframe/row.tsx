/** One row. */

import { Component } from "preact";
import type { MarkdownModule } from "../../lazy/markdown";
import type { Block } from "../../model";
import { Content, Editor, safeStyle } from "./cell";
import type { Placed } from "./columns";
import type { Grid } from "./grid";
import { box, isRight, spaced } from "./layout";
import { textOf } from "./query";
import type { Line } from "./source";

interface RowProps {
  grid: Grid;
  block: Block;
  id: string;
  row: number;
  line: Line | undefined;
  layout: Placed[];
  numbers_px: number;
  top: number;
  inSight: [number, number];
  /** Columns of it that are selected; −1: none. */
  from: number;
  to: number;
  active: number;
  editing: { column: number; text: string } | null;
  module: MarkdownModule | null;
  maxChars: number | null;
  wrap: boolean;
  isInteractive: boolean;
  statics: number[];
  kinds: string[];
}

/** Made again only where something of it is another. */
export class TableRow extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const now = this.props as unknown as Record<string, unknown>;
    return Object.entries(next).some(([name, value]) => {
      if (name === "inSight") return String(value) !== String(now[name]);
      if (name === "kinds" || name === "statics") return String(value) !== String(now[name]);
      if (name === "line") return !sameLine(value as Line | undefined, now[name] as Line | undefined);
      return value !== now[name];
    });
  }

  override render() {
    const { row, line, layout, numbers_px, top, inSight, id } = this.props;
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the grid has the keyboard
      <div
        class={`nb-tr ${row % 2 ? "nb-odd" : ""}`}
        role="row"
        aria-rowindex={row + 2}
        data-row={row}
        style={{ transform: `translateY(${top}px)` }}
      >
        {numbers_px > 0 && (
          <div class="nb-td nb-number nb-pinned" style={box(numbers_px, 0)} aria-hidden="true">
            {line ? line.at + 1 : ""}
          </div>
        )}
        {spaced(layout, inSight, (column, index) => this.cell(column, index, `${id}-${row}-${index}`))}
      </div>
    );
  }

  private cell({ at, left, width, isPinned, isEdge }: Placed, index: number, id: string) {
    const {
      grid,
      block,
      row,
      line,
      numbers_px,
      from,
      to,
      active,
      editing,
      module,
      maxChars,
      statics,
      kinds,
    } = this.props;
    const kind = (kinds[at] ?? "str") as ReturnType<Grid["datatype"]>;
    const value = line?.row[at];
    const isActive = index === active;
    const isEditing = editing?.column === index;
    const isEditable = this.props.isInteractive && !statics.includes(at);
    const classes = [
      "nb-td",
      isPinned && "nb-pinned",
      isEdge && "nb-pinned-edge",
      isActive && "nb-active",
      from <= index && index <= to && "nb-in-range",
      isRight(kind, value) && "nb-right",
      kind === "bool" && "nb-center",
      !line && grid.source.count.peek() > row && "nb-pending",
    ];
    const css = safeStyle(line?.styling?.[at]);
    const style = `width:${width}px;flex:0 0 ${width}px;${isPinned ? `left:${numbers_px + left}px;` : ""}${css ?? ""}`;
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the grid has the keyboard
      <div
        key={at}
        id={id}
        class={classes.filter(Boolean).join(" ")}
        style={style}
        role="gridcell"
        data-testid={`cell-${row}-${index}`}
        data-cell={index}
        aria-colindex={index + 1}
        aria-selected={from <= index && index <= to}
        aria-readonly={this.props.isInteractive && !isEditable ? true : undefined}
      >
        {isEditing ? (
          <Editor
            text={editing.text}
            name={`${textOf(grid.table.peek().headers[at])}, row ${row + 1}`}
            cancel={() => {
              grid.editing.value = null;
              grid.focus();
            }}
            commit={(text, then) => {
              grid.commit(text);
              if (then === "stay") return;
              const step = { down: [1, 0], up: [-1, 0], right: [0, 1], left: [0, -1] }[then] as [
                number,
                number,
              ];
              grid.select({ row: Math.max(0, row + step[0]), column: index + step[1] });
              grid.focus();
            }}
          />
        ) : (
          <Content
            block={block}
            kind={kind}
            value={value}
            display={line?.display?.[at]}
            module={module}
            maxChars={maxChars}
            isOpen={isActive}
            isEditable={isEditable}
            toggle={isEditable ? () => grid.start({ row, column: index }) : undefined}
          />
        )}
      </div>
    );
  }
}

function sameLine(a: Line | undefined, b: Line | undefined): boolean {
  return (
    a === b ||
    (a?.row === b?.row && a?.at === b?.at && a?.styling === b?.styling && a?.display === b?.display)
  );
}
