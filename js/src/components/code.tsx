/** A code editor; until its chunk is there, the text as it is. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { CodeModule, CodeOptions, Editor } from "../lazy/code";
import { propsOf, type ViewProps } from "../model";
import { downloadText } from "../ui/download";
import { Frame, labelOf } from "../ui/frame";
import { CopyTool, Tool } from "../ui/tool";

interface CodeProps extends Omit<CodeOptions, "name"> {
  value: string | null;
  lines: number;
  max_lines: number | null;
  buttons: string[] | null;
}

const LINE_EM = 1.5;
const PADDING_PX = 6;

const ENDINGS: Record<string, string> = {
  c: "c",
  cpp: "cpp",
  css: "css",
  html: "html",
  javascript: "js",
  jinja2: "j2",
  json: "json",
  latex: "tex",
  markdown: "md",
  python: "py",
  r: "r",
  shell: "sh",
  sql: "sql",
  typescript: "ts",
  yaml: "yaml",
};

export function Code({ block }: ViewProps) {
  const props = propsOf<CodeProps>(block);
  const { language, wrap_lines, show_line_numbers, autocomplete, interactive } = props;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const [isThere, setThere] = useState(false);
  const text = props.value ?? "";
  const name = labelOf(block);
  const options = { language, wrap_lines, show_line_numbers, autocomplete, interactive, name };

  useEffect(() => {
    let isGone = false;
    block.app.chunk<CodeModule>("code").then(
      ({ create }) => {
        if (isGone || !place.current) return;
        const now = block.props.peek() as unknown as CodeProps;
        editor.current = create(
          place.current,
          now.value ?? "",
          { ...now, name },
          {
            edited: (value) => block.edit({ value }),
            focused: () => block.trigger("focus"),
            blurred: () => block.trigger("blur"),
          },
        );
        setThere(true);
      },
      (error: Error) => block.app.toast("error", "The code editor cannot be loaded", error.message),
    );
    return () => {
      isGone = true;
      editor.current?.destroy();
      editor.current = null;
    };
  }, []);
  // The text of now, not of the render: what was typed since then is not to be lost.
  useEffect(() => editor.current?.setText((block.props.peek().value as string | null) ?? ""), [text]);
  useEffect(() => {
    if (isThere) editor.current?.setOptions(options);
  }, Object.values(options));

  const shows = (button: string) => props.buttons === null || props.buttons.includes(button);
  // At most: half of the padding, so that no part of a further line is seen.
  const height = (lines: number, padding = 2 * PADDING_PX) =>
    `calc(${lines * LINE_EM} * var(--nb-text-sm) + ${padding}px)`;
  const ending = language?.startsWith("sql-") ? "sql" : (ENDINGS[language ?? ""] ?? "txt");
  const save = () => downloadText(text, language === "dockerfile" ? "Dockerfile" : `file.${ending}`);
  return (
    <Frame
      block={block}
      toolbar={
        (shows("copy") || shows("download")) && (
          <>
            {shows("copy") && (
              <CopyTool text={() => text} copied={() => block.trigger("copy", { value: text })} />
            )}
            {shows("download") && <Tool icon="download" name="Download" run={save} />}
          </>
        )
      }
    >
      <div
        ref={place}
        class={`nb-editor codemirror-wrapper ${interactive ? "" : "nb-read-only"}`}
        style={{
          "--nb-least": height(props.lines),
          "--nb-most":
            props.max_lines === null ? "none" : height(Math.max(props.lines, props.max_lines), PADDING_PX),
        }}
        data-testid="code"
      >
        {!isThere && <pre class={wrap_lines ? "nb-wrap" : ""}>{text}</pre>}
      </div>
    </Frame>
  );
}
