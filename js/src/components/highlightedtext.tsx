/** Text with marked stretches: of classes, or of scores from -1 to 1. */

import { Component } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { controlId, Frame, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import type { HighlightedTextProps } from "../wire/generated/components";
import { type Mark, marked, placesOf, type Range, type Token, wordAfter, wordBefore } from "./marks";

const PALETTE = 8;
/** Stretches that come into the page together; further ones stand there as plain text until they are near its view. */
const GROUP = 400;
const NEAR = "800px";

export function HighlightedText({ block }: ViewProps) {
  const props = propsOf<HighlightedTextProps>(block);
  const tokens = props.value ?? [];
  const text = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState<Range | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [lit, setLit] = useState<string | null>(null);
  const isScored = tokens.some(({ class_or_confidence: mark }) => typeof mark === "number");
  const colours = useColours(tokens, props.color_map);
  const places = useMemo(() => placesOf(tokens), [props.value]);
  const groups = useMemo(() => groupsOf(tokens, places), [props.value]);
  const whole = useMemo(() => tokens.map(({ token }) => token).join(""), [props.value]);

  const stop = () => {
    setAsking(false);
    setRange(null);
  };
  const put = (where: Range, mark: Mark) => {
    block.edit({ value: marked(tokens, where, mark) });
    stop();
    text.current?.focus({ preventScroll: true });
  };
  const choose = (index: number) => {
    const token = tokens[index] as Token;
    block.trigger("select", { index, value: [token.token, token.class_or_confidence] });
    if (!props.interactive || token.class_or_confidence === null) return;
    setRange(places[index] as Range);
    setAsking(true);
  };
  // the same functions at each render, so that groups of stretches are not made anew
  const latest = useRef({ choose, remove: (_: number) => {} });
  latest.current = { choose, remove: (index) => put(places[index] as Range, null) };
  const [doChoose, doRemove] = useMemo(
    () => [(index: number) => latest.current.choose(index), (index: number) => latest.current.remove(index)],
    [],
  );
  const takeSelection = () => {
    const found = text.current && selectedIn(text.current);
    if (!found) return;
    setRange(found);
    setAsking(true);
  };
  // Arrows go from word to word, with Shift they take more or fewer words; Enter asks for the label.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const forward = props.rtl ? "ArrowLeft" : "ArrowRight";
    const backward = props.rtl ? "ArrowRight" : "ArrowLeft";
    if (event.key === forward) {
      const next = wordAfter(whole, range?.[1] ?? 0);
      if (next) setRange(event.shiftKey && range ? [range[0], next[1]] : next);
    } else if (event.key === backward && range) {
      const before = wordBefore(whole, event.shiftKey ? range[1] : range[0]);
      const last = event.shiftKey && before ? wordBefore(whole, before[0]) : null;
      if (!event.shiftKey) setRange(before ?? range);
      else if (last && last[1] > range[0]) setRange([range[0], last[1]]);
    } else if (event.key === "Enter" && range) setAsking(true);
    else if (event.key === "Escape" && range) stop();
    else if ((event.key === "Delete" || event.key === "Backspace") && range) put(range, null);
    else return;
    event.preventDefault();
  };

  const labels = Object.keys(colours);
  const current = range && places.findIndex(([start, end]) => start === range[0] && end === range[1]);
  const mark = current !== null && current >= 0 ? (tokens[current]?.class_or_confidence ?? null) : null;
  return (
    <Frame block={block}>
      {props.show_legend && isScored && (
        <div class="nb-scale" data-testid="highlighted-text:color-legend">
          <span>−1</span>
          <span>0</span>
          <span>+1</span>
        </div>
      )}
      {props.show_legend && !isScored && labels.length > 0 && (
        <ul class="nb-legend category-legend" data-testid="highlighted-text:category-legend">
          {labels.map((label) => (
            <li
              key={label}
              class="category-label nb-coloured"
              style={{ "--nb-mark": colours[label] }}
              onMouseEnter={() => setLit(label)}
              onMouseLeave={() => setLit(null)}
            >
              {label}
            </li>
          ))}
        </ul>
      )}
      <div
        ref={text}
        class={`nb-marked textfield ${props.show_whitespaces ? "nb-pre" : ""}`}
        dir={props.rtl ? "rtl" : undefined}
        data-testid="highlighted-text"
        role="group"
        tabIndex={props.interactive ? 0 : undefined}
        aria-label={labelOf(block)}
        aria-describedby={props.interactive ? `${controlId(block)}-keys` : undefined}
        onMouseUp={props.interactive ? takeSelection : undefined}
        onKeyDown={props.interactive ? onKeyDown : undefined}
      >
        {tokens.length === 0 && <span class="nb-nothing">{t("Nothing yet")}</span>}
        {groups.map((group, index) => (
          <Group
            key={index}
            group={group}
            isFirst={index === 0}
            range={range && range[0] < group.end && range[1] > group.start ? range : null}
            colours={colours}
            lit={lit}
            hasCategory={props.show_inline_category}
            choose={doChoose}
            remove={props.interactive ? doRemove : undefined}
          />
        ))}
      </div>
      {props.interactive && (
        <div class="nb-hint" id={`${controlId(block)}-keys`}>
          Select text to mark it; by keyboard: arrows, Shift+arrows, Enter, Delete.
        </div>
      )}
      {isAsking && range && (
        <Chooser
          key={range.join()}
          text={whole.slice(...range)}
          mark={mark}
          labels={labels}
          colours={colours}
          isScored={isScored}
          put={(next) => put(range, next)}
          cancel={() => {
            stop();
            text.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </Frame>
  );
}

/** Stretches that follow each other, and where they stand in the whole text. */
interface Together {
  tokens: Token[];
  places: Range[];
  /** Index of the first. */
  first: number;
  start: number;
  end: number;
}

function groupsOf(tokens: Token[], places: Range[]): Together[] {
  const groups: Together[] = [];
  for (let first = 0; first < tokens.length; first += GROUP) {
    const own = places.slice(first, first + GROUP);
    groups.push({
      tokens: tokens.slice(first, first + GROUP),
      places: own,
      first,
      start: own[0]?.[0] ?? 0,
      end: own.at(-1)?.[1] ?? 0,
    });
  }
  return groups;
}

interface GroupProps {
  group: Together;
  isFirst: boolean;
  /** What is chosen of it. */
  range: Range | null;
  colours: Record<string, string>;
  lit: string | null;
  hasCategory: boolean;
  choose: (index: number) => void;
  remove: ((index: number) => void) | undefined;
}

class Group extends Component<GroupProps, { isNear: boolean }> {
  override state = { isNear: this.props.isFirst || typeof IntersectionObserver === "undefined" };
  private element: HTMLElement | null = null;
  private observer: IntersectionObserver | null = null;

  override shouldComponentUpdate(next: GroupProps, state: { isNear: boolean }): boolean {
    const now = this.props as unknown as Record<string, unknown>;
    return state !== this.state || Object.entries(next).some(([name, value]) => value !== now[name]);
  }

  override componentDidMount(): void {
    if (this.state.isNear || !this.element) return;
    this.observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        this.observer?.disconnect();
        this.setState({ isNear: true });
      },
      { rootMargin: NEAR },
    );
    this.observer.observe(this.element);
  }

  override componentWillUnmount(): void {
    this.observer?.disconnect();
  }

  override render() {
    const { group, range, colours, lit, hasCategory, choose, remove } = this.props;
    if (!this.state.isNear && range === null) {
      const text = group.tokens.map(({ token }) => token).join("");
      return (
        <span
          ref={(element) => {
            this.element = element;
          }}
          data-at={group.start}
        >
          {text}
        </span>
      );
    }
    return group.tokens.map((token, offset) => (
      <Stretch
        key={offset}
        token={token}
        at={group.places[offset]?.[0] ?? 0}
        range={range}
        colour={colours[String(token.class_or_confidence)]}
        isFaint={lit !== null && lit !== token.class_or_confidence}
        hasCategory={hasCategory}
        choose={() => choose(group.first + offset)}
        remove={remove && (() => remove(group.first + offset))}
      />
    ));
  }
}

interface StretchProps {
  token: Token;
  at: number;
  range: Range | null;
  colour: string | undefined;
  isFaint: boolean;
  hasCategory: boolean;
  choose: () => void;
  remove: (() => void) | undefined;
}

function Stretch({ token, at, range, colour, isFaint, hasCategory, choose, remove }: StretchProps) {
  const { token: text, class_or_confidence: mark } = token;
  const pieces = piecesOf(text, at, range);
  if (mark === null) {
    // biome-ignore lint/a11y: unmarked text can be pointed at too; nothing is reached by that alone
    return <span onClick={choose}>{pieces}</span>;
  }
  const isScore = typeof mark === "number";
  const style = isScore
    ? {
        "--nb-mark": mark < 0 ? "var(--nb-mark-below)" : "var(--nb-mark-above)",
        "--nb-share": `${Math.round(Math.min(1, Math.abs(mark)) * 60)}%`,
      }
    : { "--nb-mark": colour };
  const onKeyDown = (event: KeyboardEvent) => {
    const isChoice = event.key === "Enter" || event.key === " ";
    if (isChoice) choose();
    else if (remove && (event.key === "Delete" || event.key === "Backspace")) remove();
    else return;
    event.preventDefault();
  };
  return (
    <span
      class={`nb-mark textspan nb-coloured ${isScore ? "nb-score" : ""} ${isFaint ? "nb-faint" : ""}`}
      style={style}
      title={isScore ? String(mark) : hasCategory ? undefined : mark}
    >
      <span
        role="button"
        tabIndex={0}
        class="nb-mark-text text"
        aria-label={`${text}: ${mark}`}
        onClick={choose}
        onKeyDown={onKeyDown}
      >
        {pieces}
      </span>
      {hasCategory && !isScore && (
        <span class="nb-category label" aria-hidden="true">
          {mark}
        </span>
      )}
      {remove && (
        <button type="button" class="nb-unmark" tabIndex={-1} aria-label={`Unmark ${text}`} onClick={remove}>
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  );
}

/** A text in up to three parts, the middle one within the range; each knows where it begins in the whole. */
function piecesOf(text: string, at: number, range: Range | null) {
  const start = range ? Math.min(text.length, Math.max(0, range[0] - at)) : 0;
  const end = range ? Math.min(text.length, Math.max(0, range[1] - at)) : 0;
  if (end <= start) return <span data-at={at}>{text}</span>;
  return (
    <>
      {start > 0 && <span data-at={at}>{text.slice(0, start)}</span>}
      <span data-at={at + start} class="nb-chosen">
        {text.slice(start, end)}
      </span>
      {end < text.length && <span data-at={at + end}>{text.slice(end)}</span>}
    </>
  );
}

interface ChooserProps {
  text: string;
  mark: Mark;
  labels: string[];
  colours: Record<string, string>;
  isScored: boolean;
  put: (mark: Mark) => void;
  cancel: () => void;
}

/** Asks which label, or which score, a stretch gets. */
function Chooser({ text, mark, labels, colours, isScored, put, cancel }: ChooserProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const submit = (event: Event) => {
    event.preventDefault();
    const given = field.current?.value.trim() ?? "";
    if (!given) return;
    if (!isScored) put(given);
    else if (Number.isFinite(Number(given))) put(Math.max(-1, Math.min(1, Number(given))));
  };
  return (
    <form
      class="nb-chooser"
      aria-label={`Mark “${text}”`}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        cancel();
      }}
    >
      {!isScored &&
        labels.map((label) => (
          <button
            key={label}
            type="button"
            class="nb-choice nb-coloured"
            style={{ "--nb-mark": colours[label] }}
            aria-pressed={label === mark}
            onClick={() => put(label)}
          >
            {label}
          </button>
        ))}
      <input
        ref={field}
        class="nb-input"
        type={(isScored ? "number" : "text") as "text"}
        min={isScored ? -1 : undefined}
        max={isScored ? 1 : undefined}
        step={isScored ? "any" : undefined}
        defaultValue={mark === null ? "" : String(mark)}
        placeholder={isScored ? t("Score") : t("Label")}
        aria-label={isScored ? t("Score from -1 to 1") : t("Label")}
      />
      <button type="submit" class="nb-button sm">
        {t("Mark")}
      </button>
      {mark !== null && (
        <button type="button" class="nb-button sm" onClick={() => put(null)}>
          {t("Unmark")}
        </button>
      )}
      <button type="button" class="nb-tool" aria-label={t("Cancel")} title={t("Cancel")} onClick={cancel}>
        <Icon name="close" />
      </button>
    </form>
  );
}

/** A colour for each class: its author's, or the next of the palette; who has one keeps it while others come. */
function useColours(tokens: Token[], given: Record<string, string>): Record<string, string> {
  const own = useRef<string[]>([]);
  return useMemo(() => {
    const colours: Record<string, string> = { ...given };
    for (const { class_or_confidence: mark } of tokens) {
      if (typeof mark !== "string" || mark in colours) continue;
      if (!own.current.includes(mark)) own.current.push(mark);
      colours[mark] = `var(--nb-mark-${(own.current.indexOf(mark) % PALETTE) + 1})`;
    }
    return colours;
  }, [tokens, given]);
}

/** What the user has selected of a text, in characters of the whole. */
function selectedIn(text: HTMLElement): Range | null {
  const root = text.getRootNode() as Document | (ShadowRoot & { getSelection?: () => Selection | null });
  const selection = document.getSelection();
  // Within a shadow root the document's selection is blurred: browsers give the exact one in one of these two ways.
  const composed =
    root instanceof ShadowRoot
      ? (selection as { getComposedRanges?: (options: object) => StaticRange[] } | null)?.getComposedRanges?.(
          {
            shadowRoots: [root],
          },
        )[0]
      : undefined;
  const own = root.getSelection?.() ?? selection;
  const found = composed ?? (own?.rangeCount ? own.getRangeAt(0) : null);
  if (!found || !text.contains(found.startContainer)) return null;
  const start = offsetIn(text, found.startContainer, found.startOffset);
  const end = offsetIn(text, found.endContainer, found.endOffset);
  return end > start ? [start, end] : null;
}

function offsetIn(text: HTMLElement, node: Node, offset: number): number {
  const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : null;
  if (holder?.dataset.at !== undefined && text.contains(holder)) return Number(holder.dataset.at) + offset;
  // Between elements: after all text that stands before that point.
  const point = document.createRange();
  point.setStart(node, offset);
  let last = 0;
  for (const piece of text.querySelectorAll<HTMLElement>("[data-at]")) {
    if (point.comparePoint(piece, 0) < 0) last = Number(piece.dataset.at) + (piece.textContent?.length ?? 0);
  }
  return last;
}
