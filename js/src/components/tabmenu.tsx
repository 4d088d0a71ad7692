/** Tabs that find no room in their row: which these are, and the menu that has them. */

import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf } from "../model";
import { Icon } from "../ui/icon";
import type { TabProps } from "../wire/generated/components";

/** The menu's button and the space before it; 40 px where fingers point. */
const MORE_PX = 44;

interface Sizes {
  widths: number[];
  room: number;
  gap: number;
}

/** Which tabs stand in the row: all where they fit, else the first of them and always the open one. */
export function fitting({ widths, room, gap }: Sizes, open: number): boolean[] {
  const taken = widths.map((width) => (width > 0 ? width + gap : 0));
  if (taken.reduce((sum, width) => sum + width, 0) <= room + gap) return widths.map(() => true);
  let left = room - MORE_PX - (taken[open] ?? 0);
  let isFull = false;
  return taken.map((width, index) => {
    if (index === open || width === 0) return true;
    left -= width;
    isFull ||= left < 0;
    return !isFull;
  });
}

/** Measures the tabs of a row and its room, after each drawing and whenever the room changes. */
export function useSizes(bar: RefObject<HTMLElement | null>): Sizes {
  const [sizes, setSizes] = useState<Sizes>({ widths: [], room: 0, gap: 0 });
  const measure = useCallback(() => {
    const list = bar.current?.querySelector<HTMLElement>(":scope > [role=tablist]");
    const room = bar.current?.clientWidth;
    if (!list || !room) return; // on a page of tabs that is not shown now
    const widths = [...list.children].map((tab) => tab.getBoundingClientRect().width);
    const found = { widths, room, gap: Number.parseFloat(getComputedStyle(list).columnGap) || 0 };
    setSizes((known) => (JSON.stringify(known) === JSON.stringify(found) ? known : found));
  }, []);
  useLayoutEffect(measure);
  useEffect(() => {
    if (!bar.current || !globalThis.ResizeObserver) return;
    const observer = new ResizeObserver(measure);
    observer.observe(bar.current);
    return () => observer.disconnect();
  }, []);
  return sizes;
}

interface MoreProps {
  id: string;
  tabs: Block[];
  choose: (tab: Block) => void;
}

/** The button at the row's end, and its menu. */
export function MoreTabs({ id, tabs, choose }: MoreProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  /** Which end the focus goes to as the menu opens. */
  const end = useRef<"first" | "last">("first");
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])];

  const show = (from: "first" | "last") => {
    end.current = from;
    setOpen(true);
  };
  const hide = () => {
    button.current?.focus();
    setOpen(false);
  };
  useLayoutEffect(() => {
    if (!isOpen || !menu.current || !button.current) return;
    place(menu.current, button.current);
    items()
      .at(end.current === "first" ? 0 : -1)
      ?.focus();
    const away = (event: Event) => {
      if (!event.composedPath().includes(menu.current as EventTarget)) setOpen(false);
    };
    addEventListener("scroll", away, { capture: true, passive: true });
    addEventListener("resize", away);
    return () => {
      removeEventListener("scroll", away, { capture: true });
      removeEventListener("resize", away);
    };
  }, [isOpen]);

  const onMenuKey = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(event.target as HTMLElement);
    const named = (from: HTMLElement[]) =>
      from.find((item) => item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()));
    const moves: Record<string, HTMLElement | undefined> = {
      ArrowDown: all[at + 1] ?? all[0],
      ArrowUp: all.at(at - 1),
      Home: all[0],
      End: all.at(-1),
    };
    if (event.key === "Escape") hide();
    else if (event.key in moves) moves[event.key]?.focus();
    else if (event.key.length === 1 && event.key !== " ") named([...all.slice(at + 1), ...all])?.focus();
    else {
      // from the button on, as if the menu had not been there
      if (event.key === "Tab") hide();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      class="nb-tab-more overflow-menu"
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        class="nb-tool"
        aria-label={t("More tabs")}
        title={t("More tabs")}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => (isOpen ? hide() : show("first"))}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          show(event.key === "ArrowDown" ? "first" : "last");
        }}
      >
        <Icon name="more" />
      </button>
      {isOpen && (
        <div
          ref={menu}
          id={id}
          class="nb-tab-menu overflow-dropdown"
          role="menu"
          tabIndex={-1}
          aria-label={t("More tabs")}
          popover="manual"
          onKeyDown={onMenuKey}
        >
          {tabs.map((tab) => {
            const { label, interactive } = propsOf<TabProps>(tab);
            return (
              <button
                key={tab.id}
                type="button"
                role="menuitem"
                class="nb-tab-item"
                tabIndex={-1}
                disabled={interactive === false}
                onClick={() => {
                  setOpen(false);
                  choose(tab);
                }}
              >
                {label ?? t("Tab")}
              </button>
            );
          })}
        </div>
      )}
    </div>
  );
}

const GAP_PX = 4;
const EDGE_PX = 8;
const LEAST_PX = 160;

/** Puts the menu under its button, or above it where more room is; inside the page. */
function place(menu: HTMLElement, button: HTMLElement): void {
  menu.showPopover?.();
  const { top, bottom, left, right } = button.getBoundingClientRect();
  const below = innerHeight - bottom - GAP_PX - EDGE_PX;
  const isBelow = below >= Math.min(menu.scrollHeight, LEAST_PX) || below >= top;
  const isRightToLeft = getComputedStyle(menu).direction === "rtl";
  const x = isRightToLeft ? left : right - menu.offsetWidth;
  Object.assign(menu.style, {
    left: `${Math.max(EDGE_PX, Math.min(x, innerWidth - menu.offsetWidth - EDGE_PX))}px`,
    maxHeight: `${isBelow ? below : top - GAP_PX - EDGE_PX}px`,
    top: isBelow ? `${bottom + GAP_PX}px` : "auto",
    bottom: isBelow ? "auto" : `${innerHeight - top + GAP_PX}px`,
  });
}
