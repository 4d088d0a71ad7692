/** Files in or out: a place to drop them, a list with sizes to download, to reorder and to take away from. */

import { GripVertical, Plus } from "lucide";
import { useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { controlId, Frame, groupName, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import { Tool } from "../ui/tool";
import type { FileProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { Glyph, GlyphTool } from "./glyphs";
import { accepted, kindsInWords, sizeInWords, suits, UploadBar, useDrop, useUploads } from "./uploads";

/** One or several files as a list. */
export function listOf(value: unknown): FileData[] {
  if (!value) return [];
  return (Array.isArray(value) ? value : [value]) as FileData[];
}

/** The name in two parts, so that a long one keeps its ending. */
export function nameParts(name: string): [stem: string, ending: string] {
  const dot = name.lastIndexOf(".");
  if (dot <= 0 || name.length - dot > 12) return [name, ""];
  return [name.slice(0, dot), name.slice(dot)];
}

function invitation(count: FileProps["file_count"]): string {
  if (count === "directory") return t("Drop a folder here, or click to choose one");
  return count === "single"
    ? t("Drop a file here, or click to choose one")
    : t("Drop files here, or click to choose them");
}

export function File({ block }: ViewProps) {
  const props = propsOf<FileProps>(block);
  const { file_count, file_types, interactive, allow_reordering } = props;
  const files = listOf(props.value);
  const isOne = file_count === "single";
  const picker = useRef<HTMLInputElement>(null);
  const { progress, send } = useUploads(block);
  const [moving, setMoving] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const [saving, setSaving] = useState<Record<string, number>>({});

  const show = (list: FileData[]) =>
    block.edit({ value: list.length === 0 ? null : isOne ? (list[0] ?? null) : list });
  const take = (given: globalThis.File[]) => {
    const fitting = given.filter((file) => suits(file, file_types));
    const wrong = given.find((file) => !fitting.includes(file));
    if (wrong && file_count !== "directory") {
      block.app.toast(
        "error",
        `${wrong.name} is not taken here`,
        `These are: ${kindsInWords(file_types) || "all"}.`,
      );
    }
    void send(isOne ? fitting.slice(0, 1) : fitting, (made) => {
      show(isOne ? made : [...listOf(block.props.peek().value), ...made]);
      block.trigger("upload", block.props.peek().value);
    });
  };
  const remove = (index: number) => {
    const file = files[index] as FileData;
    show(files.filter((_, at) => at !== index));
    block.trigger("delete", file);
    setSaid(`${file.orig_name} was taken away.`);
  };
  const clear = () => {
    block.edit({ value: null });
    block.trigger("clear");
  };
  const move = (from: number, to: number) => {
    if (to < 0 || to >= files.length || from === to) return;
    const list = [...files];
    list.splice(to, 0, ...list.splice(from, 1));
    show(list);
    setSaid(`${files[from]?.orig_name} is now ${to + 1} of ${files.length}.`);
  };
  const save = async (file: FileData) => {
    const key = file.path ?? file.url ?? "";
    const told = (fraction: number) => setSaving((now) => ({ ...now, [key]: fraction }));
    try {
      await block.app.download(file, told);
      block.trigger("download", file);
    } catch (error) {
      block.app.toast("error", `${file.orig_name} cannot be downloaded`, (error as Error).message);
    } finally {
      setSaving(({ [key]: _, ...others }) => others);
    }
  };
  const { isOver, handlers } = useDrop(interactive, take, file_count === "directory");
  const canReorder = interactive && allow_reordering && files.length > 1;
  const hasRoom = interactive && (files.length === 0 || !isOne);
  const input = interactive && (
    <input
      ref={picker}
      id={controlId(block)}
      data-testid="file-upload"
      class="nb-file-input"
      type="file"
      multiple={!isOne}
      {...(file_count === "directory" ? { webkitdirectory: true } : {})}
      accept={accepted(file_types)}
      aria-label={labelOf(block)}
      tabIndex={files.length > 0 ? -1 : undefined}
      onChange={(event) => {
        take([...(event.currentTarget.files ?? [])]);
        event.currentTarget.value = "";
      }}
    />
  );
  return (
    <Frame
      block={block}
      control={files.length === 0 && interactive ? controlId(block) : undefined}
      toolbar={
        interactive &&
        files.length > 0 && (
          <>
            {hasRoom && <GlyphTool of={Plus} name="Add files" run={() => picker.current?.click()} />}
            <Tool icon="clear" name="Clear" run={clear} />
          </>
        )
      }
    >
      <div
        class={`nb-files ${isOver ? "nb-over" : ""}`}
        style={{ maxHeight: length(props.height) }}
        {...handlers}
      >
        {files.length > 0 && (
          <ul class="nb-file-list" {...groupName(block)}>
            {files.map((file, index) => {
              const name = file.orig_name ?? "file";
              const [stem, ending] = nameParts(name);
              const fraction = saving[file.path ?? file.url ?? ""];
              const size =
                fraction === undefined ? sizeInWords(file.size) : `${Math.round(fraction * 100)} %`;
              return (
                <li
                  key={`${file.path}-${index}`}
                  class={`nb-file-row ${moving === index ? "nb-moving" : ""}`}
                  onDragOver={(event) => {
                    if (moving === null) return;
                    event.preventDefault();
                    event.stopPropagation();
                  }}
                  onDrop={(event) => {
                    if (moving === null) return;
                    event.preventDefault();
                    event.stopPropagation();
                    move(moving, index);
                    setMoving(null);
                  }}
                >
                  {canReorder && (
                    <button
                      type="button"
                      class="nb-file-grip"
                      draggable
                      aria-label={`Move ${name}: arrow keys`}
                      title={t("Drag, or press the arrow keys")}
                      onDragStart={(event) => {
                        event.dataTransfer?.setData("text/plain", name);
                        setMoving(index);
                      }}
                      onDragEnd={() => setMoving(null)}
                      onKeyDown={(event) => {
                        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
                        if (!step) return;
                        event.preventDefault();
                        move(index, index + step);
                        const grips = event.currentTarget
                          .closest("ul")
                          ?.querySelectorAll<HTMLElement>(".nb-file-grip");
                        grips?.[Math.min(Math.max(index + step, 0), files.length - 1)]?.focus();
                      }}
                    >
                      <Glyph of={GripVertical} size={14} />
                    </button>
                  )}
                  <button
                    type="button"
                    class="nb-file-name"
                    aria-label={name}
                    title={name}
                    onClick={() => block.trigger("select", { index, value: name, selected: true })}
                  >
                    <span class="nb-file-stem">{stem}</span>
                    <span>{ending}</span>
                  </button>
                  <button
                    type="button"
                    class="nb-file-get"
                    aria-label={size ? `Download ${name}, ${size}` : `Download ${name}`}
                    onClick={() => void save(file)}
                  >
                    <span>{size}</span>
                    <Icon name="download" size={14} />
                  </button>
                  {interactive && <Tool icon="close" name={`Take away ${name}`} run={() => remove(index)} />}
                </li>
              );
            })}
          </ul>
        )}
        {files.length === 0 &&
          (interactive ? (
            <label class="nb-drop" for={controlId(block)}>
              <Icon name="upload" size={20} />
              <span>{invitation(file_count)}</span>
              {kindsInWords(file_types) && <span class="nb-kinds">{kindsInWords(file_types)}</span>}
              {input}
            </label>
          ) : (
            <div class="nb-empty" role="img" aria-label={`${labelOf(block)}: empty`}>
              <Icon name="download" size={20} />
            </div>
          ))}
        {files.length > 0 && hasRoom && input}
        <UploadBar progress={progress} />
      </div>
      <div class="nb-unseen" role="status">
        {said}
      </div>
    </Frame>
  );
}
