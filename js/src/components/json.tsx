/** A tree of JSON that is folded and unfolded; what is folded, or far down a long list, is not in the page. */

import { useMemo, useState } from "preact/hooks";
import { propsOf, type ViewProps } from "../model";
import { heights } from "../ui/css";
import { Frame, labelOf } from "../ui/frame";
import { CopyTool } from "../ui/tool";
import type { JSONProps } from "../wire/generated/components";

const PAGE = 100;
const LONG_TEXT = 2000;
const FIRST_DEPTH = 3;
/** How many lines are unfolded at first: few enough to come at once, however large the tree. */
const FIRST_LINES = { open: 2000, folded: 200 };

export function JSONTree({ block }: ViewProps) {
  const { value, open, show_indices, buttons } = propsOf<JSONProps>(block);
  const unfolded = useMemo(() => unfoldedAtFirst(value, open), [value, open]);
  const isEmpty = value === null || value === undefined;
  const copies = !isEmpty && (buttons?.includes("copy") ?? true);
  const text = () => JSON.stringify(value, null, 2);
  return (
    <Frame block={block} toolbar={copies && <CopyTool text={text} copied={() => block.trigger("copy")} />}>
      <section
        class="nb-tree json-holder"
        style={heights(block.props.value)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={labelOf(block)}
        data-testid="json"
      >
        {isEmpty ? (
          <div class="nb-nothing">Nothing yet</div>
        ) : (
          <Node key={String(open)} value={value} unfolded={unfolded} hasIndices={show_indices} isLast />
        )}
      </section>
    </Frame>
  );
}

interface NodeProps {
  name?: string | number;
  value: unknown;
  unfolded: Set<unknown>;
  hasIndices: boolean;
  isLast: boolean;
}

const isHolder = (value: unknown): value is object => typeof value === "object" && value !== null;

function Node(props: NodeProps) {
  const isTree = isHolder(props.value) && Object.keys(props.value).length > 0;
  return isTree ? <Holder {...props} /> : <Leaf {...props} />;
}

function Name({ name, hasIndices }: { name: string | number | undefined; hasIndices: boolean }) {
  if (name === undefined || (typeof name === "number" && !hasIndices)) return null;
  return (
    <>
      <span class={typeof name === "number" ? "nb-json-index" : "nb-json-key"}>
        {typeof name === "number" ? name : JSON.stringify(name)}
      </span>
      {": "}
    </>
  );
}

/** An object or a list with something in it. */
function Holder({ name, value, unfolded, hasIndices, isLast }: NodeProps) {
  const [isOpen, setOpen] = useState(unfolded.has(value));
  const [shown, setShown] = useState(PAGE);
  const isList = Array.isArray(value);
  const keys = isList ? null : Object.keys(value as object);
  const size = keys ? keys.length : (value as unknown[]).length;
  const [start, end] = isList ? ["[", "]"] : ["{", "}"];
  const comma = isLast ? "" : ",";
  const rows = [];
  for (let index = 0; isOpen && index < Math.min(size, shown); index += 1) {
    const key = keys ? (keys[index] as string) : index;
    rows.push(
      <li key={key}>
        <Node
          name={key}
          value={(value as Record<string | number, unknown>)[key]}
          unfolded={unfolded}
          hasIndices={hasIndices}
          isLast={index === size - 1}
        />
      </li>,
    );
  }
  return (
    <>
      <button
        type="button"
        class="nb-json-line nb-json-fold toggle"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span class="nb-chevron" aria-hidden="true" />
        <Name name={name} hasIndices={hasIndices} />
        {start}
        {!isOpen && (
          <>
            <span class="nb-json-count"> {count(size, isList)} </span>
            {end}
            {comma}
          </>
        )}
      </button>
      {isOpen && (
        <>
          <ul>
            {rows}
            {size > shown && (
              <li>
                <button type="button" class="nb-json-more" onClick={() => setShown(shown + PAGE)}>
                  {`Show ${Math.min(PAGE, size - shown)} more of ${(size - shown).toLocaleString("en")}`}
                </button>
              </li>
            )}
          </ul>
          <div class="nb-json-line">
            {end}
            {comma}
          </div>
        </>
      )}
    </>
  );
}

/** A text, number, true, false or null, or something empty. */
function Leaf({ name, value, hasIndices, isLast }: NodeProps) {
  const [isWhole, setWhole] = useState(false);
  const isCut = typeof value === "string" && value.length > LONG_TEXT && !isWhole;
  const kind = isHolder(value) ? "empty" : value === null ? "null" : typeof value;
  return (
    <div class="nb-json-line">
      <Name name={name} hasIndices={hasIndices} />
      <span class={`nb-json-${kind}`}>
        {isCut ? `${JSON.stringify(value.slice(0, LONG_TEXT)).slice(0, -1)}…` : JSON.stringify(value)}
      </span>
      {isCut && (
        <button type="button" class="nb-json-more" onClick={() => setWhole(true)}>
          {`Show all ${value.length.toLocaleString("en")} characters`}
        </button>
      )}
      {isLast ? "" : ","}
    </div>
  );
}

function count(size: number, isList: boolean): string {
  const unit = isList ? "item" : "key";
  return `${size.toLocaleString("en")} ${unit}${size === 1 ? "" : "s"}`;
}

/** The outermost objects and lists, level by level, until their lines are enough. */
function unfoldedAtFirst(value: unknown, isOpen: boolean): Set<unknown> {
  const unfolded = new Set<unknown>();
  let lines = isOpen ? FIRST_LINES.open : FIRST_LINES.folded;
  let level = [value].filter(isHolder);
  for (let depth = 0; level.length > 0 && (isOpen || depth < FIRST_DEPTH); depth += 1) {
    const below: object[] = [];
    for (const holder of level) {
      const inner: unknown[] = Array.isArray(holder)
        ? holder.slice(0, PAGE)
        : Object.values(holder).slice(0, PAGE);
      if (depth > 0 && inner.length > lines) continue;
      lines -= inner.length;
      unfolded.add(holder);
      below.push(...inner.filter(isHolder));
    }
    level = below;
  }
  return unfolded;
}
