/** What charts share: the page's colours, what is pointed at, a place for libraries in the page's own document. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Colors } from "../lazy/vega";

/** Whether the app is shown dark, also when that changes. */
export function useIsDark(place: { current: HTMLElement | null }): boolean {
  const [isDark, setDark] = useState(false);
  useLayoutEffect(() => {
    const container = place.current?.closest(".gradio-container");
    if (!container) return;
    const look = () => setDark(container.classList.contains("dark"));
    look();
    const watcher = new MutationObserver(look);
    watcher.observe(container, { attributes: true, attributeFilter: ["class"] });
    return () => watcher.disconnect();
  }, []);
  return isDark;
}

/** The page's colours as plain values, which charts need. */
export function colorsOf(place: HTMLElement): Colors {
  const style = getComputedStyle(place);
  const token = (name: string, other: string) => style.getPropertyValue(name).trim() || other;
  return {
    text: token("--nb-text", "#1b1f27"),
    line: token("--nb-line", "#d5d9e0"),
    accent: token("--nb-accent", "#1f5fd0"),
    font: style.fontFamily || "sans-serif",
  };
}

export interface Pointed {
  rows: [string, string][];
  x: number;
  y: number;
}

/** Names and values of what is pointed at, beside the pointer. */
export function ChartTip({ pointed }: { pointed: Pointed | null }) {
  const tip = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = tip.current;
    if (!element || !pointed) return;
    const { width, height } = element.getBoundingClientRect();
    const left = pointed.x + 14 + width > innerWidth ? pointed.x - 14 - width : pointed.x + 14;
    const top = pointed.y + 14 + height > innerHeight ? pointed.y - 14 - height : pointed.y + 14;
    Object.assign(element.style, { left: `${Math.max(0, left)}px`, top: `${Math.max(0, top)}px` });
  }, [pointed]);
  if (!pointed) return null;
  return (
    <div ref={tip} class="nb-chart-tip" role="tooltip">
      {pointed.rows.map(([name, value], index) => (
        <div key={index}>
          {name && <span>{name}</span>} <b>{value}</b>
        </div>
      ))}
    </div>
  );
}

let made = 0;

/**
 * A place that stands in the page's own document, and is seen where `anchor` is: libraries write their styles into
 * the document's head, which a shadow root does not have.
 */
export function lightPlace(anchor: HTMLElement): { element: HTMLElement; remove: () => void } {
  const element = document.createElement("div");
  const root = anchor.getRootNode();
  if (!(root instanceof ShadowRoot)) {
    anchor.append(element);
    return { element, remove: () => element.remove() };
  }
  made += 1;
  const slot = document.createElement("slot");
  slot.name = element.slot = `nb-plot-${made}`;
  anchor.append(slot);
  root.host.append(element);
  return {
    element,
    remove: () => {
      slot.remove();
      element.remove();
    },
  };
}

/** Calls back when an element has another size. */
export function useResize(place: { current: HTMLElement | null }, resized: () => void): void {
  const latest = useRef(resized);
  latest.current = resized;
  useEffect(() => {
    if (!place.current) return;
    const watcher = new ResizeObserver(() => latest.current());
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
}
