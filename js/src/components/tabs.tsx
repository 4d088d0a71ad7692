/** Pages of which one is shown. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf, type ViewProps } from "../model";
import { scrolls } from "../ui/css";
import { isVisible, placed } from "../ui/frame";
import { Children } from "../view";
import type { TabProps } from "../wire/generated/components";
import { fitting, MoreTabs, useSizes } from "./tabmenu";

const idOf = (tab: Block) => propsOf<TabProps>(tab).id ?? tab.id;

const lastOpen = new WeakMap<Block, Block>();

/** Tells of each page that comes to be shown, by the user or by an update: once, however many views there are. */
export function useTurns(block: Block, open: Block | undefined, pages: Block[]): void {
  useEffect(() => {
    const before = lastOpen.get(block);
    if (!open || open === before) return;
    lastOpen.set(block, open);
    if (before) block.trigger("change");
    open.trigger("select", { index: pages.indexOf(open), value: open.props.peek().label, selected: true });
  }, [open]);
}

export function Tabs({ block }: ViewProps) {
  const tabs = block.children.value
    .map((id) => block.app.child(id))
    .filter((tab) => tab !== undefined && isVisible(tab)) as Block[];
  const wanted = block.props.value.selected as string | number | null;
  const open =
    tabs.find((tab) => idOf(tab) === wanted) ??
    tabs.find((tab) => propsOf<TabProps>(tab).interactive !== false) ??
    tabs[0];

  const choose = (tab: Block) => {
    const { label, interactive } = propsOf<TabProps>(tab);
    if (interactive === false || tab === open) return;
    block.edit({ selected: idOf(tab) });
    block.trigger("select", { index: tabs.indexOf(tab), value: label, selected: true });
  };
  useTurns(block, open, tabs);
  const onKeyDown = (event: KeyboardEvent) => {
    const usable = tabs.filter((tab) => propsOf<TabProps>(tab).interactive !== false);
    const at = usable.indexOf(open as Block);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: usable.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = usable[(next + usable.length) % usable.length];
    if (!tab) return;
    choose(tab);
    focusOn(tab);
  };
  const bar = useRef<HTMLDivElement>(null);
  /** A tab that has yet to come out of the menu before it can have the focus. */
  const awaited = useRef<Block | null>(null);
  const focusOn = (tab: Block) => {
    const element = bar.current?.querySelector<HTMLElement>(`#nb-tab-${tab.id}`);
    element?.focus();
    awaited.current = element?.classList.contains("nb-tab-away") ? tab : null;
  };
  useLayoutEffect(() => {
    if (awaited.current && awaited.current === open) focusOn(awaited.current);
  });
  const wraps = block.props.value.overflow_behavior === "wrap";
  const sizes = useSizes(bar);
  const fits = wraps ? [] : fitting(sizes, tabs.indexOf(open as Block));
  const away = tabs.filter((_, index) => fits[index] === false);
  return (
    <div {...placed(block, "nb-tabs tabs")}>
      <div class="nb-tab-bar tab-wrapper" ref={bar}>
        <div
          class={`nb-tab-list tab-nav tab-container ${wraps ? "nb-tabs-wrap" : ""}`}
          role="tablist"
          onKeyDown={onKeyDown}
        >
          {tabs.map((tab) => {
            const { label, interactive } = propsOf<TabProps>(tab);
            const isOpen = tab === open;
            return (
              <button
                key={tab.id}
                id={`nb-tab-${tab.id}`}
                type="button"
                role="tab"
                class={`nb-tab ${isOpen ? "selected" : ""} ${tab.props.value.alignment === "right" ? "nb-tab-right" : ""} ${away.includes(tab) ? "nb-tab-away" : ""}`}
                style={{ display: tab.props.value.visible === "hidden" ? "none" : undefined }}
                aria-selected={isOpen}
                aria-controls={`nb-panel-${tab.id}`}
                tabIndex={isOpen ? 0 : -1}
                disabled={interactive === false}
                onClick={() => choose(tab)}
              >
                {label ?? t("Tab")}
              </button>
            );
          })}
        </div>
        {away.length > 0 && (
          <MoreTabs
            id={`nb-more-${block.id}`}
            tabs={away}
            choose={(tab) => {
              choose(tab);
              focusOn(tab);
            }}
          />
        )}
      </div>
      {tabs.map((tab) => (
        <Panel key={tab.id} tab={tab} isOpen={tab === open} />
      ))}
    </div>
  );
}

/** A page is made when it is first shown, and kept: what it holds goes on. */
function Panel({ tab, isOpen }: { tab: Block; isOpen: boolean }) {
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) setWasOpen(true);
  const isMade = isOpen || wasOpen || propsOf<TabProps>(tab).render_children;
  const attributes = placed(tab, "nb-panel tabitem");
  const { style, tabIndex } = scrolls(tab.props.value);
  return (
    <div
      {...attributes}
      style={{ ...attributes.style, ...style }}
      tabIndex={tabIndex}
      role="tabpanel"
      aria-labelledby={`nb-tab-${tab.id}`}
      hidden={!isOpen}
    >
      <div id={`nb-panel-${tab.id}`} class="nb-column column">
        {isMade && <Children block={tab} />}
      </div>
    </div>
  );
}
