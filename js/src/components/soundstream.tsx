/** Plays a sound that comes in pieces, one after the other without a gap. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf } from "../model";
import type { AudioProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { clock } from "./mediafile";
import { MediaIcon } from "./mediaicons";
import { Volume } from "./soundplayer";

interface SoundStreamProps {
  block: Block;
  chunks: FileData[];
  /** Whether all pieces are there. */
  isWhole: boolean;
  /** All has been played. */
  ended: () => void;
}

/** Time ahead at which a piece is put in line, so that decoding never leaves a gap. */
const AHEAD_S = 0.05;

class Line {
  readonly context = new AudioContext();
  readonly gain = this.context.createGain();
  next_s = 0;
  taken = 0;
  private queue: Promise<void> = Promise.resolve();
  private sources = new Set<AudioBufferSourceNode>();

  constructor(private readonly drained: () => void) {
    this.gain.connect(this.context.destination);
  }

  /** Puts pieces in line, in order; one that cannot be decoded is left out. */
  add(bytes: Promise<ArrayBuffer>, failed: (error: Error) => void): void {
    this.queue = this.queue.then(async () => {
      try {
        const sound = await this.context.decodeAudioData(await bytes);
        const source = this.context.createBufferSource();
        source.buffer = sound;
        source.connect(this.gain);
        const start = Math.max(this.next_s, this.context.currentTime + AHEAD_S);
        source.start(start);
        this.next_s = start + sound.duration;
        this.sources.add(source);
        source.onended = () => {
          this.sources.delete(source);
          this.drained();
        };
      } catch (error) {
        failed(error as Error);
        this.drained();
      }
    });
  }

  /** Whether something is still to be heard. */
  get isBusy(): boolean {
    return this.sources.size > 0;
  }

  settled(): Promise<void> {
    return this.queue;
  }

  close(): void {
    for (const source of this.sources) source.onended = null;
    void this.context.close().catch(() => {});
  }
}

export function SoundStream({ block, chunks, isWhole, ended }: SoundStreamProps) {
  const props = propsOf<AudioProps>(block);
  const line = useRef<Line | null>(null);
  const whole = useRef(isWhole);
  whole.current = isWhole;
  const [isPlaying, setPlaying] = useState(false);
  const [time, setTime] = useState(0);
  const [volume, setVolume] = useState(1);

  const finish = () => {
    const now = line.current;
    if (!now || !whole.current || now.isBusy) return;
    void now.settled().then(() => {
      if (now.isBusy || line.current !== now) return;
      block.trigger("stop");
      ended();
    });
  };
  useEffect(() => {
    const made = new Line(finish);
    line.current = made;
    made.context.onstatechange = () => setPlaying(made.context.state === "running");
    if (props.autoplay) void made.context.resume().then(() => block.trigger("play"));
    else void made.context.suspend();
    const timer = setInterval(() => setTime(Math.min(made.context.currentTime, made.next_s)), 200);
    return () => {
      clearInterval(timer);
      line.current = null;
      made.close();
    };
  }, []);
  useEffect(() => {
    const now = line.current;
    if (!now) return;
    for (const chunk of chunks.slice(now.taken)) {
      const bytes = block.app
        .fileUrl(chunk)
        .then(fetch)
        .then((answer) => answer.arrayBuffer());
      now.add(bytes, (error) =>
        block.app.toast("error", "A piece of the sound cannot be played", error.message),
      );
    }
    now.taken = Math.max(now.taken, chunks.length);
  }, [chunks.length]);
  useEffect(() => {
    if (isWhole) finish();
  }, [isWhole]);

  const toggle = async () => {
    const { context } = line.current ?? {};
    if (!context) return;
    const wasPlaying = context.state === "running";
    await (wasPlaying ? context.suspend() : context.resume());
    block.trigger(wasPlaying ? "pause" : "play");
  };
  return (
    <div class="nb-sound nb-stream component-wrapper">
      <div class="nb-sound-bar controls">
        <button
          type="button"
          class="nb-play play-pause-button"
          aria-label={isPlaying ? t("Pause") : t("Play")}
          title={isPlaying ? t("Pause") : t("Play")}
          onClick={() => void toggle()}
        >
          <MediaIcon name={isPlaying ? "pause" : "play"} size={18} />
        </button>
        <span class="nb-sound-time timestamps">
          <time class="time">{clock(time)}</time>
        </span>
        <span class="nb-live" role="status">
          {isWhole ? "" : "Live"}
        </span>
        <Volume
          volume={volume}
          set={(next) => {
            setVolume(next);
            if (line.current) line.current.gain.gain.value = next;
          }}
        />
      </div>
    </div>
  );
}
