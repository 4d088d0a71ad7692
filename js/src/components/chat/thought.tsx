/** A thought: what a program did on its way to an answer, folded under a title. */

import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Block } from "../../model";
import type { Node } from "./groups";
import { type PartOptions, PartView } from "./parts";

/** Seconds, as people say them. */
function duration(seconds: number): string {
  if (seconds < 0.1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

export function Thought({ block, node, options }: { block: Block; node: Node; options: PartOptions }) {
  const { title, status, log, duration: seconds } = node.message.metadata ?? {};
  /** What its reader chose; null: nothing, so that it folds itself when it is done. */
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isOpen = chosen ?? status !== "done";
  const details = [log, seconds !== undefined ? `(${duration(seconds)})` : undefined].filter(Boolean);
  return (
    <details class="nb-thought thought-group" open={isOpen}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a control */}
      <summary
        onClick={(event) => {
          event.preventDefault();
          event.stopPropagation();
          setChosen(!isOpen);
        }}
      >
        {status === "pending" && <span class="nb-spin" role="img" aria-label={t("Working")} />}
        <span class="nb-thought-title">{title}</span>
        {details.length > 0 && <span class="nb-thought-log">{details.join(" ")}</span>}
      </summary>
      {isOpen && (
        <div class="nb-thought-content">
          {node.message.content.map((part, index) => (
            <PartView key={index} block={block} part={part} options={options} />
          ))}
          {node.children.map((child) => (
            <Thought key={child.index} block={block} node={child} options={options} />
          ))}
        </div>
      )}
    </details>
  );
}
