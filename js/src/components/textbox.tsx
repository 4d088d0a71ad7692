/** A field of one or more lines of text. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { controlId, described, Frame } from "../ui/frame";
import { isAtEnd, scrollToEnd } from "../ui/scroll";
import { CopyTool } from "../ui/tool";
import type { TextboxProps } from "../wire/generated/components";

type Control = HTMLInputElement | HTMLTextAreaElement;

const DEFAULT_MAX_LINES = 20;
const SAFE =
  /^(autocapitalize|autocorrect|autocomplete|spellcheck|enterkeyhint|inputmode|lang|tabindex|title|name|pattern|aria-[\w-]+|data-[\w-]+)$/i;

/** https://developer.mozilla.org/docs/Web/CSS/field-sizing */
const SIZES_ITSELF = globalThis.CSS?.supports?.("field-sizing", "content") ?? false;

export function Textbox({ block }: ViewProps) {
  const props = propsOf<TextboxProps>(block);
  const ref = useRef<Control>(null);
  const isComposing = useRef(false);
  /** Whether the end of the text is in sight. */
  const follows = useRef(true);
  const isFirst = useRef(true);
  const text = props.value ?? "";
  const isOneLine = props.type !== "text" || (props.lines === 1 && props.max_lines === 1);

  // The DOM keeps the text: it is written only where it differs, so that caret, selection and a composition stay.
  useLayoutEffect(() => {
    const control = ref.current;
    const isThereFromTheStart = isFirst.current;
    isFirst.current = false;
    if (!control || isComposing.current || control.value === text) return;
    const isCaretAtEnd = control.selectionStart === control.value.length;
    const { selectionStart, selectionEnd } = control;
    control.value = text;
    if (document.activeElement && control.matches(":focus") && !isCaretAtEnd) {
      control.setSelectionRange(selectionStart, selectionEnd);
    }
    if (isThereFromTheStart || !props.autoscroll || !follows.current) return;
    if (control instanceof HTMLTextAreaElement) scrollToEnd(control);
  });
  useLayoutEffect(() => {
    if (ref.current instanceof HTMLTextAreaElement && !SIZES_ITSELF)
      grow(ref.current, props.lines, props.max_lines);
  }, [text, props.lines, props.max_lines]);
  useEffect(() => {
    if (props.autofocus) ref.current?.focus({ preventScroll: true });
  }, [props.autofocus]);

  const edit = () => {
    const control = ref.current;
    if (control && !isComposing.current) block.edit({ value: control.value });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const isSubmit = isOneLine || (props.lines > 1 ? event.shiftKey : !event.shiftKey);
    if (!isSubmit) return;
    event.preventDefault();
    if (props.interactive) block.trigger("submit");
  };
  const onSelect = () => {
    const control = ref.current;
    if (!control || control.selectionStart === control.selectionEnd) return;
    const index = [control.selectionStart ?? 0, control.selectionEnd ?? 0];
    block.trigger("select", { index, value: control.value.slice(index[0], index[1]) });
  };
  const shared = {
    ...safe(props.html_attributes),
    ...described(block),
    id: controlId(block),
    class: "nb-input scroll-hide",
    "data-testid": "textbox",
    placeholder: props.placeholder ?? undefined,
    maxLength: props.max_length ?? undefined,
    dir: props.rtl ? ("rtl" as const) : undefined,
    style: {
      textAlign: props.text_align ?? undefined,
      "--nb-lines": isOneLine ? undefined : props.lines,
      "--nb-max-lines": isOneLine ? undefined : mostLines(props.lines, props.max_lines),
    },
    readOnly: !props.interactive,
    onInput: edit,
    onKeyDown,
    onSelect,
    onScroll: () => {
      follows.current = isAtEnd(ref.current as Control);
    },
    onCopy: () => block.trigger("copy", { value: selectedIn(ref.current) }),
    onFocus: () => block.trigger("focus"),
    onBlur: () => block.trigger("blur"),
    onCompositionStart: () => {
      isComposing.current = true;
    },
    onCompositionEnd: () => {
      isComposing.current = false;
      edit();
    },
  };
  const canCopy = props.buttons?.includes("copy");
  return (
    <Frame
      block={block}
      control={controlId(block)}
      toolbar={
        canCopy && <CopyTool text={() => text} copied={() => block.trigger("copy", { value: text })} />
      }
    >
      <div class="nb-field input-container">
        {isOneLine ? (
          <input ref={ref as never} type={props.type as "text"} {...shared} />
        ) : (
          <textarea ref={ref as never} rows={props.lines} {...shared} />
        )}
        {props.submit_btn && props.interactive && (
          <button
            type="button"
            class="nb-button nb-button-in submit-button"
            onClick={() => block.trigger("submit")}
          >
            {props.submit_btn === true ? t("Submit") : props.submit_btn}
          </button>
        )}
        {props.stop_btn && (
          <button
            type="button"
            class="nb-button nb-button-in stop stop-button"
            onClick={() => block.trigger("stop")}
          >
            {props.stop_btn === true ? t("Stop") : props.stop_btn}
          </button>
        )}
      </div>
    </Frame>
  );
}

/** Attributes that neither run anything nor change what this component relies on. */
function safe(attributes: Record<string, unknown> | null): Record<string, unknown> {
  const entries = Object.entries(attributes ?? {});
  return Object.fromEntries(entries.filter(([name, value]) => SAFE.test(name) && value !== null));
}

function selectedIn(control: Control | null): string {
  return control?.value.slice(control.selectionStart ?? 0, control.selectionEnd ?? undefined) ?? "";
}

const mostLines = (lines: number, maxLines: number | null) => Math.max(lines, maxLines ?? DEFAULT_MAX_LINES);

/** As high as its text, from `lines` to `max_lines`, where the browser does not do it; each measures the page. */
function grow(area: HTMLTextAreaElement, lines: number, maxLines: number | null): void {
  const style = getComputedStyle(area);
  const line = Number.parseFloat(style.lineHeight) || 20;
  const edge = area.offsetHeight - area.clientHeight;
  const padding = Number.parseFloat(style.paddingTop) + Number.parseFloat(style.paddingBottom) || 0;
  const most = mostLines(lines, maxLines) * line + padding;
  area.style.height = "auto";
  const wanted = Math.min(area.scrollHeight, most);
  area.style.overflowY = area.scrollHeight > most + 1 ? "auto" : "hidden";
  if (wanted > 0) area.style.height = `${wanted + edge}px`;
}
