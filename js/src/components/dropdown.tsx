/** One or several of many choices, in a list to search: an editable combobox with a listbox. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf, type ViewProps } from "../model";
import { controlId, described, Frame } from "../ui/frame";
import { Icon } from "../ui/icon";
import type { DropdownProps } from "../wire/generated/components";
import { type Choice, type Choices, indexOf, nameOf } from "./choices";

/** Rows that are always made, so that a tall list has no hole. */
const LEAST_ROWS = 24;
const PAGE_ROWS = 10;

export function Dropdown({ block }: ViewProps) {
  const props = propsOf<DropdownProps>(block);
  const { choices, value, multiselect, filterable, interactive } = props;
  const field = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  /** What was typed; null: nothing yet, so that the field shows what is chosen. */
  const [query, setQuery] = useState<string | null>(null);
  /** Where in the filtered list the keyboard is; null: nowhere. */
  const [active, setActive] = useState<number | null>(null);

  const several = multiselect ? listOf(value) : [];
  const isChosen = (one: Choice) => (multiselect ? several.includes(one) : one === value);
  const isFull = multiselect && props.max_choices !== null && several.length >= props.max_choices;
  const found = isOpen ? matching(choices, filterable ? query : null) : [];
  const text = query ?? (multiselect ? "" : nameOf(choices, value));

  const open = () => {
    if (isOpen || !interactive) return;
    const at = multiselect ? null : indexOf(choices, value);
    setActive(at);
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setActive(null);
    setQuery(null);
  };
  const toggle = (one: Choice) => {
    const wasChosen = isChosen(one);
    if (multiselect) {
      if (!wasChosen && isFull) return;
      block.edit({ value: wasChosen ? several.filter((other) => other !== one) : [...several, one] });
      setQuery(null);
    } else {
      block.edit({ value: one });
      close();
    }
    const selected = multiselect ? !wasChosen : true;
    block.trigger("select", { index: indexOf(choices, one), value: one, selected });
  };
  /** Takes the typed text itself, where that is allowed. */
  const custom = (typed: string) => {
    const known = choices.find(([name]) => name === typed);
    const one = known ? known[1] : typed;
    if (!isChosen(one)) toggle(one);
  };
  const type = (typed: string) => {
    if (!interactive) return;
    setQuery(typed);
    setOpen(true);
    setActive(props.allow_custom_value || matching(choices, typed).length === 0 ? null : 0);
  };
  const leave = () => {
    if (query && props.allow_custom_value) custom(query);
    close();
    block.trigger("blur");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || !interactive) return;
    const last = found.length - 1;
    const at = active ?? -1;
    const moves: Record<string, number> = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + PAGE_ROWS),
      PageUp: Math.max(0, at - PAGE_ROWS),
    };
    if (event.key in moves) {
      event.preventDefault();
      if (!isOpen) open();
      else if (!event.altKey && last >= 0) setActive(moves[event.key] as number);
      else if (event.altKey && event.key === "ArrowUp") close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = active === null ? undefined : found[active];
      if (chosen !== undefined) toggle((choices[chosen] as Choices[number])[1]);
      else if (query && props.allow_custom_value) custom(query);
      else if (!isOpen) open();
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Backspace" && text === "" && several.length > 0) {
      toggle(several.at(-1) as Choice);
    } else if (!filterable && event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (!isOpen && event.key === " ") open();
      const key = event.key.toLowerCase();
      const rows = matching(choices, null);
      const starts = (row: number) => choices[row]?.[0].toLowerCase().startsWith(key);
      const next = rows.findIndex((row, index) => index > at && starts(row));
      const wrapped = next < 0 ? rows.findIndex(starts) : next;
      if (wrapped < 0) return;
      setOpen(true);
      setActive(wrapped);
    }
  };
  const listId = `nb-list-${block.id}`;
  return (
    <Frame block={block} control={controlId(block)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click beside the field is a click on it; keys go there */}
      <div
        class={`nb-input nb-combo ${interactive ? "" : "nb-readonly"}`}
        onMouseDown={(event) => {
          if (event.target === field.current || (event.target as HTMLElement).closest("button")) return;
          event.preventDefault();
          field.current?.focus();
          if (isOpen) close();
          else open();
        }}
      >
        {several.map((one) => (
          <Tag
            key={`${typeof one}${one}`}
            name={nameOf(choices, one)}
            remove={interactive ? () => toggle(one) : undefined}
          />
        ))}
        <input
          {...described(block)}
          ref={field}
          id={controlId(block)}
          class="nb-combo-field"
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          aria-autocomplete={filterable ? "list" : "none"}
          aria-haspopup="listbox"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen && active !== null ? `${listId}-${active}` : undefined}
          aria-readonly={!interactive || undefined}
          readOnly={!interactive || !filterable}
          value={text}
          onInput={(event) => type(event.currentTarget.value)}
          onClick={open}
          onKeyDown={onKeyDown}
          onKeyUp={(event) =>
            block.trigger("key_up", { key: event.key, input_value: event.currentTarget.value })
          }
          onFocus={() => block.trigger("focus")}
          onBlur={leave}
        />
        {interactive && several.length > 1 && (
          <button
            type="button"
            class="nb-tool nb-combo-clear"
            aria-label={t("Clear")}
            title={t("Clear")}
            onClick={() => {
              block.edit({ value: [] });
              field.current?.focus();
            }}
          >
            <Icon name="close" size={14} />
          </button>
        )}
        {interactive && <span class="nb-chevron nb-combo-chevron" aria-hidden="true" />}
      </div>
      {isOpen && (
        <List
          block={block}
          id={listId}
          field={field.current}
          rows={found}
          active={active}
          isChosen={isChosen}
          isFull={isFull}
          choose={toggle}
        />
      )}
    </Frame>
  );
}

