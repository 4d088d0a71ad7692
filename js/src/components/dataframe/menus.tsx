/** What the menus of a table offer: of a column, of cells. */

import {
  ArrowDownAZ,
  ArrowDownToLine,
  ArrowLeft,
  ArrowLeftToLine,
  ArrowRight,
  ArrowRightToLine,
  ArrowUpAZ,
  ArrowUpToLine,
  ClipboardPaste,
  Copy,
  Download,
  Eye,
  EyeOff,
  Pencil,
  Pin,
  PinOff,
  Redo2,
  Scissors,
  Trash2,
  Undo2,
  X,
} from "lucide";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { writeClipboard } from "../../ui/tool";
import type { Grid } from "./grid";
import { type Item, Menu } from "./menu";
import { type FilterName, textOf } from "./query";

export interface Opened {
  kind: "column" | "cells" | "download";
  x: number;
  y: number;
  /** Of a column's: its index in the table, and where it stands. */
  at?: number;
  column?: number;
}

interface Props {
  grid: Grid;
  opened: Opened;
  close: (isBack: boolean) => void;
}

export function TableMenu(props: Props) {
  const { kind } = props.opened;
  if (kind === "column") return <ColumnMenu {...props} />;
  return kind === "cells" ? <CellMenu {...props} /> : <DownloadMenu {...props} />;
}

function ColumnMenu({ grid, opened, close }: Props) {
  const at = opened.at as number;
  const column = opened.column as number;
  const known = grid.columns.value.find((one) => one.at === at);
  const hidden = grid.columns.value.filter(({ isHidden }) => isHidden).length;
  const layout = grid.layout.value;
  const sort = grid.sortOf(at)?.direction;
  const name = textOf(grid.table.value.headers[at]);
  const order: Item[] = [
    {
      name: "Sort ascending",
      icon: ArrowUpAZ,
      isDisabled: sort === "asc",
      run: () => grid.sort(at, "asc", true),
    },
    {
      name: "Sort descending",
      icon: ArrowDownAZ,
      isDisabled: sort === "desc",
      run: () => grid.sort(at, "desc", true),
    },
  ];
  if (sort) order.push({ name: "Clear sort", icon: X, run: () => grid.sort(at, null, true) });
  const view: Item[] = [
    known?.isPinned
      ? { name: "Unpin column", icon: PinOff, run: () => grid.change(at, { isPinned: false }) }
      : { name: "Pin column", icon: Pin, run: () => grid.change(at, { isPinned: true }) },
    { name: "Move left", icon: ArrowLeft, isDisabled: column === 0, run: () => grid.shiftColumn(at, -1) },
    {
      name: "Move right",
      icon: ArrowRight,
      isDisabled: column >= layout.length - 1,
      run: () => grid.shiftColumn(at, 1),
    },
    {
      name: "Hide column",
      icon: EyeOff,
      isDisabled: layout.length < 2,
      run: () => grid.change(at, { isHidden: true }),
    },
  ];
  if (hidden > 0)
    view.push({ name: `Show all columns (${hidden} hidden)`, icon: Eye, run: () => grid.showAllColumns() });
  const edits: Item[] = [];
  if (grid.canEdit(at))
    edits.push({ name: "Rename column", icon: Pencil, run: () => grid.start({ row: -1, column }) });
  if (grid.canHaveColumns(1)) {
    edits.push(
      { name: "Add column to the left", icon: ArrowLeftToLine, run: () => grid.insertColumn(at) },
      { name: "Add column to the right", icon: ArrowRightToLine, run: () => grid.insertColumn(at + 1) },
    );
  }
  if (grid.canHaveColumns(-1))
    edits.push({ name: "Delete column", icon: Trash2, run: () => grid.deleteColumns([at]) });
  return (
    <Menu label={`Column ${name}`} x={opened.x} y={opened.y} groups={[order, view, edits]} close={close}>
      {grid.props.show_search === "filter" && <FilterForm grid={grid} at={at} name={name} close={close} />}
    </Menu>
  );
}

const TESTS: [FilterName, string][] = [
  ["contains", "contains"],
  ["is", "is"],
  ["is_not", "is not"],
  ["less", "is less than"],
  ["more", "is more than"],
  ["empty", "is empty"],
  ["not_empty", "is not empty"],
];

