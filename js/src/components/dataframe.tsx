/** A table: shown, ordered, searched and edited. */

import { Plus, Search } from "lucide";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { Frame } from "../ui/frame";
import { Tool, writeClipboard } from "../ui/tool";
import type { DataframeProps } from "../wire/generated/components";
import { Body } from "./dataframe/body";
import { Grid } from "./dataframe/grid";
import { type Opened, TableMenu } from "./dataframe/menus";
import { isAll } from "./dataframe/query";
import { Glyph } from "./glyphs";
import { toggleFullscreen } from "./pictures";

const SEARCH_MS = 150;

export function Dataframe({ block }: ViewProps) {
  const props = propsOf<DataframeProps>(block);
  const grid = useMemo(() => new Grid(block), [block]);
  useLayoutEffect(() => grid.take(props.value), [props.value]);
  const stage = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const shows = (name: string) => props.buttons === null || props.buttons.includes(name);
  const close = (isBack: boolean) => {
    setOpened(null);
    if (isBack) grid.focus();
  };
  const isLabelled = props.label !== null && props.show_label !== false;
  return (
    <Frame
      block={block}
      hasLabel={isLabelled}
      toolbar={
        <>
          {shows("copy") && <CopyAll grid={grid} />}
          {shows("download") && (
            <Tool
              icon="download"
              name="Download"
              run={(event) => {
                const { left, bottom } = (event.currentTarget as HTMLElement).getBoundingClientRect();
                setOpened({ kind: "download", x: left, y: bottom + 2 });
              }}
            />
          )}
          {shows("fullscreen") && (
            <Tool icon="fullscreen" name="Fullscreen" run={() => void toggleFullscreen(stage.current)} />
          )}
        </>
      }
    >
      <div ref={stage} class="nb-table">
        {props.show_search !== "none" && <SearchBar grid={grid} />}
        <Body grid={grid} block={block} open={setOpened} />
        {grid.isInteractive && <AddRow grid={grid} />}
        {opened && <TableMenu grid={grid} opened={opened} close={close} />}
      </div>
    </Frame>
  );
}

/** Copies the whole table as it is ordered. */
function CopyAll({ grid }: { grid: Grid }) {
  const [isDone, setDone] = useState(false);
  const copy = async () => {
    const text = await grid.textOfAll();
    if (text === null) return;
    await writeClipboard(text);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return <Tool icon={isDone ? "check" : "copy"} name={isDone ? "Copied" : "Copy"} run={() => void copy()} />;
}

function SearchBar({ grid }: { grid: Grid }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const query = grid.query.value;
  const count = grid.source.count.value;
  const { rows } = grid.table.value;
  const isSearching = query.search.trim() !== "" || query.filters.length > 0;
  return (
    <div class="nb-table-search">
      <Glyph of={Search} size={14} />
      <input
        type="search"
        class="nb-input"
        aria-label={t("Search")}
        placeholder={t("Search...")}
        onInput={(event) => {
          const search = event.currentTarget.value;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => grid.ask({ search }), SEARCH_MS);
        }}
      />
      {query.filters.length > 0 && (
        <button type="button" class="nb-button nb-sm nb-secondary" onClick={() => grid.ask({ filters: [] })}>
          {t("Clear filters")}
        </button>
      )}
      <span class="nb-table-found" role="status">
        {isSearching ? `${count.toLocaleString()} of ${rows.toLocaleString()} rows` : ""}
      </span>
    </div>
  );
}

function AddRow({ grid }: { grid: Grid }) {
  grid.table.value;
  if (!grid.canHaveRows(1) || !isAll(grid.query.value)) return null;
  return (
    <button type="button" class="nb-table-add" onClick={() => grid.addRow()}>
      <Glyph of={Plus} size={14} />
      <span>{t("Row")}</span>
    </button>
  );
}
