/** A field for text and files, as one message. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf, type ViewProps } from "../model";
import { controlId, described, Frame } from "../ui/frame";
import { scrollToEnd } from "../ui/scroll";
import type { MultimodalTextboxProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { kindOf } from "./chat/groups";
import { ChatTool, Glyph } from "./chat/icons";
import { useAddress } from "./chat/parts";
import { useRecorder } from "./chat/recorder";
import { acceptOf, accepts } from "./chat/types";

/** https://developer.mozilla.org/docs/Web/CSS/field-sizing */
const SIZES_ITSELF = globalThis.CSS?.supports?.("field-sizing", "content") ?? false;
const LINE_PX = 21;

interface Value {
  text: string;
  files: FileData[];
}

const messageOf = (block: Block): Value => ({
  text: "",
  files: [],
  ...(block.props.peek().value as Value | null),
});

/** Takes files in, one upload after the other ends; gives how many are on their way. */
function useFiles(block: Block, types: string[] | null) {
  const [waiting, setWaiting] = useState(0);
  const take = async (given: Iterable<File>) => {
    const files = [...given].filter((file) => {
      if (accepts(file, types)) return true;
      block.app.toast("error", "Not taken", `${file.name} is not one of ${types?.join(", ")}`);
      return false;
    });
    setWaiting((count) => count + files.length);
    await Promise.all(
      files.map(async (file) => {
        try {
          const uploaded = await block.app.upload(block, file, () => {});
          const { text, files: held } = messageOf(block);
          block.edit({ value: { text, files: [...held, uploaded] } });
        } catch (error) {
          block.app.toast("error", "The upload failed", (error as Error).message);
        } finally {
          setWaiting((count) => count - 1);
        }
      }),
    );
  };
  return { waiting, take };
}

