/** What stands in a message: text, files, components. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type Actions, Block } from "../../model";
import { BlockView } from "../../view";
import type { FileData, Props } from "../../wire/messages";
import { type ComponentPart, type FilePart, kindOf, type Part } from "./groups";
import { Glyph } from "./icons";
import { Prose, type ProseOptions } from "./prose";

export interface PartOptions extends ProseOptions {
  render_markdown: boolean;
  allow_file_downloads: boolean;
}

/** The address of a file's bytes, once it is known. */
export function useAddress(block: Block, file: FileData | null): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    setUrl(undefined);
    if (file?.path) {
      block.app.fileUrl(file).then(
        (found) => isCurrent && setUrl(found),
        (error: Error) => block.app.toast("error", "A file cannot be shown", error.message),
      );
    } else if (file?.url && /^(https?:|blob:|data:)/i.test(file.url)) setUrl(file.url);
    return () => {
      isCurrent = false;
    };
  }, [file?.path, file?.url]);
  return url;
}

/** A file as what it is: a picture, a sound, a film, or a card that downloads it. */
function FileView({ block, part, options }: { block: Block; part: FilePart; options: PartOptions }) {
  const url = useAddress(block, part.file);
  const name = part.alt_text ?? part.file.orig_name ?? "file";
  const kind = kindOf(part.file);
  if (kind === "image") return url ? <img class="nb-chat-media" src={url} alt={name} loading="lazy" /> : null;
  if (kind === "audio") {
    // biome-ignore lint/a11y/useMediaCaption: what a program says has no captions
    return <audio class="nb-chat-media" src={url} controls aria-label={name} preload="metadata" />;
  }
  if (kind === "video") {
    // biome-ignore lint/a11y/useMediaCaption: what a program shows has no captions
    return <video class="nb-chat-media" src={url} controls aria-label={name} preload="metadata" />;
  }
  const shown = part.file.orig_name ?? name;
  const card = (
    <>
      <Glyph name="file" size={20} />
      <span class="nb-card-name">{shown}</span>
      <span class="nb-file-kind">{/\.(\w{1,8})$/.exec(shown)?.[1]?.toUpperCase()}</span>
    </>
  );
  if (!options.allow_file_downloads || !url) return <span class="nb-file-card">{card}</span>;
  return (
    <a class="nb-file-card" href={url} download={shown} target="_blank" rel="noopener noreferrer">
      {card}
    </a>
  );
}

/** A component inside a message is a block of its own that nothing listens to. */
function Nested({ block, part }: { block: Block; part: ComponentPart }) {
  const nested = useRef<Block | null>(null);
  const props: Props = { visible: true, ...part.props, value: part.value };
  if (nested.current?.type !== part.component) {
    const app: Actions = Object.create(block.app, {
      edited: { value: () => {} },
      trigger: { value: () => {} },
      listens: { value: () => false },
    });
    nested.current = new Block(app, -block.id, part.component, props);
  }
  useEffect(() => {
    const known = nested.current as Block;
    if (known.props.peek().value !== part.value) known.props.value = props;
  }, [part]);
  return <BlockView block={nested.current} />;
}

export function PartView({ block, part, options }: { block: Block; part: Part; options: PartOptions }) {
  if (part.type === "file") return <FileView block={block} part={part} options={options} />;
  if (part.type === "component") return <Nested block={block} part={part} />;
  if (!options.render_markdown) return <div class="nb-plain">{part.text}</div>;
  return <Prose source={part.text} options={options} block={block} />;
}
