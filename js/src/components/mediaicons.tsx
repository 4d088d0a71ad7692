/** Icons of players and recorders, as `ui/icon` draws its own. */

import {
  Box,
  Captions,
  ChartLine,
  Gauge,
  Mic,
  Pause,
  Play,
  RotateCcw,
  Scissors,
  Share2,
  SkipBack,
  SkipForward,
  Square,
  Undo2,
  Volume2,
  VolumeX,
} from "lucide";
import { h } from "preact";

const ICONS = {
  box: Box,
  captions: Captions,
  chart: ChartLine,
  back: SkipBack,
  forward: SkipForward,
  mic: Mic,
  muted: VolumeX,
  pause: Pause,
  play: Play,
  replay: RotateCcw,
  share: Share2,
  speed: Gauge,
  stop: Square,
  trim: Scissors,
  undo: Undo2,
  volume: Volume2,
};

export type MediaIconName = keyof typeof ICONS;

export function MediaIcon({ name, size = 16 }: { name: MediaIconName; size?: number }) {
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

interface MediaToolProps {
  icon: MediaIconName;
  name: string;
  run: (event: MouseEvent) => void;
  pressed?: boolean;
  disabled?: boolean;
}

export function MediaTool({ icon, name, run, pressed, disabled }: MediaToolProps) {
  return (
    <button
      type="button"
      class="nb-tool"
      aria-label={name}
      title={name}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={run}
    >
      <MediaIcon name={icon} />
    </button>
  );
}
