/** Small buttons of a toolbar. */

import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import type { Block } from "../model";
import type { FileData } from "../wire/messages";
import { Icon, type IconName } from "./icon";

/** The address of a button's picture, once it is known. */
export function useIcon(block: Block): string | undefined {
  const icon = block.props.value.icon as FileData | null | undefined;
  const [source, setSource] = useState<string>();
  useEffect(() => {
    if (!icon) setSource(undefined);
    else if (!icon.path && icon.url) setSource(icon.url);
    else if (icon.path) void block.app.fileUrl(icon).then(setSource);
  }, [icon]);
  return source;
}

/** A button of the author's own: its picture, or its caption. */
export function OwnTool({ block }: { block: Block }) {
  const source = useIcon(block);
  const { value, interactive } = block.props.value as { value: string | null; interactive: boolean };
  return (
    <button
      type="button"
      class={source ? "nb-tool" : "nb-tool nb-tool-named"}
      data-block={block.id}
      aria-label={value ?? undefined}
      title={value ?? undefined}
      disabled={!interactive}
      onClick={() => block.trigger("click")}
    >
      {source ? <img class="nb-button-icon" src={source} alt="" /> : value}
    </button>
  );
}

export function Tool({
  icon,
  name,
  run,
}: {
  icon: IconName;
  name: string;
  run: (event: MouseEvent) => void;
}) {
  return (
    <button type="button" class="nb-tool" aria-label={t(name)} title={t(name)} onClick={run}>
      <Icon name={icon} />
    </button>
  );
}

/** Copies a text, and says for a moment that it did. */
export function CopyTool({
  text,
  copied,
  name = "Copy",
}: {
  text: () => string;
  copied: () => void;
  name?: string;
}) {
  const [isDone, setDone] = useState(false);
  const copy = async () => {
    await writeClipboard(text());
    setDone(true);
    setTimeout(() => setDone(false), 1500);
    copied();
  };
  return <Tool icon={isDone ? "check" : "copy"} name={isDone ? "Copied" : name} run={() => void copy()} />;
}

/** The clipboard, or on pages without https a selection that is copied. */
export async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
