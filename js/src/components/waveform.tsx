/** The waveform of a sound: where it plays, and what of it is kept when it is trimmed. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { clock } from "./mediafile";
import { peaksOf } from "./pcm";

const BARS = 180;
const LARGEST_BYTES = 200 << 20;

/** A decoded sound, once it is there; null: it cannot be decoded, or is too large for a picture of it. */
export function useDecoded(
  url: string | undefined,
  rate_hz: number,
): { sound: AudioBuffer | null; isDecoding: boolean } {
  const [sound, setSound] = useState<AudioBuffer | null>(null);
  const [isDecoding, setDecoding] = useState(url !== undefined);
  useEffect(() => {
    setSound(null);
    setDecoding(url !== undefined);
    let isCurrent = true;
    const decoded = url ? decode(url, rate_hz) : Promise.resolve(null);
    decoded
      .catch(() => null) // a sound that only the player can read has no waveform
      .then((found) => {
        if (!isCurrent) return;
        setSound(found);
        setDecoding(false);
      });
    return () => {
      isCurrent = false;
    };
  }, [url]);
  return { sound, isDecoding };
}

async function decode(url: string, rate_hz: number): Promise<AudioBuffer> {
  const bytes = await (await fetch(url)).arrayBuffer();
  if (bytes.byteLength > LARGEST_BYTES) throw new Error("too large");
  return new OfflineAudioContext(1, 1, rate_hz).decodeAudioData(bytes);
}

export interface Region {
  start: number;
  end: number;
}

interface WaveformProps {
  label: string;
  sound: AudioBuffer | null;
  duration: number;
  time: number;
  color: string | null;
  progressColor: string | null;
  seek: (seconds: number) => void;
  toggle: () => void;
  /** What is kept, while it is being trimmed. */
  region: Region | null;
  regionColor: string | null;
  setRegion: (region: Region) => void;
}

export function Waveform(props: WaveformProps) {
  const { sound, duration, time, region, seek, toggle } = props;
  const box = useRef<HTMLDivElement>(null);
  const [path, setPath] = useState("");
  useEffect(() => {
    setPath(
      sound
        ? barsOf(
            peaksOf(
              Array.from({ length: sound.numberOfChannels }, (_, at) => sound.getChannelData(at)),
              BARS,
            ),
          )
        : "",
    );
  }, [sound]);
  const at = (event: PointerEvent) => {
    const { left, width } = (box.current as HTMLElement).getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - left) / width)) * duration;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 10 : 1;
    const moves: Record<string, number> = {
      ArrowLeft: time - step,
      ArrowDown: time - step,
      ArrowRight: time + step,
      ArrowUp: time + step,
      PageDown: time - 10,
      PageUp: time + 10,
      Home: 0,
      End: duration,
    };
    const target = moves[event.key];
    if (event.key === " ") toggle();
    else if (target !== undefined) seek(Math.max(0, Math.min(duration, target)));
    else return;
    event.preventDefault();
  };
  const part = duration > 0 ? (time / duration) * 100 : 0;
  return (
    <div
      class="nb-wave waveform-container"
      data-testid={props.label ? `waveform-${props.label}` : "unlabelled-audio"}
      ref={box}
    >
      <div
        class="nb-wave-track"
        role="slider"
        tabIndex={0}
        aria-label={t("Position")}
        aria-valuemin={0}
        aria-valuemax={Math.round(duration * 10) / 10}
        aria-valuenow={Math.round(time * 10) / 10}
        aria-valuetext={`${clock(time)} of ${clock(duration)}`}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture?.(event.pointerId);
          seek(at(event));
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture?.(event.pointerId)) seek(at(event));
        }}
      >
        <Bars path={path} color={props.color} />
        <Bars
          path={path}
          color={props.progressColor}
          isPlayed
          style={{ clipPath: `inset(0 ${100 - part}% 0 0)` }}
        />
        <div class="nb-wave-cursor" style={{ insetInlineStart: `${part}%` }} />
      </div>
      {region && (
        <Trimmer
          region={region}
          duration={duration}
          color={props.regionColor}
          at={at}
          set={props.setRegion}
        />
      )}
    </div>
  );
}

interface BarsProps {
  path: string;
  color: string | null;
  isPlayed?: boolean;
  style?: Record<string, string>;
}

function Bars({ path, color, isPlayed = false, style }: BarsProps) {
  return (
    <svg
      class={isPlayed ? "nb-wave-bars nb-wave-played" : "nb-wave-bars"}
      viewBox={`0 0 ${BARS * 3} 100`}
      preserveAspectRatio="none"
      style={{ ...style, color: color ?? undefined }}
      aria-hidden="true"
    >
      <path d={path || `M0 49H${BARS * 3}V51H0Z`} fill="currentColor" />
    </svg>
  );
}

/** Bars of the heights of peaks, the loudest as high as there is room. */
function barsOf(peaks: Float32Array): string {
  const most = Math.max(...peaks) || 1;
  let path = "";
  for (const [index, peak] of peaks.entries()) {
    const half = Math.max(1, (peak / most) * 48);
    path += `M${index * 3} ${(50 - half).toFixed(1)}h2v${(2 * half).toFixed(1)}h-2z`;
  }
  return path;
}

interface TrimmerProps {
  region: Region;
  duration: number;
  color: string | null;
  at: (event: PointerEvent) => number;
  set: (region: Region) => void;
}

const LEAST_S = 0.05;

function Trimmer({ region, duration, color, at, set }: TrimmerProps) {
  const percent = (seconds: number) => (duration > 0 ? (seconds / duration) * 100 : 0);
  const move = (edge: "start" | "end", seconds: number) =>
    set(
      edge === "start"
        ? { ...region, start: Math.max(0, Math.min(seconds, region.end - LEAST_S)) }
        : { ...region, end: Math.min(duration, Math.max(seconds, region.start + LEAST_S)) },
    );
  const onKeyDown = (edge: "start" | "end") => (event: KeyboardEvent) => {
    const step = event.shiftKey ? 1 : 0.1;
    const moves: Record<string, number> = {
      ArrowLeft: region[edge] - step,
      ArrowDown: region[edge] - step,
      ArrowRight: region[edge] + step,
      ArrowUp: region[edge] + step,
      Home: edge === "start" ? 0 : region.start,
      End: edge === "start" ? region.end : duration,
    };
    const target = moves[event.key];
    if (target === undefined) return;
    event.preventDefault();
    move(edge, target);
  };
  return (
    <>
      <div
        class="nb-wave-region"
        style={{
          insetInlineStart: `${percent(region.start)}%`,
          width: `${percent(region.end - region.start)}%`,
          color: color ?? undefined,
        }}
      />
      {(["start", "end"] as const).map((edge) => (
        <div
          key={edge}
          class="nb-wave-handle"
          style={{ insetInlineStart: `${percent(region[edge])}%`, color: color ?? undefined }}
          role="slider"
          tabIndex={0}
          aria-label={edge === "start" ? "Start of what is kept" : "End of what is kept"}
          aria-valuemin={0}
          aria-valuemax={Math.round(duration * 100) / 100}
          aria-valuenow={Math.round(region[edge] * 100) / 100}
          aria-valuetext={`${region[edge].toFixed(2)} s`}
          onKeyDown={onKeyDown(edge)}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture?.(event.pointerId);
            event.stopPropagation();
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture?.(event.pointerId)) move(edge, at(event));
          }}
        />
      ))}
    </>
  );
}
