/** A menu at a point: arrows move in it, Escape leaves it. */

import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Glyph } from "../glyphs";

export interface Item {
  name: string;
  icon?: IconNode;
  keys?: string;
  isDisabled?: boolean;
  run: () => void;
}

export interface MenuProps {
  label: string;
  x: number;
  y: number;
  /** Groups, with a line between them. */
  groups: Item[][];
  /** Fields over the items. */
  children?: ComponentChildren;
  close: (isBack: boolean) => void;
}

const EDGE_PX = 8;

export function Menu({ label, x, y, groups, children, close }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const menu = ref.current;
    if (!menu) return;
    menu.showPopover?.();
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(EDGE_PX, Math.min(x, innerWidth - width - EDGE_PX))}px`;
    menu.style.top = `${Math.max(EDGE_PX, Math.min(y, innerHeight - height - EDGE_PX))}px`;
    menu.querySelector<HTMLElement>("[role=menuitem]:not([aria-disabled=true])")?.focus();
    const outside = (event: Event) => {
      if (!event.composedPath().includes(menu)) close(false);
    };
    const away = (event: Event) => {
      if (!event.composedPath().includes(menu)) close(false);
    };
    addEventListener("pointerdown", outside, true);
    addEventListener("scroll", away, true);
    addEventListener("resize", away);
    return () => {
      removeEventListener("pointerdown", outside, true);
      removeEventListener("scroll", away, true);
      removeEventListener("resize", away);
    };
  }, []);
  const move = (by: number) => {
    const items = [...(ref.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])].filter(
      (item) => item.getAttribute("aria-disabled") !== "true",
    );
    const root = ref.current?.getRootNode() as Document | ShadowRoot | undefined;
    const at = items.indexOf(root?.activeElement as HTMLElement);
    const next = by === -Infinity ? 0 : by === Infinity ? items.length - 1 : at + by;
    items[(next + items.length) % items.length]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields and items inside
    <div
      ref={ref}
      class="nb-menu"
      popover="manual"
      onKeyDown={(event) => {
        event.stopPropagation();
        const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
        const isField = (event.target as HTMLElement).matches("input, select");
        if (event.key === "Escape" || (event.key === "Tab" && !isField && !children)) {
          event.preventDefault();
          close(true);
        } else if (event.key in moves && !isField) {
          event.preventDefault();
          move(moves[event.key] as number);
        }
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      {children}
      <div role="menu" aria-label={label}>
        {groups
          .filter((group) => group.length > 0)
          .map((group, index) => (
            <div key={index} role="group" class="nb-menu-group">
              {group.map(({ name, icon, keys, isDisabled, run }) => (
                <button
                  key={name}
                  type="button"
                  role="menuitem"
                  class="nb-menu-item"
                  tabIndex={-1}
                  aria-disabled={isDisabled || undefined}
                  onClick={() => {
                    if (isDisabled) return;
                    close(true);
                    run();
                  }}
                >
                  <span class="nb-menu-icon">{icon && <Glyph of={icon} size={14} />}</span>
                  <span>{name}</span>
                  {keys && <kbd>{keys}</kbd>}
                </button>
              ))}
            </div>
          ))}
      </div>
    </div>
  );
}