export function MultimodalTextbox({ block }: ViewProps) {
  const props = propsOf<MultimodalTextboxProps>(block);
  const value = { text: "", files: [], ...(props.value as Value | null) };
  const { text, files } = value;
  const ref = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const isComposing = useRef(false);
  const isFirst = useRef(true);
  const [isOver, setOver] = useState(false);
  const { waiting, take } = useFiles(block, props.file_types);
  const recorder = useRecorder(
    (sound) => void take([sound]),
    (reason) => block.app.toast("error", "No recording", reason),
  );
  const canUpload = props.interactive && props.sources.includes("upload");
  const canRecord = props.interactive && props.sources.includes("microphone");

  // The DOM keeps the text: it is written only where it differs, so that caret, selection and a composition stay.
  useLayoutEffect(() => {
    const area = ref.current;
    const isThereFromTheStart = isFirst.current;
    isFirst.current = false;
    if (!area || isComposing.current || area.value === text) return;
    area.value = text;
    if (props.autoscroll && !isThereFromTheStart) scrollToEnd(area);
  });
  useLayoutEffect(() => {
    if (ref.current && !SIZES_ITSELF) grow(ref.current, props.lines, props.max_lines);
  }, [text, props.lines, props.max_lines]);
  useEffect(() => {
    if (props.autofocus && props.interactive) ref.current?.focus({ preventScroll: true });
  }, [props.autofocus]);

  const edit = () => {
    if (ref.current && !isComposing.current) block.edit({ value: { text: ref.current.value, files } });
  };
  const submit = () => {
    if (!props.interactive || waiting > 0) return;
    block.trigger("submit");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (props.lines > 1 ? !event.shiftKey : event.shiftKey) return;
    event.preventDefault();
    submit();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (!props.interactive) return;
    const given = [...(event.clipboardData?.files ?? [])];
    const pasted = event.clipboardData?.getData("text") ?? "";
    if (given.length > 0 && canUpload) {
      event.preventDefault();
      void take(given);
    } else if (pasted.length > props.max_plain_text_length && canUpload) {
      event.preventDefault();
      void take([new File([pasted], "pasted_text.txt", { type: "text/plain" })]);
    }
  };
  const onSelect = () => {
    const area = ref.current;
    if (!area || area.selectionStart === area.selectionEnd) return;
    const index = [area.selectionStart, area.selectionEnd] as const;
    block.trigger("select", { index, value: area.value.slice(...index) });
  };
  const remove = (at: number) =>
    block.edit({ value: { text, files: files.filter((_, index) => index !== at) } });
  return (
    <Frame block={block} control={controlId(block)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a further way; the button is the first */}
      <div
        class={`nb-multimodal full-container ${isOver ? "nb-over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(canUpload);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (canUpload) void take(event.dataTransfer?.files ?? []);
        }}
      >
        {(files.length > 0 || waiting > 0) && (
          <ul class="nb-thumbnails thumbnails" aria-label={t("Files")}>
            {files.map((file, index) => (
              <Thumbnail
                key={file.path ?? file.url ?? index}
                block={block}
                file={file}
                remove={props.interactive ? () => remove(index) : undefined}
              />
            ))}
            {waiting > 0 && (
              <li class="nb-thumbnail" role="status">
                <span class="nb-spin" />
                {waiting === 1 ? "Uploading…" : `Uploading ${waiting} files…`}
              </li>
            )}
          </ul>
        )}
        <div class="nb-multimodal-line">
          {props.sources.includes("upload") && (
            <>
              <input
                ref={picker}
                class="nb-file-input"
                type="file"
                data-testid="file-upload"
                aria-label={t("Upload files")}
                tabIndex={-1}
                accept={acceptOf(props.file_types)}
                multiple={props.file_count !== "single"}
                {...(props.file_count === "directory" ? { webkitdirectory: true } : {})}
                onChange={(event) => {
                  void take([...(event.currentTarget.files ?? [])]);
                  event.currentTarget.value = "";
                }}
              />
              <ChatTool
                icon="attach"
                name="Upload a file"
                disabled={!canUpload}
                run={() => picker.current?.click()}
              />
            </>
          )}
          <textarea
            ref={ref}
            {...(props.html_attributes as Record<string, string>)}
            {...described(block)}
            id={controlId(block)}
            class="nb-input"
            data-testid="textbox"
            rows={props.lines}
            placeholder={props.placeholder ?? undefined}
            dir={props.rtl ? "rtl" : undefined}
            style={{
              textAlign: props.text_align ?? undefined,
              "--nb-lines": props.lines,
              "--nb-max-lines": Math.max(props.lines, props.max_lines),
            }}
            readOnly={!props.interactive}
            onInput={edit}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onSelect={onSelect}
            onFocus={() => block.trigger("focus")}
            onBlur={() => block.trigger("blur")}
            onCompositionStart={() => {
              isComposing.current = true;
            }}
            onCompositionEnd={() => {
              isComposing.current = false;
              edit();
            }}
          />
          {props.sources.includes("microphone") && (
            <ChatTool
              disabled={!canRecord}
              icon={recorder.isRecording ? "stop" : "microphone"}
              name={recorder.isRecording ? "Stop recording" : "Record audio"}
              run={() => (recorder.isRecording ? recorder.stop() : void recorder.start())}
            />
          )}
          {props.stop_btn && (
            <button
              type="button"
              class="nb-button nb-button-in stop stop-button"
              aria-label={props.stop_btn === true ? t("Stop") : undefined}
              onClick={() => block.trigger("stop")}
            >
              {props.stop_btn === true ? <Glyph name="stop" /> : props.stop_btn}
            </button>
          )}
          {props.submit_btn && (
            <button
              type="button"
              class="nb-button nb-button-in primary submit-button"
              aria-label={props.submit_btn === true ? t("Submit") : undefined}
              disabled={!props.interactive || waiting > 0}
              onClick={submit}
            >
              {props.submit_btn === true ? <Glyph name="send" /> : props.submit_btn}
            </button>
          )}
        </div>
      </div>
    </Frame>
  );
}

function Thumbnail({ block, file, remove }: { block: Block; file: FileData; remove?: () => void }) {
  const url = useAddress(block, kindOf(file) === "image" ? file : null);
  const name = file.orig_name ?? "file";
  return (
    <li class="nb-thumbnail thumbnail-item">
      {url ? <img src={url} alt={name} /> : <Glyph name="file" />}
      {!url && <span class="nb-card-name">{name}</span>}
      {remove && <ChatTool icon="close" name={`Remove ${name}`} run={remove} />}
    </li>
  );
}

/** As high as its text, where the browser does not do it. */
function grow(area: HTMLTextAreaElement, lines: number, maxLines: number): void {
  area.style.height = "auto";
  const most = Math.max(lines, maxLines) * LINE_PX + 16;
  if (area.scrollHeight > 0) area.style.height = `${Math.min(area.scrollHeight, most)}px`;
}
