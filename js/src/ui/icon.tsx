/** Icons: lucide's, 16 px, in the colour of the text. */

import {
  Calendar,
  Camera,
  Check,
  ClipboardPaste,
  Copy,
  Download,
  Ellipsis,
  ImagePlus,
  Maximize2,
  RotateCcw,
  Trash2,
  Upload,
  X,
} from "lucide";
import { h } from "preact";

const ICONS = {
  calendar: Calendar,
  camera: Camera,
  check: Check,
  clear: Trash2,
  close: X,
  copy: Copy,
  download: Download,
  fullscreen: Maximize2,
  image: ImagePlus,
  more: Ellipsis,
  paste: ClipboardPaste,
  reset: RotateCcw,
  upload: Upload,
};

export type IconName = keyof typeof ICONS;

/** One icon; it is decoration, so whoever shows it gives the words. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  const parts = ICONS[name] as [string, Record<string, string | number | undefined>][];
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
      {parts.map(([tag, attributes], index) => h(tag, { key: index, ...attributes }))}
    </svg>
  );
}
