/** The grid: of its rows and columns those in sight are made. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { type Block, propsOf } from "../../model";
import { length } from "../../ui/css";
import { labelOf } from "../../ui/frame";
import type { DataframeProps } from "../../wire/generated/components";
import { useMarkdown } from "../markdown";
import { placed } from "./columns";
import { type Grid, HEADER } from "./grid";
import { HeaderCell } from "./header";
import { useKeys } from "./keys";
import { box, isRight, spaced, useSight } from "./layout";
import type { Opened } from "./menus";
import { usePointer } from "./pointer";
import { isAll, textOf } from "./query";
import { TableRow } from "./row";
import { Heights, Scroll } from "./scroll";
import type { Line } from "./source";

const OVERSCAN_ROWS = 4;
const MOST_MEASURED = 10_000;
const NUMBERS_PX = 56;

interface BodyProps {
  grid: Grid;
  block: Block;
  open: (opened: Opened) => void;
}

export function Body({ grid, block, open }: BodyProps) {
  const props = propsOf<DataframeProps>(block);
  const table = grid.table.value;
  const { source } = grid;
  const version = source.version.value;
  const columns = grid.columns.value;
  const range = grid.range.value;
  const editing = grid.editing.value;
  const query = grid.query.value;
  source.count.value;
  const count = grid.rows;

  const view = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const scroll = useMemo(() => new Scroll(), []);
  const heights = useRef(new Heights(0, 0, false));
  const [size, setSize] = useState({ width: 0, height: 0, row: 0, header: 0 });
  const [, setTick] = useState(0);
  const redraw = () => setTick((tick) => tick + 1);

  const kinds = table.headers.map((_, at) => grid.datatype(at));
  const isFormatted = kinds.some((kind) => kind === "markdown" || kind === "html");
  const module = useMarkdown((name) => (isFormatted ? block.app.chunk(name) : new Promise(() => {})));
  const hasOwnHeights = (props.wrap || isFormatted || kinds.includes("image")) && count <= MOST_MEASURED;
  const row_px = size.row || 33;
  heights.current = heights.current.with(count, row_px, hasOwnHeights);
  const numbers_px = props.show_row_numbers ? Math.max(NUMBERS_PX, 20 + String(count).length * 9) : 0;

  const layout = useMemo(
    () => placed(columns, props.column_widths, Math.max(0, size.width - numbers_px), (at) => grid.need(at)),
    [columns, props.column_widths, size.width, numbers_px, table.headers, table.data.length > 0, table.table],
  );
  grid.layout.value = layout;
  const width_px = layout.reduce((sum, column) => sum + column.width, numbers_px);

  const view_px = Math.max(0, size.height - size.header);
  const total_px = heights.current.total;
  const first = Math.max(0, heights.current.at(scroll.top) - OVERSCAN_ROWS);
  const last = Math.min(
    count - 1,
    heights.current.at(scroll.top + Math.max(view_px, row_px * 10)) + OVERSCAN_ROWS,
  );
  const inSight = useSight(layout, view, size.width, numbers_px);

  const measureRows = () => {
    let isOther = false;
    for (const row of rowsOf(view.current)) {
      isOther = heights.current.measure(Number(row.dataset.row), row.offsetHeight) || isOther;
    }
    if (isOther) redraw();
  };
  const measured = useRef(measureRows);
  measured.current = measureRows;
  const grown = useMemo(() => new ResizeObserver(() => measured.current()), []);
  useEffect(() => () => grown.disconnect(), []);

  useEffect(() => source.need(first, last), [first, last, version]);
  useLayoutEffect(() => {
    const element = view.current;
    if (!element) return;
    const measure = () => {
      const row = element.querySelector<HTMLElement>(".nb-tr-sample")?.offsetHeight || 33;
      const next = {
        width: element.clientWidth,
        height: element.clientHeight,
        row,
        header: head.current?.offsetHeight ?? 0,
      };
      setSize((old) => (sameSize(old, next) ? old : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const header = head.current?.offsetHeight ?? 0;
    const height = view.current?.clientHeight ?? 0;
    if (header !== size.header || Math.abs(height - size.height) > 1) {
      setSize((old) => ({ ...old, header, height }));
    }
    if (!heights.current.isMeasured) return;
    measureRows();
    // formulas and pictures come later than the row
    for (const row of rowsOf(view.current)) grown.observe(row);
  });
  useLayoutEffect(() => {
    // fewer rows than before: the view stands at the last of them
    const element = view.current;
    if (element && scroll.top > Math.max(0, total_px - view_px))
      element.scrollTop = scroll.to(scroll.top, total_px, view_px);
  }, [total_px, view_px]);

  grid.focus = () => view.current?.focus({ preventScroll: true });
  grid.reveal = ({ row, column }) => {
    const element = view.current;
    if (!element) return;
    if (row >= 0) {
      const [top, bottom] = [heights.current.top(row), heights.current.top(row + 1)];
      if (top < scroll.top) element.scrollTop = scroll.to(top, total_px, view_px);
      else if (bottom > scroll.top + view_px)
        element.scrollTop = scroll.to(bottom - view_px, total_px, view_px);
    }
    const cell = layout[column];
    if (cell && !cell.isPinned) {
      const pinned = layout.reduce((sum, one) => sum + (one.isPinned ? one.width : 0), numbers_px);
      const left = numbers_px + cell.left;
      if (left - pinned < element.scrollLeft) element.scrollLeft = left - pinned;
      else if (left + cell.width > element.scrollLeft + element.clientWidth) {
        element.scrollLeft = left + cell.width - element.clientWidth;
      }
    }
    redraw();
  };

  const lines: [number, Line | undefined][] = [];
  for (let row = first; row <= last; row++) lines.push([row, source.line(row)]);
  const area = grid.selected;
  const headPlace = range?.head ?? null;
  const id = `nb-grid-${block.id}`;
  const keys = useKeys(grid, view_px, row_px, open, view);
  const height = length(props.max_height) ?? "500px";
  const shared = { grid, block, layout, numbers_px, module, maxChars: props.max_chars, wrap: props.wrap };

  return (
    <>
      <div
        ref={view}
        class={`nb-grid ${props.wrap ? "nb-wrap" : ""} ${hasOwnHeights ? "nb-measured" : ""}`}
        style={{ "--nb-max-height": height }}
        role="grid"
        tabIndex={0}
        data-testid="dataframe"
        aria-label={labelOf(block)}
        aria-rowcount={count + 1}
        aria-colcount={layout.length}
        aria-multiselectable="true"
        aria-readonly={!grid.isInteractive || undefined}
        aria-busy={source.isWaiting.value || undefined}
        aria-activedescendant={headPlace ? `${id}-${headPlace.row}-${headPlace.column}` : undefined}
        onScroll={(event) => {
          const element = event.currentTarget;
          const place = scroll.moved(element.scrollTop, total_px, view_px);
          if (place !== null) element.scrollTop = place;
          redraw();
        }}
        {...keys}
        {...usePointer(grid, open)}
      >
        <div class="nb-tr nb-tr-sample" aria-hidden="true">
          <div class="nb-td">0</div>
        </div>
        <div ref={head} class="nb-thead" role="rowgroup" style={{ width: `${width_px}px` }}>
          {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the keyboard */}
          <div class="nb-tr" role="row" aria-rowindex={1}>
            {numbers_px > 0 && (
              <div class="nb-th nb-number nb-pinned" style={box(numbers_px, 0)} aria-hidden="true" />
            )}
            {spaced(layout, inSight, (column, index) => (
              <HeaderCell
                key={column.at}
                grid={grid}
                column={column}
                index={index}
                id={`${id}-${HEADER}-${index}`}
                left={numbers_px + column.left}
                name={textOf(table.headers[column.at])}
                sort={grid.sortOf(column.at)}
                sorts={query.sort.length}
                isFiltered={grid.filterOf(column.at) !== null}
                isActive={headPlace?.row === HEADER && headPlace.column === index}
                isSelected={area !== null && area.left <= index && index <= area.right}
                isEditing={editing?.row === HEADER && editing.column === index}
                isRight={isRight(kinds[column.at], table.data[0]?.[column.at])}
                open={open}
              />
            ))}
          </div>
        </div>
        <div
          class="nb-tbody"
          role="rowgroup"
          style={{ height: count > 0 ? `${scroll.height(total_px)}px` : undefined, width: `${width_px}px` }}
        >
          {lines.map(([row, line]) => (
            <TableRow
              {...shared}
              key={row}
              id={id}
              row={row}
              line={line}
              top={scroll.place(heights.current.top(row))}
              inSight={inSight}
              from={area && area.top <= row && row <= area.bottom ? area.left : -1}
              to={area && area.top <= row && row <= area.bottom ? area.right : -1}
              active={headPlace?.row === row ? headPlace.column : -1}
              editing={editing?.row === row ? editing : null}
              isInteractive={grid.isInteractive}
              statics={props.static_columns}
              kinds={kinds}
            />
          ))}
          {count === 0 && (
            // biome-ignore lint/a11y/useFocusableInteractive: the grid has the keyboard
            <div class="nb-table-empty" role="row">
              {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the keyboard */}
              <div role="gridcell">{isAll(query) ? t("No rows") : t("No matches")}</div>
            </div>
          )}
        </div>
      </div>
      {source.error.value && (
        <div class="nb-message" role="alert">
          The rows cannot be had: {source.error.value}
        </div>
      )}
    </>
  );
}

const rowsOf = (view: HTMLElement | null) => view?.querySelectorAll<HTMLElement>(".nb-tr[data-row]") ?? [];

const sameSize = (a: object, b: object) =>
  Object.entries(a).every(([name, value]) => value === (b as Record<string, unknown>)[name]);
