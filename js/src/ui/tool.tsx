/** Small buttons of a toolbar. */

import { useEffect, useState } from "preact/hooks";
import type { Block } from "../model";
import type { FileData } from "../wire/messages";
import { Icon, type IconName } from "./icon";

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
    <button type="button" class="nb-tool" aria-label={name} title={name} onClick={run}>
      <Icon name={icon} />
    </button>
  );
}

/** Buttons of the app's author in a component's toolbar: a click is that button's click. */
export function CustomTools({ block, buttons }: { block: Block; buttons: string[] }) {
  return (
    <>
      {buttons
        .filter((name) => name.startsWith("#"))
        .map((name) => block.app.child(Number(name.slice(1))))
        .map((button) => button && <CustomTool key={button.id} button={button} />)}
    </>
  );
}

function CustomTool({ button }: { button: Block }) {
  const { value, icon } = button.props.value as { value?: string | null; icon?: FileData | string | null };
  const source = useIcon(button, icon);
  const caption = value ?? "";
  return (
    <button
      type="button"
      class={`nb-tool ${source ? "" : "nb-captioned"}`}
      aria-label={caption || undefined}
      title={caption || undefined}
      onClick={() => button.trigger("click")}
    >
      {source ? <img class="nb-button-icon" src={source} alt="" /> : caption}
    </button>
  );
}

/** The address of a button's icon, once it is known. */
export function useIcon(block: Block, icon: FileData | string | null | undefined): string | undefined {
  const [source, setSource] = useState<string>();
  useEffect(() => {
    if (!icon) setSource(undefined);
    else if (typeof icon === "string") setSource(icon);
    else block.app.fileUrl(icon).then(setSource, (error: Error) => console.warn("nbblocks:", error));
  }, [icon]);
  return source;
}

/** Copies a text, and says for a moment that it did. */
export function CopyTool({ text, copied }: { text: () => string; copied: () => void }) {
  const [isDone, setDone] = useState(false);
  const copy = async () => {
    await writeClipboard(text());
    setDone(true);
    setTimeout(() => setDone(false), 1500);
    copied();
  };
  return <Tool icon={isDone ? "check" : "copy"} name={isDone ? "Copied" : "Copy"} run={() => void copy()} />;
}

/** The clipboard, or on pages without https a selection that is copied. */
async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
