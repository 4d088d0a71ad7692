/** Lines with speakers, edited line by line or as one text; a colon opens the menu of tags. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { controlId, described, Frame, groupName, labelOf } from "../ui/frame";
import { CopyTool } from "../ui/tool";
import type { DialogueProps } from "../wire/generated/components";

interface Line {
  speaker: string;
  text: string;
}

const MARKS = 8;

export function Dialogue({ block }: ViewProps) {
  const props = propsOf<DialogueProps>(block);
  const { value, speakers, ui_mode, interactive } = props;
  const hasLines = (speakers?.length ?? 0) > 0;
  const [isText, setText] = useState(ui_mode === "text" || !hasLines);
  const [parsed, setParsed] = useState<{ of: string; lines: Line[] } | null>(null);
  const asText = isText || !hasLines || ui_mode === "text";

  // A text that is shown as lines is taken apart where its author's own function may do it: in Python.
  useEffect(() => {
    if (asText || typeof value !== "string" || parsed?.of === value) return;
    void block.app
      .call(block, "unformat", [value])
      .then((lines) => setParsed({ of: value, lines: lines as Line[] }));
  }, [asText, value]);
  const [shown, setShown] = useState<{ of: unknown; text: string } | null>(null);
  useEffect(() => {
    if (!asText || typeof value === "string" || !value || shown?.of === value) return;
    void block.app.call(block, "format", [value]).then((text) => setShown({ of: value, text: String(text) }));
  }, [asText, value]);

  const lines: Line[] =
    typeof value === "string"
      ? parsed?.of === value
        ? parsed.lines
        : []
      : ((value ?? []) as unknown as Line[]);
  const text = typeof value === "string" ? value : shown?.of === value ? (shown?.text ?? "") : "";
  const copied = () =>
    asText ? text : lines.map(({ speaker, text: said }) => `[${speaker}] ${said}`).join(props.separator);
  const canTurn = ui_mode === "both" && hasLines;
  const submit = () => block.trigger("submit");
  return (
    <Frame
      block={block}
      control={asText ? controlId(block) : undefined}
      toolbar={
        (props.buttons?.includes("copy") || canTurn) && (
          <>
            {canTurn && (
              <button type="button" class="nb-tool nb-tool-named" onClick={() => setText(!isText)}>
                {isText ? t("As lines") : t("As text")}
              </button>
            )}
            {props.buttons?.includes("copy") && (
              <CopyTool text={copied} copied={() => block.trigger("copy", { value: copied() })} />
            )}
          </>
        )
      }
    >
      {asText ? (
        <Field
          isArea
          id={controlId(block)}
          block={block}
          text={text}
          edited={(next) => block.edit({ value: next })}
          entered={(event) => {
            if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return false;
            submit();
            return true;
          }}
        />
      ) : (
        <Lines block={block} lines={lines} submit={submit} />
      )}
      {props.submit_btn && interactive && (
        <button type="button" class="nb-button sm primary nb-dialogue-submit submit-button" onClick={submit}>
          {props.submit_btn === true ? t("Submit") : props.submit_btn}
        </button>
      )}
    </Frame>
  );
}

function Lines({ block, lines, submit }: ViewProps & { lines: Line[]; submit: () => void }) {
  const { speakers, interactive, max_lines, color_map, autoscroll } = propsOf<DialogueProps>(block);
  const names = speakers ?? [];
  const list = useRef<HTMLOListElement>(null);
  const focus = useRef<number | null>(null);
  const shown = lines.length === 0 && interactive ? [{ speaker: names[0] ?? "", text: "" }] : lines;
  const isFull = max_lines !== null && shown.length >= max_lines;
  const set = (next: Line[]) => block.edit({ value: next });
  useEffect(() => {
    if (focus.current !== null) {
      list.current?.querySelectorAll<HTMLElement>(".nb-line-text")[focus.current]?.focus();
      focus.current = null;
    } else if (autoscroll && !interactive) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [shown.length]);
  const add = (after: number) => {
    if (isFull) return;
    const next = names[(names.indexOf(shown[after]?.speaker ?? "") + 1) % names.length] ?? "";
    focus.current = after + 1;
    set([...shown.slice(0, after + 1), { speaker: next, text: "" }, ...shown.slice(after + 1)]);
  };
  const drop = (at: number) => {
    focus.current = Math.max(0, at - 1);
    set(shown.filter((_, index) => index !== at));
  };
  const change = (at: number, part: Partial<Line>) =>
    set(shown.map((line, index) => (index === at ? { ...line, ...part } : line)));
  const colour = (speaker: string) => {
    const at = names.indexOf(speaker);
    return color_map?.[speaker] ?? `var(--nb-mark-${(Math.max(at, 0) % MARKS) + 1})`;
  };
  return (
    <ol ref={list} class="nb-lines dialogue" {...groupName(block)}>
      {shown.length === 0 && <li class="nb-nothing">{t("Nothing yet")}</li>}
      {shown.map((line, index) => (
        <li key={index} class="nb-line" style={{ "--nb-mark": colour(line.speaker) }}>
          {interactive ? (
            <>
              <select
                class="nb-input nb-line-speaker"
                aria-label={`Speaker of line ${index + 1}`}
                value={line.speaker}
                onChange={(event) => change(index, { speaker: event.currentTarget.value })}
              >
                {!names.includes(line.speaker) && <option value={line.speaker}>{line.speaker}</option>}
                {names.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
              <Field
                block={block}
                text={line.text}
                name={`Line ${index + 1}`}
                edited={(text) => change(index, { text })}
                entered={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) submit();
                  else add(index);
                  return true;
                }}
              />
              <button
                type="button"
                class="nb-tool"
                aria-label={`Add a line after line ${index + 1}`}
                title={t("Add a line")}
                disabled={isFull}
                onClick={() => add(index)}
              >
                <span aria-hidden="true">+</span>
              </button>
              <button
                type="button"
                class="nb-tool"
                aria-label={`Remove line ${index + 1}`}
                title={t("Remove this line")}
                disabled={shown.length < 2}
                onClick={() => drop(index)}
              >
                <span aria-hidden="true">×</span>
              </button>
            </>
          ) : (
            <>
              <span class="nb-line-name">{line.speaker}</span>
              <span class="nb-line-said">{line.text}</span>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

interface FieldProps extends ViewProps {
  text: string;
  id?: string;
  name?: string;
  isArea?: boolean;
  edited: (text: string) => void;
  /** Enter was pressed; true: that was all it does. */
  entered: (event: KeyboardEvent) => boolean;
}

