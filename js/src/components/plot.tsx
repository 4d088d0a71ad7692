/** A figure of a plotting library. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Chart, VegaModule } from "../lazy/vega";
import { propsOf, type ViewProps } from "../model";
import { Frame, labelOf } from "../ui/frame";
import type { PlotJSON, PlotProps } from "../wire/generated/components";
import { MediaIcon } from "./mediaicons";
import { ChartTip, colorsOf, lightPlace, type Pointed, useIsDark, useResize } from "./plotparts";
import { library } from "./scripts";

export function Plot({ block }: ViewProps) {
  const { value } = propsOf<PlotProps>(block);
  return (
    <Frame block={block}>
      <div class="nb-figure" data-testid={value ? `${value.type}` : "plot"}>
        {!value ? (
          <div class="nb-empty" role="img" aria-label={`${labelOf(block)}: empty`}>
            <MediaIcon name="chart" size={20} />
          </div>
        ) : value.type === "matplotlib" ? (
          <img
            class="nb-plot-picture"
            src={safePicture(value.plot)}
            alt={labelOf(block)}
            data-testid="matplotlib"
          />
        ) : value.type === "html" ? (
          <HTMLFigure block={block} html={value.plot} />
        ) : value.type === "altair" ? (
          <VegaFigure block={block} json={value.plot} />
        ) : (
          <LibraryFigure key={value.type} block={block} value={value} />
        )}
      </div>
    </Frame>
  );
}

/** Only a picture that is in the text itself. */
const safePicture = (source: string) => (source.startsWith("data:image/") ? source : undefined);

interface PlotlyModule {
  react(place: HTMLElement, data: unknown, layout: object, config: object): Promise<void>;
  addFrames(place: HTMLElement, frames: unknown[]): Promise<void>;
  purge(place: HTMLElement): void;
  Plots: { resize(place: HTMLElement): void };
}

interface BokehModule {
  embed: { embed_item(item: unknown, place: HTMLElement): Promise<{ clear?: () => void }[] | unknown> };
}

/** Plotly and Bokeh: drawn by the scripts that their Python packages bring. */
function LibraryFigure({ block, value }: ViewProps & { value: PlotJSON }) {
  const anchor = useRef<HTMLDivElement>(null);
  const place = useRef<ReturnType<typeof lightPlace> | null>(null);
  const turn = useRef(0);
  const isDark = useIsDark(anchor);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(
    () => () => {
      turn.current += 1;
      place.current?.remove();
      place.current = null;
    },
    [],
  );
  useEffect(() => {
    turn.current += 1;
    const mine = turn.current;
    const isOld = () => mine !== turn.current || !anchor.current;
    const draw = async () => {
      if (value.type === "plotly") {
        const plotly = await library<PlotlyModule>(block, "plotly", "Plotly");
        if (isOld()) return;
        place.current ??= lightPlace(anchor.current as HTMLElement);
        await drawPlotly(plotly, place.current.element, value.plot, isDark, anchor.current as HTMLElement);
      } else if (value.type === "bokeh") {
        const bokeh = await library<BokehModule>(block, "bokeh", "Bokeh");
        if (isOld()) return;
        // the new figure stands behind the old one until it is drawn
        const next = lightPlace(anchor.current as HTMLElement);
        next.element.className = "nb-plot-bokeh";
        await bokeh.embed.embed_item(JSON.parse(value.plot), next.element);
        if (isOld()) {
          next.remove();
          return;
        }
        place.current?.remove();
        place.current = next;
      } else throw new Error(`figures of ${value.type} are not known`);
      setProblem(null);
    };
    draw().catch((error: Error) => mine === turn.current && setProblem(error.message));
  }, [value.plot, isDark]);
  useResize(anchor, () => {
    if (value.type !== "plotly" || !place.current?.element.classList.contains("js-plotly-plot")) return;
    void library<PlotlyModule>(block, "plotly", "Plotly").then(
      ({ Plots }) => place.current && Plots.resize(place.current.element),
    );
  });
  return (
    <>
      <div ref={anchor} class="nb-plot-place" role="figure" aria-label={labelOf(block)} />
      <Problem text={problem} />
    </>
  );
}

async function drawPlotly(
  plotly: PlotlyModule,
  place: HTMLElement,
  json: string,
  isDark: boolean,
  anchor: HTMLElement,
): Promise<void> {
  const figure = JSON.parse(json) as { data: unknown; layout?: Record<string, unknown>; frames?: unknown[] };
  const layout: Record<string, unknown> = { ...figure.layout };
  const hasWidth = layout.width !== undefined;
  if (!hasWidth) layout.autosize = true;
  layout.margin ??= { t: layout.title ? 60 : 30, r: 20, b: 50, l: 60 };
  if (isDark) {
    const { text, line } = colorsOf(anchor);
    const template = (layout.template ?? {}) as { layout?: Record<string, unknown> };
    const axis = { gridcolor: line, linecolor: line, zerolinecolor: line };
    const dark = {
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: text },
      xaxis: { ...(template.layout?.xaxis as object), ...axis },
      yaxis: { ...(template.layout?.yaxis as object), ...axis },
    };
    layout.template = { ...template, layout: { ...template.layout, ...dark } };
  }
  const config = { responsive: false, displaylogo: false };
  place.style.width = hasWidth ? "" : "100%";
  await plotly.react(place, figure.data, layout, config);
  if (figure.frames?.length) await plotly.addFrames(place, figure.frames);
}

