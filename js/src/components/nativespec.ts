/** A chart of a data frame as a Vega-Lite specification: https://vega.github.io/vega-lite/docs/ */

import type { Row } from "../lazy/vega";
import type { NativePlotJSON, NativePlotProps } from "../wire/generated/components";

export const ROWS = "rows";
const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Width of the groups of x, in its own unit or ms; null: there are none. */
export function binWidth(given: NativePlotProps["x_bin"]): number | null {
  if (typeof given === "number") return given > 0 ? given : null;
  const [, number, unit] = /^\s*(\d*\.?\d+)\s*([smhd]?)\s*$/.exec(given ?? "") ?? [];
  return number ? Number(number) * (unit ? (UNIT_MS[unit] ?? 1) : 1) : null;
}

type Wanted = Pick<
  NativePlotProps,
  "x" | "y" | "color" | "x_bin" | "y_aggregate" | "tooltip" | "mark" | "x_lim"
> &
  Partial<NativePlotProps>;

const kindOf = (value: NativePlotJSON, column: string | null) =>
  column === null ? undefined : value.datatypes?.[column];

/** Which aggregate is drawn: of rows that the kernel has aggregated, their sum, which is each itself. */
export function aggregateOf(props: Wanted, value: NativePlotJSON): string | undefined {
  const hasGroups =
    binWidth(props.x_bin) !== null || (props.mark !== "point" && kindOf(value, props.x) === "nominal");
  if (!hasGroups) return undefined;
  return value.whole ? "sum" : (props.y_aggregate ?? "sum");
}

/** Rows as the chart needs them: columns that it shows, x within its limits and one row beyond each end. */
export function rowsOf(props: Wanted, value: NativePlotJSON): Row[] {
  const { columns = [], data = [] } = value;
  const [x, color] = [columns.indexOf(props.x ?? ""), columns.indexOf(props.color ?? "")];
  const all = props.tooltip === "all" || Array.isArray(props.tooltip);
  const shown = columns
    .map((name, index) => [name, index] as const)
    .filter(([name]) => all || [props.x, props.y, props.color].includes(name));
  const step = binWidth(props.x_bin);
  const [least, most] = limits(props, value);
  // groups at the ends are whole
  const edges: [number | null, number | null] = step
    ? [least && Math.floor(least / step) * step, most && Math.ceil(most / step) * step]
    : [least, most];
  const rows = within(data, x, color, edges);
  return rows.map((row) => Object.fromEntries(shown.map(([name, index]) => [name, row[index]])));
}

function limits(props: Wanted, value: NativePlotJSON): [number | null, number | null] {
  const unit = kindOf(value, props.x) === "temporal" ? 1000 : 1;
  const at = (index: number) => {
    const given = props.x_lim?.[index];
    return typeof given === "number" ? given * unit : null;
  };
  return [at(0), at(1)];
}

function within(
  data: unknown[][],
  x: number,
  color: number,
  [least, most]: [number | null, number | null],
): unknown[][] {
  if (least === null && most === null) return data;
  const before = new Map<unknown, number>();
  const after = new Map<unknown, number>();
  const kept: number[] = [];
  for (const [index, row] of data.entries()) {
    const at = row[x] as number;
    const series = color < 0 ? null : row[color];
    if (least !== null && at < least) {
      const known = before.get(series);
      if (known === undefined || at > (data[known]?.[x] as number)) before.set(series, index);
    } else if (most !== null && at > most) {
      const known = after.get(series);
      if (known === undefined || at < (data[known]?.[x] as number)) after.set(series, index);
    } else kept.push(index);
  }
  return [...before.values(), ...kept, ...after.values()].map((index) => data[index] as unknown[]);
}

function sortOf(props: Wanted, aggregate: string | undefined): unknown {
  const { sort, y } = props;
  if (sort === null || sort === undefined || Array.isArray(sort)) return sort ?? null;
  const order = sort.startsWith("-") ? "descending" : "ascending";
  return sort.endsWith("x") ? order : { field: escaped(y ?? ""), op: aggregate ?? "sum", order };
}

/** A column's name where dots and brackets would be a path. */
const escaped = (name: string) => name.replace(/[.[\]\\]/g, "\\$&");

