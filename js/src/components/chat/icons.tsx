/** Icons of conversations: lucide's, in the colour of the text. */

import {
  ArrowDown,
  ArrowUp,
  Check,
  Copy,
  File as FileIcon,
  Flag,
  Mic,
  Paperclip,
  Pencil,
  RefreshCw,
  Share2,
  Square,
  ThumbsDown,
  ThumbsUp,
  Trash2,
  Undo2,
  X,
} from "lucide";
import { h } from "preact";

const ICONS = {
  attach: Paperclip,
  check: Check,
  clear: Trash2,
  close: X,
  copy: Copy,
  dislike: ThumbsDown,
  down: ArrowDown,
  edit: Pencil,
  file: FileIcon,
  flag: Flag,
  like: ThumbsUp,
  microphone: Mic,
  retry: RefreshCw,
  send: ArrowUp,
  share: Share2,
  stop: Square,
  undo: Undo2,
};

export type ChatIcon = keyof typeof ICONS;

/** One icon; whoever shows it gives the words. */
export function Glyph({
  name,
  size = 16,
  filled = false,
}: {
  name: ChatIcon;
  size?: number;
  filled?: boolean;
}) {
  const parts = ICONS[name] as [string, Record<string, string | number | undefined>][];
  return (
    <svg
      class="nb-icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={filled ? "currentColor" : "none"}
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {parts.map(([tag, attributes], index) => h(tag, { key: index, ...attributes }))}
    </svg>
  );
}

/** A small button with an icon. */
export function ChatTool({
  icon,
  name,
  run,
  pressed,
  disabled = false,
}: {
  icon: ChatIcon;
  name: string;
  run: () => void;
  /** Whether it is down; not given: it does not stay down. */
  pressed?: boolean;
  disabled?: boolean;
}) {
  return (
    <button
      type="button"
      class="nb-tool"
      aria-label={name}
      title={name}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={(event) => {
        event.stopPropagation();
        run();
      }}
    >
      <Glyph name={icon} filled={pressed} />
    </button>
  );
}
