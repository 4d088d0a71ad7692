/** Icons and tools of the lazy views; those that the first page needs are in `ui/icon`. */

import type { IconNode } from "lucide";
import { h } from "preact";

/** One of lucide's icons; it is decoration, so whoever shows it gives the words. */
export function Glyph({ of, size = 16 }: { of: IconNode; size?: number }) {
  return (
    <svg
      class="nb-icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {of.map(([tag, attributes], index) =>
        h(tag, { key: index, ...(attributes as Record<string, string | number | undefined>) }),
      )}
    </svg>
  );
}

interface GlyphToolProps {
  of: IconNode;
  name: string;
  run: (event: MouseEvent) => void;
  /** Of a tool that is on or off. */
  pressed?: boolean;
  disabled?: boolean;
  expanded?: boolean;
  shortcut?: string;
}

/** A small button with an icon. */
export function GlyphTool({ of, name, run, pressed, disabled, expanded, shortcut }: GlyphToolProps) {
  return (
    <button
      type="button"
      class="nb-tool"
      aria-label={name}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-keyshortcuts={shortcut}
      title={shortcut ? `${name} (${shortcut})` : name}
      disabled={disabled}
      onClick={run}
    >
      <Glyph of={of} />
    </button>
  );
}
