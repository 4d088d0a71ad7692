/** Values of any kind of component, small, as they stand in a table of samples. */

import { useEffect, useState } from "preact/hooks";
import { isLost } from "../files";
import type { Block } from "../model";
import type { FileData, Props } from "../wire/messages";
import { type Choices, nameOf } from "./choices";
import { type MarkdownProps, useMarkdown } from "./markdown";

export interface CellProps {
  /** The dataset, which knows the app. */
  block: Block;
  /** Kind of the component that the value is of. */
  type: string;
  /** Its parameters, as far as they matter here. */
  props: Props;
  value: unknown;
}

const LONGEST = 60;

export function Cell(given: CellProps) {
  const { type, value } = given;
  if (value === null || value === undefined || value === "") return null;
  const View = CELLS[type] ?? PlainCell;
  return <View {...given} />;
}

/** Text that is cut where it becomes long; all of it stands in a tooltip. */
function Text({ text }: { text: string }) {
  const isLong = text.length > LONGEST;
  return (
    <span class="nb-cell-text" title={isLong ? text.slice(0, 1000) : undefined}>
      {isLong ? `${text.slice(0, LONGEST).trimEnd()}…` : text}
    </span>
  );
}

/** Any value in words. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (Array.isArray(value) && value.every((one) => one === null || typeof one !== "object" || isFile(one))) {
    return value.map(textOf).join(", ");
  }
  if (isFile(value)) return nameOfFile(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const isFile = (value: unknown): value is FileData =>
  typeof value === "object" && value !== null && ("path" in value || "url" in value);

const nameOfFile = (file: FileData | string) =>
  typeof file === "string"
    ? (file.split(/[\\/]/).at(-1) ?? file)
    : (file.orig_name ?? file.path?.split(/[\\/]/).at(-1) ?? file.url ?? "file");

function PlainCell({ value }: CellProps) {
  return <Text text={textOf(value)} />;
}

/** The names of what was chosen, not the values behind them. */
function ChoiceCell({ props, value }: CellProps) {
  const choices = (props.choices ?? []) as Choices;
  const chosen = (Array.isArray(value) ? value : [value]) as (string | number)[];
  return <Text text={chosen.map((one) => nameOf(choices, one) || textOf(one)).join(", ")} />;
}

function useUrl(block: Block, file: FileData | null): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    setUrl(undefined);
    if (file && !isLost(file)) {
      block.app.fileUrl(file).then(
        (found) => isCurrent && setUrl(found),
        () => {}, // the name that stands in its place says what it would be
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [file?.path, file?.url]);
  return url;
}

function Thumb({ block, file }: { block: Block; file: FileData }) {
  const url = useUrl(block, file);
  const name = nameOfFile(file);
  return url ? <img class="nb-cell-image" src={url} alt={name} title={name} /> : <Text text={name} />;
}

/** A picture: a file, or what an editor has drawn. */
function ImageCell({ block, value }: CellProps) {
  const edited = value as { composite?: FileData; background?: FileData };
  const file = isFile(value) ? value : (edited.composite ?? edited.background);
  return file ? <Thumb block={block} file={file} /> : <Text text={textOf(value)} />;
}

function VideoCell({ block, value }: CellProps) {
  const file = isFile(value) ? value : null;
  const url = useUrl(block, file);
  if (!file || !url) return <Text text={file ? nameOfFile(file) : nameOfFile(String(value))} />;
  return <video class="nb-cell-image" src={url} muted preload="metadata" aria-label={nameOfFile(file)} />;
}

function GalleryCell({ block, value }: CellProps) {
  const items = (Array.isArray(value) ? value : []) as Record<string, unknown>[];
  const files = items.map((one) => one.image ?? one.video ?? one).filter(isFile);
  return (
    <span class="nb-cell-thumbs">
      {files.slice(0, 3).map((file, index) => (
        <Thumb key={index} block={block} file={file} />
      ))}
      {files.length > 3 && <span>+{files.length - 3}</span>}
    </span>
  );
}

function FileCell({ value }: CellProps) {
  const files = (Array.isArray(value) ? value : [value]) as (FileData | string)[];
  return <Text text={files.map(nameOfFile).join(", ")} />;
}