/** Altair: drawn here, updated behind what is seen. */
function VegaFigure({ block, json }: ViewProps & { json: string }) {
  const stage = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const turn = useRef(0);
  const isDark = useIsDark(stage);
  const [problem, setProblem] = useState<string | null>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const isFluid = useRef(false);
  useEffect(() => {
    const place = stage.current as HTMLElement;
    turn.current += 1;
    const mine = turn.current;
    const layer = document.createElement("div");
    layer.className = chart.current ? "nb-chart-layer nb-behind" : "nb-vega";
    const draw = async () => {
      const vega = await block.app.chunk<VegaModule>("vega");
      if (mine !== turn.current) return;
      const spec = JSON.parse(json) as Record<string, unknown>;
      isFluid.current = isSingle(spec) && (spec.width === undefined || spec.width === "container");
      if (isFluid.current) {
        spec.width = Math.max(100, place.clientWidth);
        spec.autosize ??= { type: "fit-x", contains: "padding" };
      }
      place.append(layer);
      const made = await vega.draw(layer, spec, {
        colors: colorsOf(place),
        renderer: "svg",
        point: (rows, event) =>
          setPointed(rows && event ? { rows, x: event.clientX, y: event.clientY } : null),
      });
      if (mine !== turn.current) {
        made.destroy();
        layer.remove();
        return;
      }
      const old = chart.current;
      chart.current = made;
      layer.className = "nb-vega";
      for (const other of [...place.children]) if (other !== layer) other.remove();
      old?.destroy();
      setProblem(null);
    };
    draw().catch((error: Error) => {
      layer.remove();
      if (mine === turn.current) setProblem(error.message);
    });
  }, [json, isDark]);
  useEffect(
    () => () => {
      turn.current += 1;
      chart.current?.destroy();
      chart.current = null;
    },
    [],
  );
  useResize(stage, () => {
    const width = stage.current?.clientWidth ?? 0;
    if (isFluid.current && width > 0) chart.current?.resize(width);
  });
  return (
    <>
      <div ref={stage} class="nb-vega-stage" data-testid="altair" />
      <ChartTip pointed={pointed} />
      <Problem text={problem} />
    </>
  );
}

/** Whether a Vega-Lite specification is one chart, whose width can follow the page. */
function isSingle(spec: Record<string, unknown>): boolean {
  const encoding = (spec.encoding ?? {}) as Record<string, unknown>;
  const parts = ["concat", "hconcat", "vconcat", "facet", "repeat", "spec"];
  const isLite = !/\/schema\/vega\/v/.test(String(spec.$schema ?? ""));
  return (
    isLite && !parts.some((part) => part in spec) && !["row", "column", "facet"].some((c) => c in encoding)
  );
}

/** HTML of any library, in a frame that can run scripts and reaches nothing of the page. */
function HTMLFigure({ block, html }: ViewProps & { html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const isDark = useIsDark(frame);
  const [height, setHeight] = useState(150);
  useEffect(() => {
    const heard = ({ source, data }: MessageEvent) => {
      if (source !== frame.current?.contentWindow || typeof data?.nbblocksHeight !== "number") return;
      setHeight(Math.max(20, Math.min(10_000, Math.ceil(data.nbblocksHeight))));
    };
    addEventListener("message", heard);
    return () => removeEventListener("message", heard);
  }, []);
  return (
    <iframe
      ref={frame}
      class="nb-plot-frame"
      title={labelOf(block)}
      sandbox="allow-scripts allow-popups"
      referrerpolicy="no-referrer"
      srcdoc={framed(html, isDark)}
      style={{ height: `${height}px` }}
    />
  );
}

function framed(html: string, isDark: boolean): string {
  const [text, background] = isDark ? ["#e8eaee", "#16181d"] : ["#1b1f27", "#ffffff"];
  return `<!doctype html><meta charset="utf-8"><style>
    :root { color-scheme: ${isDark ? "dark" : "light"}; background: ${background} }
    body { margin: 0; font: 14px/1.5 system-ui, sans-serif; color: ${text} }
    </style><body>${html}<script>
    const tell = () => parent.postMessage({ nbblocksHeight: document.documentElement.getBoundingClientRect().height }, "*");
    new ResizeObserver(tell).observe(document.documentElement); addEventListener("load", tell); tell();
    </script>`;
}

function Problem({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <div class="nb-media-problem" role="alert">
      The figure cannot be drawn: {text}
    </div>
  );
}
