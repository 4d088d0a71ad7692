/** One cell: as its column's kind shows it, and as it is edited. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { MarkdownModule } from "../../lazy/markdown";
import type { Block } from "../../model";
import type { DataframeProps } from "../../wire/generated/components";
import { type Datatype, isTrue } from "./grid";
import { textOf } from "./query";

interface ContentProps {
  block: Block;
  kind: Datatype;
  value: unknown;
  /** Text that an author's Styler made of it. */
  display: unknown;
  module: MarkdownModule | null;
  maxChars: number | null;
  isOpen: boolean;
  isEditable: boolean;
  toggle?: () => void;
}

export function Content(props: ContentProps) {
  const { kind, value, display, maxChars, isOpen } = props;
  if (kind === "bool" && value !== null && value !== "") return <Check {...props} />;
  const text = textOf(display ?? value);
  if (text === "") return null;
  if ((kind === "markdown" || kind === "html") && props.module) return <Formatted {...props} text={text} />;
  if (kind === "image") return <Picture value={value} />;
  const isCut = maxChars !== null && text.length > maxChars;
  return (
    <span class={`nb-td-text ${isCut && isOpen ? "nb-td-all" : ""}`}>
      {isCut && !isOpen ? `${text.slice(0, maxChars)}…` : text}
    </span>
  );
}

function Check({ value, isEditable, toggle }: ContentProps) {
  return (
    <input
      type="checkbox"
      class="nb-td-check"
      tabIndex={-1}
      checked={isTrue(value)}
      disabled={!isEditable}
      aria-label={isTrue(value) ? "true" : "false"}
      onClick={(event) => {
        event.preventDefault();
        toggle?.();
      }}
    />
  );
}

function Formatted({ block, kind, text, module }: ContentProps & { text: string }) {
  const ref = useRef<HTMLDivElement>(null);
  const { latex_delimiters, line_breaks } = block.props.peek() as unknown as DataframeProps;
  const options = { latex_delimiters, line_breaks, sanitize_html: true, header_links: false };
  const html = kind === "html" ? module?.sanitize(text) : module?.render(text, options);
  useEffect(() => {
    if (kind === "markdown" && ref.current)
      module?.finish(ref.current, options, (name) => block.app.chunk(name));
  }, [html]);
  return <div ref={ref} class="nb-td-html prose md" dangerouslySetInnerHTML={{ __html: html ?? "" }} />;
}

/** Addresses only: what is no picture's is shown as text. */
function Picture({ value }: { value: unknown }) {
  const given = typeof value === "object" && value !== null ? (value as { url?: unknown }).url : value;
  const url = textOf(given);
  const isPicture = /^(https?:|blob:|data:image\/|\/|\.\/)/i.test(url);
  return isPicture ? <img class="nb-td-image" src={url} alt="" loading="lazy" /> : <span>{url}</span>;
}

interface EditorProps {
  text: string;
  name: string;
  commit: (text: string, then: "down" | "up" | "right" | "left" | "stay") => void;
  cancel: () => void;
}

/** A field over the cell, as high as its text. */
export function Editor({ text, name, commit, cancel }: EditorProps) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const isDone = useRef(false);
  const fit = () => {
    const field = ref.current;
    if (!field) return;
    field.style.height = "0";
    field.style.height = `${field.scrollHeight}px`;
  };
  useLayoutEffect(() => {
    const field = ref.current;
    if (!field) return;
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
    fit();
  }, []);
  const end = (then: Parameters<EditorProps["commit"]>[1]) => {
    if (isDone.current) return;
    isDone.current = true;
    commit(ref.current?.value ?? text, then);
  };
  return (
    <textarea
      ref={ref}
      class="nb-td-editor"
      aria-label={name}
      defaultValue={text}
      rows={1}
      spellcheck={false}
      onInput={fit}
      onBlur={() => end("stay")}
      onMouseDown={(event) => event.stopPropagation()}
      onDblClick={(event) => event.stopPropagation()}
      onCopy={(event) => event.stopPropagation()}
      onCut={(event) => event.stopPropagation()}
      onPaste={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.isComposing) return;
        if (event.key === "Escape") {
          event.preventDefault();
          isDone.current = true;
          cancel();
        } else if (event.key === "Enter" && !event.altKey) {
          event.preventDefault();
          end(event.shiftKey ? "up" : "down");
        } else if (event.key === "Enter") {
          event.preventDefault();
          ref.current?.setRangeText("\n", ref.current.selectionStart, ref.current.selectionEnd, "end");
          fit();
        } else if (event.key === "Tab") {
          event.preventDefault();
          end(event.shiftKey ? "left" : "right");
        }
      }}
    />
  );
}

/** CSS of an author's Styler, without what could reach beyond the cell or the page. */
export function safeStyle(css: unknown): string | undefined {
  if (typeof css !== "string" || css === "") return undefined;
  return css
    .split(";")
    .filter(
      (rule) => !/url\s*\(|expression|^\s*(position|inset|z-index|behavior|-moz-binding)\s*:/i.test(rule),
    )
    .join(";");
}