/** A field in which a colon opens a menu of tags. */
function Field({ block, text, id, name, isArea, edited, entered }: FieldProps) {
  const { tags, interactive, placeholder, max_lines, autofocus, autoscroll } = propsOf<DialogueProps>(block);
  const ref = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const found =
    asked === null ? [] : (tags ?? []).filter((tag) => tag.toLowerCase().includes(asked.toLowerCase()));
  const menu = `nb-tags-${block.id}-${name ?? "text"}`.replace(/\s/g, "-");
  useEffect(() => {
    if (autofocus) ref.current?.focus();
  }, []);
  useEffect(() => {
    const area = ref.current;
    if (isArea && autoscroll && area && area.getRootNode() !== area && document.activeElement !== area)
      area.scrollTop = area.scrollHeight;
  }, [text]);
  const look = () => {
    const before = textBefore(ref.current);
    const colon = /:([^\s:]*)$/.exec(before);
    setAsked(colon && (tags?.length ?? 0) > 0 ? (colon[1] ?? "") : null);
    setAt(0);
  };
  const take = (tag: string) => {
    const field = ref.current;
    if (!field) return;
    const before = textBefore(field).replace(/:[^\s:]*$/, "");
    const next = `${before}${tag} ${field.value.slice(field.selectionStart ?? 0)}`;
    setAsked(null);
    edited(next);
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(before.length + tag.length + 1, before.length + tag.length + 1);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (found.length > 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) setAt((at + step + found.length) % found.length);
      else if (event.key === "Enter" || event.key === "Tab") take(found[at] as string);
      else if (event.key === "Escape") setAsked(null);
      else return;
      event.preventDefault();
      return;
    }
    if (event.key === "Enter" && !event.isComposing && entered(event)) event.preventDefault();
  };
  const shared = {
    ref,
    id,
    class: `nb-input ${isArea ? "" : "nb-line-text"}`,
    value: text,
    placeholder: placeholder ?? undefined,
    readOnly: !interactive,
    ...(name ? { "aria-label": name } : described(block)),
    ...(tags?.length
      ? {
          // a text of several lines can be no combobox
          ...(isArea
            ? { "aria-haspopup": "listbox" as const }
            : { role: "combobox", "aria-expanded": found.length > 0 }),
          "aria-controls": menu,
          "aria-autocomplete": "list" as const,
          "aria-activedescendant": found.length > 0 ? `${menu}-${at}` : undefined,
        }
      : {}),
    onInput: (event: Event) => {
      edited((event.currentTarget as HTMLInputElement).value);
      look();
    },
    onKeyDown,
    onBlur: () => setAsked(null),
  };
  return (
    <div class="nb-tag-field">
      {isArea ? (
        <textarea {...(shared as object)} rows={Math.min(5, max_lines ?? 5)} />
      ) : (
        <input type="text" {...(shared as object)} />
      )}
      <div
        id={menu}
        class="nb-tags"
        role="listbox"
        aria-label={`Tags of ${labelOf(block)}`}
        hidden={found.length === 0}
      >
        {found.map((tag, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard
          <div
            key={tag}
            id={`${menu}-${index}`}
            role="option"
            tabIndex={-1}
            class="nb-dialogue-tag"
            aria-selected={index === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(tag)}
          >
            {tag}
          </div>
        ))}
      </div>
    </div>
  );
}

const textBefore = (field: HTMLInputElement | null) => field?.value.slice(0, field.selectionStart ?? 0) ?? "";
