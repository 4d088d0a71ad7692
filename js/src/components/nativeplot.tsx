/** A chart of a data frame: lines, bars or points, drawn by Vega. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Chart, VegaModule } from "../lazy/vega";
import { propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { download } from "../ui/download";
import { Frame, labelOf } from "../ui/frame";
import { Tool } from "../ui/tool";
import type { NativePlotProps } from "../wire/generated/components";
import { MediaIcon } from "./mediaicons";
import { ROWS, rowsOf, specOf } from "./nativespec";
import { ChartTip, colorsOf, type Pointed, useIsDark } from "./plotparts";

/** As SVG above so many marks a page becomes slow. */
const MANY_ROWS = 3000;
const SETTLED_MS = 250;

export function NativePlot({ block }: ViewProps) {
  const props = propsOf<NativePlotProps>(block);
  const { value } = props;
  const stage = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const pending = useRef(0);
  const isHeld = useRef(false);
  const isDark = useIsDark(stage);
  const [problem, setProblem] = useState<string | null>(null);
  const [isDrawn, setDrawn] = useState(false);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const isSelectable = block.app.listens(block, "select");
  const rows = useMemo(
    () => (value && props.x !== null && props.y !== null ? rowsOf(props, value) : null),
    [value, props.x, props.y, props.color, props.tooltip, String(props.x_lim)],
  );
  const spec = useMemo(
    () => (value ? JSON.stringify(specOf(props, value, isSelectable)) : ""),
    [block.props.value, isSelectable],
  );
  const renderer = (rows?.length ?? 0) > MANY_ROWS ? "canvas" : "svg";

  // Another chart is made beside the one that is seen, and takes its place when it is drawn: nothing flashes.
  useEffect(() => {
    const place = stage.current;
    if (!place || !spec || !rows) {
      chart.current?.destroy();
      chart.current = null;
      place?.replaceChildren();
      return;
    }
    pending.current += 1;
    const mine = pending.current;
    const layer = document.createElement("div");
    layer.className = "nb-chart-layer nb-behind";
    place.append(layer);
    let made: Chart | null = null;
    const build = async () => {
      const vega = await block.app.chunk<VegaModule>("vega");
      if (mine !== pending.current) return;
      const sized = {
        ...JSON.parse(spec),
        width: place.clientWidth || 300,
        height: place.clientHeight || 300,
      };
      sized.data.values = rows;
      made = await vega.draw(layer, sized, {
        colors: colorsOf(place),
        renderer,
        point: (found, event) =>
          setPointed(found && event ? { rows: found, x: event.clientX, y: event.clientY } : null),
      });
      if (mine !== pending.current) {
        made.destroy();
        return;
      }
      listen(made);
      const old = chart.current;
      chart.current = made;
      layer.classList.remove("nb-behind");
      for (const other of [...place.children]) if (other !== layer) other.remove();
      old?.destroy();
      setProblem(null);
      setDrawn(true);
    };
    build().catch((error: Error) => {
      layer.remove();
      if (mine === pending.current) setProblem(error.message);
    });
    return () => {
      if (!made) layer.remove();
    };
  }, [spec, isDark, renderer, rows === null]);
  useEffect(() => {
    if (rows && chart.current) chart.current.setRows(ROWS, rows);
  }, [rows]);
  useEffect(
    () => () => {
      pending.current += 1;
      chart.current?.destroy();
      chart.current = null;
    },
    [],
  );
  useEffect(() => {
    const place = stage.current;
    if (!place) return;
    const hold = () => {
      isHeld.current = true;
    };
    const release = () => {
      isHeld.current = false;
    };
    place.addEventListener("pointerdown", hold);
    addEventListener("pointerup", release);
    addEventListener("pointercancel", release);
    const watcher = new ResizeObserver(() => {
      if (place.clientWidth > 0) chart.current?.resize(place.clientWidth, place.clientHeight);
    });
    watcher.observe(place);
    return () => {
      watcher.disconnect();
      removeEventListener("pointerup", release);
      removeEventListener("pointercancel", release);
    };
  }, []);

  const listen = (made: Chart) => {
    made.onDoubleClick(() => block.trigger("double_click"));
    if (!isSelectable) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    made.on("brush", (found) => {
      clearTimeout(timer);
      const range = Object.values((found ?? {}) as Record<string, unknown>)[0];
      if (!Array.isArray(range)) return;
      const now = block.props.peek() as unknown as NativePlotProps;
      const isDate = now.value?.datatypes?.[now.x ?? ""] === "temporal";
      const index = isDate ? range.map((ms) => Number(ms) / 1000) : range;
      const tell = () => {
        // what follows may draw another chart, and while it is dragged the brush would be lost
        if (isHeld.current) timer = setTimeout(tell, SETTLED_MS);
        else block.trigger("select", { index, value: index, selected: true });
      };
      timer = setTimeout(tell, SETTLED_MS);
    });
  };
  const shows = (name: string) => props.buttons?.includes(name);
  const fullscreen = async () => {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await stage.current?.parentElement?.requestFullscreen?.();
  };
  const save = async () => {
    if (!chart.current || !stage.current) return;
    const background = getComputedStyle(stage.current).getPropertyValue("--nb-bg").trim() || "white";
    download(await chart.current.png(background), "chart.png");
  };
  return (
    <Frame
      block={block}
      toolbar={
        (shows("fullscreen") || shows("export")) && (
          <>
            {shows("fullscreen") && (
              <Tool icon="fullscreen" name="Fullscreen" run={() => void fullscreen()} />
            )}
            {shows("export") && <Tool icon="download" name="Export as PNG" run={() => void save()} />}
          </>
        )
      }
    >
      <div class="nb-chart-frame">
        <div
          ref={stage}
          class={`nb-chart ${isSelectable ? "nb-chart-selectable" : ""} ${rows && !isDrawn && !problem ? "nb-waiting" : ""}`}
          data-testid="native-plot"
          style={{ height: length(props.height) ?? "300px" }}
        />
        {(!value || props.x === null || props.y === null) && (
          <div class="nb-empty nb-chart-empty" role="img" aria-label={`${labelOf(block)}: no data`}>
            <MediaIcon name="chart" size={20} />
          </div>
        )}
        {problem && (
          <div class="nb-media-problem" role="alert">
            The chart cannot be drawn: {problem}
          </div>
        )}
        <ChartTip pointed={pointed} />
      </div>
      {props.caption && <p class="nb-caption caption">{props.caption}</p>}
    </Frame>
  );
}