function MultimodalCell({ block, value }: CellProps) {
  const { text, files = [] } = value as { text?: string; files?: (FileData | { file: FileData })[] };
  const found = files.map((one) => ("file" in one ? one.file : one));
  const isPicture = (file: FileData) =>
    (file.mime_type ?? "").startsWith("image/") || /\.(png|jpe?g|gif|webp|svg)$/i.test(nameOfFile(file));
  return (
    <span class="nb-cell-thumbs">
      {text && <Text text={text} />}
      {found.map((file, index) =>
        isPicture(file) ? (
          <Thumb key={index} block={block} file={file} />
        ) : (
          <Text key={index} text={nameOfFile(file)} />
        ),
      )}
    </span>
  );
}

function ColorCell({ value }: CellProps) {
  return (
    <span class="nb-cell-color">
      <span class="nb-cell-swatch" style={{ background: String(value) }} aria-hidden="true" />
      {String(value)}
    </span>
  );
}

const NO_FORMULAS: Pick<MarkdownProps, "sanitize_html" | "line_breaks" | "header_links"> = {
  sanitize_html: true,
  line_breaks: false,
  header_links: false,
};

/** Formatted text, always made harmless, whatever its component allows. */
function RichCell({ block, type, props, value }: CellProps) {
  const module = useMarkdown((name) => block.app.chunk(name));
  if (!module) return <Text text={String(value)} />;
  const latex_delimiters = (props.latex_delimiters ?? []) as MarkdownProps["latex_delimiters"];
  const html =
    type === "html"
      ? module.sanitize(String(value))
      : module.render(String(value), { ...NO_FORMULAS, latex_delimiters });
  // a sample is itself something to press: no links in it
  const plain = html.replace(/<\/?a\b[^>]*>/gi, "");
  return <span class="nb-cell-rich prose" dangerouslySetInnerHTML={{ __html: plain }} />;
}

function CodeCell({ value }: CellProps) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (
    <code class="nb-cell-code" title={text.slice(0, 1000)}>
      {text.split("\n").slice(0, 3).join("\n").slice(0, 120)}
    </code>
  );
}

function LabelCell({ value }: CellProps) {
  const { label } = value as { label?: unknown };
  return <Text text={textOf(label ?? value)} />;
}

function TokensCell({ value }: CellProps) {
  const tokens = Array.isArray(value) ? value : ((value as { value?: unknown[] }).value ?? []);
  return (
    <Text
      text={(tokens as { token?: string; text?: string }[]).map((t) => t.token ?? t.text ?? "").join("")}
    />
  );
}

function ChatCell({ value }: CellProps) {
  const messages = (Array.isArray(value) ? value : []) as { content?: unknown }[];
  const text = ({ content }: { content?: unknown }): string =>
    Array.isArray(content)
      ? content.map((part) => textOf((part as { text?: unknown }).text ?? part)).join(" ")
      : textOf(content);
  return <Text text={messages.map(text).join(" · ")} />;
}

/** The first cells of a table. */
function TableCell({ value }: CellProps) {
  const table = value as { headers?: unknown[]; data?: unknown[][] };
  const rows = (Array.isArray(value) ? value : (table.data ?? null)) as unknown[][] | null;
  if (!rows?.every(Array.isArray)) return <Text text={nameOfFile(textOf(value))} />;
  const more = rows.length > 3 || rows.some((row) => row.length > 3);
  return (
    <span class="nb-cell-table" title={more ? `${rows.length} rows` : undefined}>
      {rows.slice(0, 3).map((row, r) => (
        <span key={r}>
          {row.slice(0, 3).map((cell, c) => (
            <span key={c}>{textOf(cell).slice(0, 12)}</span>
          ))}
          {row.length > 3 && <span>…</span>}
        </span>
      ))}
      {rows.length > 3 && (
        <span>
          <span>…</span>
        </span>
      )}
    </span>
  );
}

const CELLS: Record<string, (props: CellProps) => preact.JSX.Element | null> = {
  annotatedimage: ImageCell,
  audio: FileCell,
  chatbot: ChatCell,
  checkboxgroup: ChoiceCell,
  code: CodeCell,
  colorpicker: ColorCell,
  dataframe: TableCell,
  dropdown: ChoiceCell,
  file: FileCell,
  fileexplorer: FileCell,
  gallery: GalleryCell,
  highlightedtext: TokensCell,
  html: RichCell,
  image: ImageCell,
  imageeditor: ImageCell,
  imageslider: GalleryCell,
  json: CodeCell,
  label: LabelCell,
  markdown: RichCell,
  model3d: FileCell,
  multimodaltextbox: MultimodalCell,
  radio: ChoiceCell,
  uploadbutton: FileCell,
  video: VideoCell,
};
