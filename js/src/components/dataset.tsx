/** Samples to choose from: a table, or a gallery of buttons, page by page. */

import { useState } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf, type ViewProps } from "../model";
import { Frame, groupName } from "../ui/frame";
import type { DatasetProps } from "../wire/generated/components";
import { Cell, textOf } from "./cells";

/** Pages whose numbers are shown: the first, the last, and those around the open one. */
export function pagesShown(open: number, count: number): (number | null)[] {
  const near = [0, open - 1, open, open + 1, count - 1].filter((page) => page >= 0 && page < count);
  const shown: (number | null)[] = [];
  let last = -1;
  for (const page of [...new Set(near)].sort((a, b) => a - b)) {
    if (page - last === 2) shown.push(last + 1);
    else if (page - last > 2) shown.push(null);
    shown.push(page);
    last = page;
  }
  return shown;
}

export function Dataset({ block }: ViewProps) {
  const props = propsOf<DatasetProps>(block);
  const { samples, sample_labels, samples_per_page: size } = props;
  const [wanted, setPage] = useState(0);
  const count = Math.max(1, Math.ceil(samples.length / size));
  const page = Math.min(wanted, count - 1);
  const first = page * size;
  const isGallery =
    sample_labels !== null || (props.layout ? props.layout === "gallery" : props.components.length < 2);

  const choose = (index: number) => {
    block.edit({ value: index });
    block.trigger("click");
    block.trigger("select", { index, value: samples[index], selected: true });
  };
  const shown = samples.slice(first, first + size);
  const View = isGallery ? GalleryLook : TableLook;
  return (
    <Frame block={block} hasLabel={props.show_label}>
      {samples.length === 0 ? (
        props.show_label && <div class="nb-empty">{t("No samples")}</div>
      ) : (
        <View block={block} rows={shown} first={first} choose={choose} />
      )}
      {count > 1 && (
        <nav class="nb-pages paginate" aria-label={t("Pages of samples")}>
          {pagesShown(page, count).map((one, index) =>
            one === null ? (
              <span key={`gap-${index}`}>…</span>
            ) : (
              <button
                key={one}
                type="button"
                class={`nb-page ${one === page ? "current-page" : ""}`}
                aria-label={`Page ${one + 1}`}
                aria-current={one === page ? "page" : undefined}
                onClick={() => setPage(one)}
              >
                {one + 1}
              </button>
            ),
          )}
        </nav>
      )}
    </Frame>
  );
}

interface LookProps {
  block: Block;
  rows: unknown[][];
  /** Index of the first row among all samples. */
  first: number;
  choose(index: number): void;
}

const cellProps = (props: DatasetProps, column: number) => ({
  type: props.components[column] ?? "textbox",
  props: props.component_props[column] ?? {},
});

function GalleryLook({ block, rows, first, choose }: LookProps) {
  const props = propsOf<DatasetProps>(block);
  return (
    <div class="nb-samples gallery">
      {rows.map((row, offset) => {
        const index = first + offset;
        const label = props.sample_labels?.[index];
        return (
          <button
            key={index}
            type="button"
            class={`nb-sample gallery-item ${block.value === index ? "nb-picked" : ""}`}
            aria-label={label === undefined && !textOf(row[0]) ? `Sample ${index + 1}` : undefined}
            onClick={() => choose(index)}
          >
            {label ??
              row.map((value, column) => (
                <Cell key={column} block={block} value={value} {...cellProps(props, column)} />
              ))}
          </button>
        );
      })}
    </div>
  );
}

/** A grid whose rows are pressed: arrows move between them, Enter or Space chooses. */
function TableLook({ block, rows, first, choose }: LookProps) {
  const props = propsOf<DatasetProps>(block);
  const headers = props.headers.some((header) => header !== "") ? props.headers : null;
  const [wanted, setAt] = useState(0);
  const at = Math.min(wanted, rows.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const next = moves[event.key];
    if (event.key === "Enter" || event.key === " ") choose(first + at);
    else if (next === undefined) return;
    event.preventDefault();
    if (next === undefined || next < 0 || next >= rows.length) return;
    setAt(next);
    const body = event.currentTarget as HTMLElement;
    (body.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div class="nb-samples-table table-wrap">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are what is chosen */}
      <table role="grid" {...groupName(block)}>
        {headers && (
          <thead>
            <tr class="tr-head">
              {headers.map((header, column) => (
                <th key={column} scope="col">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody onKeyDown={onKeyDown}>
          {rows.map((row, offset) => {
            const index = first + offset;
            const isChosen = block.value === index;
            return (
              <tr
                key={index}
                class={`tr-body ${isChosen ? "nb-picked" : ""}`}
                aria-selected={isChosen}
                tabIndex={offset === at ? 0 : -1}
                onFocus={() => setAt(offset)}
                onClick={() => choose(index)}
              >
                {row.map((value, column) => (
                  <td key={column}>
                    <Cell block={block} value={value} {...cellProps(props, column)} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
