/** Values in nodes: fields to enter them, and what shows them. */

import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Block, ViewProps } from "../../model";
import { useFileUrl } from "../../ui/fileurl";
import type { FileData } from "../../wire/messages";
import { accepted } from "../uploads";
import { MEDIA } from "./graph";

const KINDS: Record<string, string[] | null> = {
  image: ["image"],
  audio: ["audio"],
  video: ["video"],
  gallery: ["image", "video"],
  model3d: [".glb", ".gltf", ".obj", ".stl", ".ply"],
  file: null,
};

const PLACEHOLDERS: Record<string, string> = {
  json: '{"key": "value"}',
  dataframe: '{"headers": ["a", "b"], "data": [[1, 2]]}',
};

const isFile = (value: unknown): value is FileData =>
  value !== null && typeof value === "object" && ("path" in value || "url" in value);

/** Whether this page may ask for a file: the session told of it, or it lies on the web. A graph may name others. */
const isReachable = ({ meta, url }: FileData) => meta !== undefined || /^(https?|data):/.test(url ?? "");

/** The files of a value that can be shown: itself, or those of a gallery. */
export function filesOf(value: unknown): FileData[] {
  if (Array.isArray(value)) return value.flatMap(filesOf);
  if (isFile(value)) return isReachable(value) ? [value] : [];
  if (value === null || typeof value !== "object") return [];
  const { image, video } = value as { image?: unknown; video?: unknown };
  return [image, video].flatMap((one) => (isFile(one) ? filesOf(one) : []));
}

/** A value as text. */
export const asText = (value: unknown): string =>
  value === null || value === undefined
    ? ""
    : typeof value === "string"
      ? value
      : JSON.stringify(value, null, typeof value === "object" ? 2 : undefined);

interface FieldProps {
  block: Block;
  type: string;
  name: string;
  value: unknown;
  set: (value: unknown) => void;
  /** In one line, beside a port. */
  isSmall?: boolean;
}

/** A field for a value of a type. */
export function Field({ block, type, name, value, set, isSmall }: FieldProps) {
  if (MEDIA.has(type)) return <Files block={block} type={type} name={name} value={value} set={set} />;
  if (type === "boolean") {
    return (
      <label class="nb-flow-check">
        <input
          type="checkbox"
          aria-label={isSmall ? name : undefined}
          checked={Boolean(value)}
          onChange={(event) => set(event.currentTarget.checked)}
        />
        {!isSmall && (value ? t("Yes") : t("No"))}
      </label>
    );
  }
  if (type === "number") {
    return (
      <input
        class="nb-input nb-flow-field"
        type="number"
        step="any"
        aria-label={name}
        value={typeof value === "number" ? value : ""}
        onInput={({ currentTarget: { value: text, valueAsNumber } }) =>
          set(text === "" ? null : valueAsNumber)
        }
      />
    );
  }
  if (isSmall) {
    return (
      <input
        class="nb-input nb-flow-field"
        type="text"
        aria-label={name}
        value={asText(value)}
        onInput={(event) => set(event.currentTarget.value)}
      />
    );
  }
  return (
    <textarea
      class={`nb-input nb-flow-field ${PLACEHOLDERS[type] ? "nb-flow-code" : ""}`}
      rows={2}
      aria-label={name}
      placeholder={PLACEHOLDERS[type]}
      value={asText(value)}
      onInput={(event) =>
        set(type === "dataframe" ? parsed(event.currentTarget.value) : event.currentTarget.value)
      }
    />
  );
}

/** What a text stands for as JSON; a text that is none yet. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function Files({ block, type, name, value, set }: FieldProps) {
  const [part, setPart] = useState<number | null>(null);
  const take = async (files: File[]) => {
    const kept = type === "gallery" ? files : files.slice(0, 1);
    const uploaded: FileData[] = [];
    try {
      for (const file of kept) uploaded.push(await block.app.upload(block, file, setPart));
      if (uploaded.length > 0) set(type === "gallery" ? uploaded.map((image) => ({ image })) : uploaded[0]);
    } catch (error) {
      block.app.toast("error", t("The file was not uploaded"), (error as Error).message);
    }
    setPart(null);
  };
  return (
    <>
      <Value block={block} type={type} value={value} name={name} />
      <label class="nb-flow-pick">
        <input
          type="file"
          aria-label={name}
          accept={accepted(KINDS[type] ?? null)}
          multiple={type === "gallery"}
          onChange={({ currentTarget }) => void take([...(currentTarget.files ?? [])])}
        />
        <span>{part !== null ? `${Math.round(part * 100)} %` : t("Choose a file")}</span>
      </label>
    </>
  );
}

/** What a node holds, to be seen. */
export function Value({ block, type, value, name }: Omit<FieldProps, "set">) {
  const files = filesOf(value);
  if (files.length > 0) {
    return (
      <div class="nb-flow-files">
        {files.map((file) => (
          <Medium key={file.path ?? file.url} block={block} file={file} type={type} name={name} />
        ))}
      </div>
    );
  }
  if (value === null || value === undefined || MEDIA.has(type)) return null;
  const table = tableOf(value);
  if (type === "dataframe" && table) return <Table {...table} name={name} />;
  if (typeof value === "boolean") return <div class="nb-flow-value">{value ? t("Yes") : t("No")}</div>;
  return (
    <div
      class={`nb-flow-value ${typeof value === "object" ? "nb-flow-code" : ""}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
      role="group"
      aria-label={name}
    >
      {asText(value)}
    </div>
  );
}

interface TableJSON {
  headers: unknown[];
  data: unknown[][];
}

function tableOf(value: unknown): TableJSON | null {
  const { headers, data } = (value ?? {}) as Partial<TableJSON>;
  return Array.isArray(headers) && Array.isArray(data) ? { headers, data } : null;
}

const MOST_ROWS = 50;

/** The beginning of a table. */
function Table({ headers, data, name }: TableJSON & { name: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <div class="nb-flow-value" tabIndex={0} role="group" aria-label={name}>
      <table class="nb-flow-table">
        <thead>
          <tr>
            {headers.map((header, at) => (
              <th key={at} scope="col">
                {asText(header)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.slice(0, MOST_ROWS).map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column}>{asText(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {data.length > MOST_ROWS && t("{n} rows in all", { n: data.length })}
    </div>
  );
}

function Medium({ block, file, type, name }: ViewProps & { file: FileData; type: string; name: string }) {
  const url = useFileUrl(block, file);
  const kind = file.mime_type?.split("/")[0] ?? (type === "gallery" ? "image" : type);
  const title = file.orig_name || name;
  if (!url) return <div class="nb-flow-value">{title}</div>;
  if (kind === "image") return <img src={url} alt={title} draggable={false} />;
  // biome-ignore lint/a11y/useMediaCaption: a result has no captions
  if (kind === "audio") return <audio src={url} controls aria-label={title} />;
  // biome-ignore lint/a11y/useMediaCaption: a result has no captions
  if (kind === "video") return <video src={url} controls aria-label={title} />;
  return (
    <button type="button" class="nb-tool nb-tool-named" onClick={() => void block.app.download(file)}>
      {title}
    </button>
  );
}
