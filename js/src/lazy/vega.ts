/** The chunk that draws Vega and Vega-Lite: charts of data frames, and figures of Altair. Expressions are interpreted: no code is made of text. */

import { compile, type TopLevelSpec } from "vega-lite";
import {
  type Config,
  changeset,
  expressionInterpreter,
  error as onlyErrors,
  parse,
  type Spec,
  View,
} from "./vega/library";

export type Row = Record<string, unknown>;

export interface Colors {
  text: string;
  line: string;
  accent: string;
  font: string;
}

export interface ChartOptions {
  colors: Colors;
  renderer: "svg" | "canvas";
  /** Called with what is pointed at: pairs of name and value; null: nothing. */
  point?: (rows: [string, string][] | null, event: MouseEvent | null) => void;
}

export interface Chart {
  /** Other rows of a named data set, in place. */
  setRows(name: string, rows: Row[]): void;
  resize(width: number, height?: number): void;
  on(signal: string, heard: (value: unknown) => void): void;
  onDoubleClick(heard: () => void): void;
  png(background: string): Promise<string>;
  destroy(): void;
}

export interface VegaModule {
  draw: typeof draw;
}

/** How a chart looks in the page's colours; what its author set stays. */
function themed({ text, line, accent, font }: Colors): Config {
  const words = { labelColor: text, titleColor: text, labelFont: font, titleFont: font };
  return {
    background: "transparent",
    axis: {
      ...words,
      gridColor: line,
      domainColor: line,
      tickColor: line,
      titleFontWeight: "normal",
      titlePadding: 8,
      labelFontSize: 11,
      titleFontSize: 12,
    },
    legend: { ...words, titleFontWeight: "normal", labelFontSize: 11, titleFontSize: 12 },
    title: { color: text, subtitleColor: text, font, fontSize: 14, fontWeight: "bold" },
    header: words,
    style: { "guide-label": { fill: text, font }, "guide-title": { fill: text, font } },
    view: { stroke: line },
    mark: { color: accent },
    text: { color: text },
    rule: { color: text },
  } as unknown as Config;
}

/** Draws into an element; the promise is refused where the specification is wrong. */
export async function draw(place: HTMLElement, given: object, options: ChartOptions): Promise<Chart> {
  const spec = given as TopLevelSpec & { $schema?: string };
  const isLite = !/\/schema\/vega\/v/.test(spec.$schema ?? "");
  const config = themed(options.colors);
  const quiet = {
    warn: () => quiet,
    info: () => quiet,
    debug: () => quiet,
    error: () => quiet,
    level: () => quiet,
  };
  const compiled = (
    isLite ? compile(spec, { config: config as never, logger: quiet as never }).spec : spec
  ) as Spec;
  const runtime = parse(withDates(compiled) as Spec, isLite ? undefined : config, { ast: true });
  const inputs = document.createElement("form");
  const view = new View(runtime, {
    expr: expressionInterpreter,
    renderer: options.renderer,
    container: place,
    hover: true,
    logLevel: onlyErrors,
    bind: inputs,
  } as never);
  if (options.point) {
    const point = options.point;
    view.tooltip((_handler, event, _item, value) => {
      const isNothing = value === null || value === undefined || value === "";
      point(isNothing ? null : rowsOf(value), event as MouseEvent);
    });
  }
  await view.runAsync();
  if (inputs.childElementCount > 0) {
    inputs.className = "nb-vega-inputs";
    inputs.addEventListener("submit", (event) => event.preventDefault());
    place.append(inputs);
  }
  return {
    setRows(name, rows) {
      void view
        .change(
          name,
          changeset()
            .remove(() => true)
            .insert(rows),
        )
        .runAsync();
    },
    resize(width, height) {
      view.width(width);
      if (height !== undefined) view.height(height);
      void view.runAsync();
    },
    on(signal, heard) {
      view.addSignalListener(signal, (_name, value) => heard(value));
    },
    onDoubleClick(heard) {
      view.addEventListener("dblclick", () => heard());
    },
    async png(background) {
      view.background(background);
      await view.runAsync();
      const url = await view.toImageURL("png", 2);
      view.background("transparent");
      await view.runAsync();
      return url;
    },
    destroy() {
      view.finalize();
      place.replaceChildren();
    },
  };
}

/**
 * The interpreter takes the one number of `datetime(…)` for a year, where it is milliseconds: `toDate` does not.
 * Rows stay as they are.
 */
function withDates(part: unknown): unknown {
  if (typeof part === "string") return part.replace(/\bdatetime\((-?\d+(?:\.\d+)?)\)/g, "toDate($1)");
  if (Array.isArray(part)) return part.map(withDates);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, name === "values" ? value : withDates(value)]),
  );
}

function rowsOf(value: unknown): [string, string][] {
  if (typeof value !== "object" || value === null) return [["", String(value)]];
  return Object.entries(value)
    .filter(([name]) => !name.startsWith("__"))
    .map(([name, one]) => [name, typeof one === "object" ? JSON.stringify(one) : String(one)]);
}