function FilterForm({
  grid,
  at,
  name,
  close,
}: {
  grid: Grid;
  at: number;
  name: string;
  close: Props["close"];
}) {
  const known = grid.filterOf(at);
  const [test, setTest] = useState<FilterName>(known?.[1] ?? "contains");
  const [text, setText] = useState(known?.[2] ?? "");
  const needsText = test !== "empty" && test !== "not_empty";
  const apply = () => {
    grid.filter(at, needsText && text.trim() === "" ? null : [at, test, needsText ? text : ""]);
    close(true);
  };
  return (
    <form
      class="nb-filter"
      aria-label={`Filter ${name}`}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <select
        class="nb-input"
        aria-label="Test"
        value={test}
        onChange={(event) => setTest(event.currentTarget.value as FilterName)}
      >
        {TESTS.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {needsText && (
        <input
          class="nb-input"
          aria-label={t("Text or number")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div class="nb-filter-buttons">
        <button type="submit" class="nb-button nb-sm nb-primary">
          {t("Filter")}
        </button>
        {known && (
          <button
            type="button"
            class="nb-button nb-sm nb-secondary"
            onClick={() => {
              grid.filter(at, null);
              close(true);
            }}
          >
            {t("Clear")}
          </button>
        )}
      </div>
    </form>
  );
}

function CellMenu({ grid, opened, close }: Props) {
  const area = grid.selected;
  const rows = area ? area.bottom - Math.max(0, area.top) + 1 : 0;
  const line = area ? grid.source.line(Math.max(0, area.top)) : undefined;
  const last = area ? grid.source.line(area.bottom) : undefined;
  const canAdd = grid.canHaveRows(1);
  const copy = async () => {
    const text = await grid.textOfSelected();
    if (text !== null) await writeClipboard(text);
  };
  const paste = async () => {
    try {
      grid.paste(await navigator.clipboard.readText());
    } catch {
      grid.block.app.toast(
        "info",
        "Paste with the keyboard",
        "This browser lets pages read the clipboard only after Ctrl+V.",
      );
    }
  };
  const clipboard: Item[] = [{ name: "Copy", icon: Copy, keys: "Ctrl+C", run: () => void copy() }];
  if (grid.isInteractive) {
    clipboard.unshift({
      name: "Cut",
      icon: Scissors,
      keys: "Ctrl+X",
      run: () => void copy().then(() => grid.clearCells()),
    });
    clipboard.push({ name: "Paste", icon: ClipboardPaste, keys: "Ctrl+V", run: () => void paste() });
  }
  const edits: Item[] = [];
  if (canAdd && line && area) {
    edits.push(
      {
        name: "Add row above",
        icon: ArrowUpToLine,
        run: () => grid.insertRow(line.at, Math.max(0, area.top)),
      },
      {
        name: "Add row below",
        icon: ArrowDownToLine,
        run: () => grid.insertRow((last ?? line).at + 1, area.bottom + 1),
      },
    );
  }
  if (rows > 0 && line && grid.canHaveRows(-rows)) {
    edits.push({
      name: rows > 1 ? `Delete ${rows} rows` : "Delete row",
      icon: Trash2,
      run: () => void grid.deleteRows(),
    });
  }
  const at = area ? grid.columnAt(area.left) : 0;
  const columns: Item[] = [];
  if (area && grid.canHaveColumns(1)) {
    columns.push(
      { name: "Add column to the left", icon: ArrowLeftToLine, run: () => grid.insertColumn(at) },
      {
        name: "Add column to the right",
        icon: ArrowRightToLine,
        run: () => grid.insertColumn(grid.columnAt(area.right) + 1),
      },
    );
    const which = grid.layout.value.slice(area.left, area.right + 1).map((one) => one.at);
    if (grid.canHaveColumns(-which.length)) {
      const name = which.length > 1 ? `Delete ${which.length} columns` : "Delete column";
      columns.push({ name, icon: Trash2, run: () => grid.deleteColumns(which) });
    }
  }
  const { canUndo, canRedo } = grid.table.value;
  const past: Item[] = grid.isInteractive
    ? [
        { name: "Undo", icon: Undo2, keys: "Ctrl+Z", isDisabled: !canUndo, run: () => grid.undo() },
        { name: "Redo", icon: Redo2, keys: "Ctrl+Y", isDisabled: !canRedo, run: () => grid.redo() },
      ]
    : [];
  return (
    <Menu label="Cells" x={opened.x} y={opened.y} groups={[clipboard, edits, columns, past]} close={close} />
  );
}

function DownloadMenu({ grid, opened, close }: Props) {
  const items: Item[] = [
    { name: "CSV", icon: Download, run: () => void grid.download("csv") },
    { name: "Parquet", icon: Download, run: () => void grid.download("parquet") },
  ];
  return <Menu label="Download" x={opened.x} y={opened.y} groups={[items]} close={close} />;
}
