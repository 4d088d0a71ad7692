/** A button that takes files. */

import { useRef } from "preact/hooks";
import { propsOf, type ViewProps } from "../model";
import { placed } from "../ui/frame";
import { useIcon } from "../ui/tool";
import type { UploadButtonProps } from "../wire/generated/components";
import { accepted, kindsInWords, suits, useDrop, useUploads } from "./uploads";

export function UploadButton({ block }: ViewProps) {
  const { label, variant, size, interactive, file_count, file_types } = propsOf<UploadButtonProps>(block);
  const source = useIcon(block);
  const picker = useRef<HTMLInputElement>(null);
  const { progress, send } = useUploads(block);
  const isOne = file_count === "single";
  const take = (given: File[]) => {
    const fitting = given.filter((file) => suits(file, file_types));
    if (fitting.length < given.length && file_count !== "directory") {
      block.app.toast("error", "That is not taken here", `These are: ${kindsInWords(file_types)}.`);
    }
    void send(isOne ? fitting.slice(0, 1) : fitting, (made) => {
      block.edit({ value: isOne ? made[0] : made });
      block.trigger("upload", block.props.peek().value);
    });
  };
  const { isOver, handlers } = useDrop(interactive, take, file_count === "directory");
  return (
    <div {...placed(block, `nb-upload-button ${isOver ? "nb-over" : ""}`)} {...handlers}>
      <input
        ref={picker}
        data-testid={`${label}-upload-button`}
        class="nb-file-input"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        multiple={!isOne}
        {...(file_count === "directory" ? { webkitdirectory: true } : {})}
        accept={accepted(file_types)}
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <button
        type="button"
        class={`nb-button ${variant} ${size}`}
        disabled={!interactive}
        aria-busy={progress !== null || undefined}
        onClick={() => {
          block.trigger("click");
          picker.current?.click();
        }}
      >
        {source && <img class="nb-button-icon" src={source} alt="" />}
        <span>{label}</span>
        {progress && (
          <span class="nb-upload-part" role="status">
            {Math.round(progress.fraction * 100)} %
          </span>
        )}
      </button>
    </div>
  );
}