/** The specification without its rows, which come as the data set `rows`. */
export function specOf(props: Wanted, value: NativePlotJSON, isSelectable: boolean): object {
  const { x, y, color, mark } = props;
  const step = binWidth(props.x_bin);
  const aggregate = aggregateOf(props, value);
  const isDate = kindOf(value, x) === "temporal";
  const [x_least, x_most] = limits(props, value);
  const [y_least, y_most] = props.y_lim ?? [null, null];
  const bin = step && kindOf(value, x) !== "nominal" ? { step } : undefined;
  const labels = props.x_axis_labels_visible ?? true;
  const xTitle = props.x_title ?? x;
  const yTitle = props.y_title ?? y;
  const xChannel = {
    field: escaped(x ?? ""),
    type: kindOf(value, x) ?? "quantitative",
    title: xTitle,
    bin,
    sort: sortOf(props, aggregate),
    axis: {
      labelAngle: props.x_label_angle ?? 0,
      labels: labels === true,
      ticks: labels === true,
      ...(labels === "hidden" ? { labels: true, labelColor: "transparent" } : {}),
      ...(props.x_axis_format ? { format: props.x_axis_format } : {}),
    },
    scale: {
      ...(kindOf(value, x) === "quantitative" ? { zero: false } : {}),
      ...(x_least === null ? {} : { domainMin: x_least }),
      ...(x_most === null ? {} : { domainMax: x_most }),
    },
  };
  const yChannel = {
    field: escaped(y ?? ""),
    type: kindOf(value, y) ?? "quantitative",
    title: yTitle,
    aggregate,
    axis: {
      ...(props.y_label_angle ? { labelAngle: props.y_label_angle } : {}),
      ...(props.y_axis_format ? { format: props.y_axis_format } : {}),
    },
    scale: {
      zero: mark === "bar" && (y_least ?? null) === null,
      ...((y_least ?? null) === null ? {} : { domainMin: y_least }),
      ...((y_most ?? null) === null ? {} : { domainMax: y_most }),
    },
  };
  const encoding: Record<string, unknown> = {
    x: xChannel,
    y: yChannel,
    ...(color ? { color: colorOf(props, value) } : {}),
    ...(props.tooltip === "none"
      ? {}
      : { tooltip: tooltipOf(props, value, { bin, aggregate, isDate, xTitle, yTitle }) }),
  };
  const brush = isSelectable
    ? [{ name: "brush", select: { type: "interval", encodings: ["x"], mark: { fillOpacity: 0.15 } } }]
    : [];
  const plain = {
    mark: {
      type: mark,
      clip: true,
      ...(mark === "point" ? { filled: true, size: 40 } : {}),
      ...(mark === "line" ? { strokeWidth: 2 } : {}),
    },
    encoding,
    params: brush,
  };
  // a line is hard to hit: the point nearest to the pointer is shown, and told of
  const nearest = {
    mark: { type: "point", filled: true, size: 70, clip: true },
    encoding: { ...encoding, opacity: { condition: { param: "nearest", empty: false, value: 1 }, value: 0 } },
    params: [
      { name: "nearest", select: { type: "point", nearest: true, on: "pointerover", clear: "pointerout" } },
    ],
  };
  const { tooltip: _, ...withoutTooltip } = encoding;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: [
      mark === "point" ? "Points" : `${mark} chart`,
      yTitle && `of ${yTitle}`,
      xTitle && `by ${xTitle}`,
    ]
      .filter(Boolean)
      .join(" "),
    data: { name: ROWS, values: [] },
    width: 100,
    height: 100,
    autosize: { type: "fit", contains: "padding" },
    ...(props.title ? { title: props.title } : {}),
    ...(mark === "line" ? { layer: [{ ...plain, encoding: withoutTooltip }, nearest] } : plain),
  };
}

function colorOf(props: Wanted, value: NativePlotJSON): object {
  const column = props.color ?? "";
  const isNamed = kindOf(value, column) === "nominal";
  const index = value.columns?.indexOf(column) ?? -1;
  const names = isNamed ? [...new Set((value.data ?? []).map((row) => row[index]))] : [];
  const map = props.color_map;
  const range = map ? names.map((name, at) => map[String(name)] ?? PALETTE[at % PALETTE.length]) : undefined;
  const listed = props.colors_in_legend;
  return {
    field: escaped(column),
    type: kindOf(value, column) ?? "nominal",
    legend:
      listed?.length === 0
        ? null
        : { orient: "bottom", title: props.color_title ?? column, ...(listed ? { values: listed } : {}) },
    scale: isNamed ? { domain: names, range: range ?? PALETTE } : { scheme: "viridis" },
  };
}

/** Told apart also by those who see few colours, on light and on dark: Okabe and Ito, 2008. */
const PALETTE = [
  "#3b82f6",
  "#e69f00",
  "#009e73",
  "#cc79a7",
  "#56b4e9",
  "#d55e00",
  "#a78bfa",
  "#94a3b8",
  "#b8a400",
];

interface Shown {
  bin: object | undefined;
  aggregate: string | undefined;
  isDate: boolean;
  xTitle: string | null | undefined;
  yTitle: string | null | undefined;
}

function tooltipOf(props: Wanted, value: NativePlotJSON, shown: Shown): object[] {
  const { x, y, color, tooltip } = props;
  const listed = (value.columns ?? []).filter(
    (name) =>
      ![x, y, color].includes(name) &&
      (tooltip === "all" || (Array.isArray(tooltip) && tooltip.includes(name))),
  );
  return [
    {
      field: escaped(y ?? ""),
      type: kindOf(value, y) ?? "quantitative",
      aggregate: shown.aggregate,
      title: shown.yTitle,
    },
    {
      field: escaped(x ?? ""),
      type: kindOf(value, x) ?? "quantitative",
      bin: shown.bin,
      title: shown.xTitle,
      ...(shown.isDate ? { format: "%Y-%m-%d %H:%M:%S" } : {}),
    },
    ...(color ? [{ field: escaped(color), type: kindOf(value, color) ?? "nominal" }] : []),
    ...(shown.aggregate
      ? []
      : listed.map((name) => ({ field: escaped(name), type: kindOf(value, name) ?? "nominal" }))),
  ];
}
