/** A part that stands beside the app, and slides out of sight. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { placed } from "../ui/frame";
import { Children } from "../view";
import type { SidebarProps } from "../wire/generated/components";
import { useFolds } from "./accordion";

/** Narrower apps have no room beside them: there it lies over the app. */
const NARROW_PX = 640;

export function Sidebar({ block }: ViewProps) {
  const { label, open, width, position } = propsOf<SidebarProps>(block);
  const panel = useRef<HTMLDivElement>(null);
  const toggle = () => block.edit({ open: !open });
  useFolds(block, open);

  // The app keeps room for it, and is at least as high.
  useLayoutEffect(() => {
    const app = panel.current?.closest<HTMLElement>(".nb-app");
    if (!app || !panel.current) return;
    const name = `--nb-side-${position}`;
    const fit = () => {
      const isBeside = open && app.clientWidth >= NARROW_PX;
      app.style.setProperty(name, isBeside ? (length(width) ?? "") : "var(--nb-side-closed)");
      const height = open ? (panel.current?.scrollHeight ?? 0) : 0;
      if (block.app.isInline) app.style.minHeight = height ? `${height}px` : "";
    };
    const observer = new ResizeObserver(fit);
    observer.observe(app);
    for (const child of panel.current.children) observer.observe(child);
    fit();
    return () => {
      observer.disconnect();
      app.style.removeProperty(name);
      app.style.minHeight = "";
    };
  }, [open, width, position]);

  const body = `nb-body-${block.id}`;
  const name = label ?? t("Sidebar");
  const attributes = placed(block, `nb-sidebar sidebar nb-side-${position} ${open ? "open" : ""}`);
  /** Where it lies over the app, Escape lets that be seen again; beside it, it is in nobody's way. */
  const onKeyDown = (event: KeyboardEvent) => {
    const width_px = panel.current?.closest(".nb-app")?.clientWidth ?? 0;
    if (event.key === "Escape" && open && width_px < NARROW_PX && !event.defaultPrevented) toggle();
  };
  return (
    <aside
      {...attributes}
      aria-label={name}
      style={{ ...attributes.style, "--nb-side-width": length(width) }}
      onKeyDown={onKeyDown}
    >
      <button
        type="button"
        class="nb-tool nb-side-toggle toggle-button"
        aria-expanded={open}
        aria-controls={body}
        aria-label={open ? `Close ${name}` : `Open ${name}`}
        title={open ? `Close ${name}` : `Open ${name}`}
        onClick={toggle}
      >
        <span class="nb-side-arrow" aria-hidden="true" />
      </button>
      <div id={body} ref={panel} class="nb-side-panel sidebar-content" hidden={!open}>
        <div class="nb-column">
          <Children block={block} />
        </div>
      </div>
    </aside>
  );
}
