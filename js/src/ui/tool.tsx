/** Small buttons of a toolbar. */

import { useState } from "preact/hooks";
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