/** The value of one that takes several: a list, whatever came. */
function listOf(value: DropdownProps["value"] | undefined): Choice[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : [value];
}

/** Indices of the choices whose name holds the text. */
function matching(choices: Choices, query: string | null): number[] {
  const wanted = (query ?? "").trim().toLowerCase();
  const found: number[] = [];
  choices.forEach(([name], index) => {
    if (wanted === "" || name.toLowerCase().includes(wanted)) found.push(index);
  });
  return found;
}

function Tag({ name, remove }: { name: string; remove?: () => void }) {
  return (
    <span class="nb-tag token">
      <span>{name}</span>
      {remove && (
        <button
          type="button"
          aria-label={`Remove ${name}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={remove}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  );
}

interface ListProps {
  block: Block;
  id: string;
  field: HTMLElement | null;
  /** Indices of the choices in it. */
  rows: number[];
  active: number | null;
  isChosen: (one: Choice) => boolean;
  isFull: boolean;
  choose: (one: Choice) => void;
}

/** The open list. Rows are of one height, and only those near what is seen are made. */
function List({ block, id, field, rows, active, isChosen, isFull, choose }: ListProps) {
  const { choices, multiselect, num_choices_shown } = propsOf<DropdownProps>(block);
  const ref = useRef<HTMLDivElement>(null);
  const [row_px, setRowHeight] = useState(0);
  const [seen, setSeen] = useState(() => active ?? 0);
  const count = Math.max(LEAST_ROWS, num_choices_shown ?? 0);
  const first = Math.max(0, Math.min(seen - (count >> 1), rows.length - count));
  const shown = rows.slice(first, first + count);

  useLayoutEffect(() => {
    const list = ref.current;
    const anchor = field?.closest<HTMLElement>(".nb-combo");
    if (!list || !anchor) return;
    const place = () => float(list, anchor);
    place();
    setRowHeight(list.querySelector<HTMLElement>("[role=option]")?.offsetHeight ?? 0);
    addEventListener("scroll", place, { capture: true, passive: true });
    addEventListener("resize", place);
    return () => {
      removeEventListener("scroll", place, { capture: true });
      removeEventListener("resize", place);
    };
  }, [field]);
  useLayoutEffect(() => {
    const list = ref.current;
    if (list && field) float(list, field.closest<HTMLElement>(".nb-combo") as HTMLElement);
  });
  useLayoutEffect(() => {
    const list = ref.current;
    if (!list || !row_px) return;
    if (active === null) {
      list.scrollTop = 0;
      return;
    }
    setSeen(active);
    const top = active * row_px;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + row_px > list.scrollTop + list.clientHeight)
      list.scrollTop = top + row_px - list.clientHeight + 8;
  }, [active, row_px, rows.length]);

  return (
    <div
      ref={ref}
      id={id}
      aria-label={t("Choices")}
      class="nb-list options"
      popover="manual"
      role="listbox"
      tabIndex={-1}
      aria-multiselectable={multiselect || undefined}
      onMouseDown={(event) => event.preventDefault()}
      onScroll={(event) => row_px > 0 && setSeen(Math.floor(event.currentTarget.scrollTop / row_px))}
    >
      <div style={{ height: `${rows.length * row_px}px`, minHeight: "min-content" }}>
        <div style={{ transform: `translateY(${first * row_px}px)` }}>
          {shown.map((index, offset) => {
            const [name, one] = choices[index] as Choices[number];
            const at = first + offset;
            const chosen = isChosen(one);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus (aria-activedescendant)
              <div
                key={index}
                id={`${id}-${at}`}
                class={`nb-list-row item ${at === active ? "nb-active" : ""} ${chosen ? "selected" : ""}`}
                role="option"
                data-testid="dropdown-option"
                data-index={index}
                aria-selected={chosen}
                aria-disabled={(isFull && !chosen) || undefined}
                aria-setsize={rows.length}
                aria-posinset={at + 1}
                title={name}
                onClick={() => choose(one)}
              >
                <span class="nb-list-mark">{chosen && <Icon name="check" size={14} />}</span>
                <span class="nb-list-name">{name}</span>
              </div>
            );
          })}
        </div>
      </div>
      {rows.length === 0 && <div class="nb-list-none">{t("No matches")}</div>}
    </div>
  );
}

const LIST_PX = 320;
const LEAST_PX = 96;
const GAP_PX = 4;

/** Puts the list under the field, or above it where more room is; above everything else on the page. */
function float(list: HTMLElement, anchor: HTMLElement): void {
  const { top, bottom, left, width } = anchor.getBoundingClientRect();
  const below = innerHeight - bottom - GAP_PX * 2;
  const above = top - GAP_PX * 2;
  const isBelow = below >= Math.min(LIST_PX, list.scrollHeight) || below >= above;
  const room = Math.max(below, above);
  // a frame no higher than the field itself (one per output): the list takes its own room there
  const isFloating = room >= LEAST_PX && typeof list.showPopover === "function";
  list.classList.toggle("nb-floating", isFloating);
  if (!isFloating) {
    list.removeAttribute("popover");
    return;
  }
  if (!list.matches(":popover-open")) list.showPopover();
  Object.assign(list.style, {
    left: `${left}px`,
    width: `${width}px`,
    maxHeight: `${Math.min(LIST_PX, isBelow ? below : above)}px`,
    top: isBelow ? `${bottom + GAP_PX}px` : "auto",
    bottom: isBelow ? "auto" : `${innerHeight - top + GAP_PX}px`,
  });
}
