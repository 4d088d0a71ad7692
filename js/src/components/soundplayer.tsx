/** Plays a sound: waveform, transport, speed, volume, trimming, subtitles. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf } from "../model";
import { labelOf } from "../ui/frame";
import type { AudioProps, Cue } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { clock, give, Uploading } from "./mediafile";
import { MediaIcon, MediaTool } from "./mediaicons";
import { cut, wavOf } from "./pcm";
import { type Region, useDecoded, Waveform } from "./waveform";

const SPEEDS = [0.5, 1, 1.5, 2];
const TELL_EVERY_S = 0.5;

/** Keeps a medium where `playback_position` says, and tells where it is as it plays. */
export function usePosition(block: Block, medium: { current: HTMLMediaElement | null }) {
  const told = useRef(0);
  const wanted = Number(block.props.value.playback_position ?? 0);
  const place = () => {
    if (!medium.current || wanted === told.current) return;
    told.current = wanted;
    medium.current.currentTime = wanted;
  };
  useEffect(place, [wanted]);
  return {
    /** The medium is there: go to where it is to start. */
    ready: place,
    /** It has come to a second. */
    at: (seconds: number, isExact = false) => {
      if (!isExact && Math.abs(seconds - told.current) < TELL_EVERY_S) return;
      told.current = seconds;
      block.edit({ playback_position: seconds });
    },
  };
}

export function cueAt(cues: Cue[] | null, time: number): string {
  return (cues ?? [])
    .filter(({ start, end }) => time >= start && time < end)
    .map(({ text }) => text)
    .join("\n");
}

interface SoundPlayerProps {
  block: Block;
  url: string;
  /** False: it does not play by itself. */
  mayStart: boolean;
}

export function SoundPlayer({ block, url, mayStart }: SoundPlayerProps) {
  const props = propsOf<AudioProps>(block);
  const options = props.waveform_options;
  const media = useRef<HTMLAudioElement>(null);
  const position = usePosition(block, media);
  const { sound, isDecoding } = useDecoded(
    options.show_recording_waveform ? url : undefined,
    options.sample_rate,
  );
  const [isPlaying, setPlaying] = useState(false);
  const [time, setTime] = useState(0);
  const [duration, setDuration] = useState(0);
  const [speed, setSpeed] = useState(1);
  const [volume, setVolume] = useState(1);
  const [region, setRegion] = useState<Region | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  /** The address that cannot be played. */
  const [failed, setFailed] = useState<string | null>(null);
  const problem = failed === url;
  /** The sounds before it was trimmed, the latest last. */
  const before = useRef<FileData[]>([]);
  const length = duration || sound?.duration || 0;

  useEffect(() => {
    setTime(0);
    setRegion(null);
    if (media.current) media.current.playbackRate = speed;
  }, [url]);
  useEffect(() => {
    if (!isPlaying) return;
    let frame = requestAnimationFrame(function follow() {
      if (media.current) setTime(media.current.currentTime);
      frame = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying]);

  const toggle = () => {
    const audio = media.current;
    if (!audio) return;
    if (audio.paused)
      audio.play().catch((error: Error) => block.app.toast("error", "It cannot be played", error.message));
    else audio.pause();
  };
  const seek = (seconds: number) => {
    if (media.current) media.current.currentTime = seconds;
    setTime(seconds);
  };
  const skip = (direction: number) =>
    seek(Math.max(0, Math.min(length, time + (direction * length * options.skip_length) / 100)));
  const trim = async () => {
    if (!sound || !region) return;
    const kept = wavOf(await cut(sound, region.start, region.end, options.sample_rate), "trimmed.wav");
    const old = props.value as unknown as FileData;
    if (await give(block, kept, setProgress)) before.current.push(old);
    setRegion(null);
  };
  const undo = () => {
    const old = before.current.pop();
    if (old) block.edit({ value: old });
  };

  const element = (
    // biome-ignore lint/a11y/useMediaCaption: subtitles, when there are some, stand below as text
    <audio
      ref={media}
      src={url}
      loop={props.loop}
      autoPlay={props.autoplay && mayStart}
      controls={!options.show_recording_waveform}
      preload="metadata"
      aria-label={labelOf(block)}
      onLoadedMetadata={(event) => {
        setDuration(Number.isFinite(event.currentTarget.duration) ? event.currentTarget.duration : 0);
        position.ready();
      }}
      onDurationChange={(event) => {
        if (Number.isFinite(event.currentTarget.duration)) setDuration(event.currentTarget.duration);
      }}
      onPlay={() => {
        setPlaying(true);
        block.trigger("play");
      }}
      onPause={(event) => {
        setPlaying(false);
        position.at(event.currentTarget.currentTime, true);
        if (!event.currentTarget.ended) block.trigger("pause");
      }}
      onEnded={() => {
        setPlaying(false);
        block.trigger("stop");
      }}
      onSeeked={(event) => setTime(event.currentTarget.currentTime)}
      onTimeUpdate={(event) => {
        setTime(event.currentTarget.currentTime);
        position.at(event.currentTarget.currentTime);
      }}
      onError={() => setFailed(url)}
    />
  );
  const subtitle = cueAt(props.subtitles, time);
  return (
    <div class={`nb-sound component-wrapper ${isDecoding ? "nb-waiting" : ""}`}>
      {element}
      {problem && (
        <div class="nb-media-problem" role="alert">
          {t("This browser cannot play the sound.")}
        </div>
      )}
      {options.show_recording_waveform && !problem && (
        <>
          <Waveform
            label={labelOf(block)}
            sound={sound}
            duration={length}
            time={Math.min(time, length || time)}
            color={options.waveform_color}
            progressColor={options.waveform_progress_color}
            seek={seek}
            toggle={toggle}
            region={region}
            regionColor={options.trim_region_color}
            setRegion={setRegion}
          />
          <div class="nb-sound-bar controls">
            <button
              type="button"
              class="nb-play play-pause-button"
              aria-label={isPlaying ? t("Pause") : t("Play")}
              title={isPlaying ? t("Pause") : t("Play")}
              onClick={toggle}
            >
              <MediaIcon name={isPlaying ? "pause" : "play"} size={18} />
            </button>
            <MediaTool icon="back" name="Skip backward" run={() => skip(-1)} />
            <MediaTool icon="forward" name="Skip forward" run={() => skip(1)} />
            <span class="nb-sound-time timestamps">
              <time class="time">{clock(time)}</time>
              <span aria-hidden="true"> / </span>
              <time class="duration">{clock(length)}</time>
            </span>
            <button
              type="button"
              class="nb-tool nb-tool-named playback"
              aria-label={`Speed: ${speed} times`}
              title={t("Speed")}
              onClick={() => {
                const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] as number;
                setSpeed(next);
                if (media.current) media.current.playbackRate = next;
              }}
            >
              {speed}×
            </button>
            <Volume
              volume={volume}
              set={(next) => {
                setVolume(next);
                if (media.current) media.current.volume = next;
              }}
            />
            {props.interactive && props.editable && sound && (
              <span class="nb-sound-edit">
                {region ? (
                  <>
                    <button type="button" class="nb-button sm primary" onClick={() => void trim()}>
                      {t("Trim")}
                    </button>
                    <button type="button" class="nb-button sm" onClick={() => setRegion(null)}>
                      {t("Cancel")}
                    </button>
                  </>
                ) : (
                  <>
                    {before.current.length > 0 && (
                      <MediaTool icon="undo" name="Undo the trimming" run={undo} />
                    )}
                    <MediaTool
                      icon="trim"
                      name="Trim"
                      run={() => setRegion({ start: length * 0.1, end: length * 0.9 })}
                    />
                  </>
                )}
              </span>
            )}
          </div>
        </>
      )}
      {props.subtitles && (
        <div class="nb-subtitle subtitle-display" data-testid="subtitle-display" aria-live="off">
          {subtitle}
        </div>
      )}
      <Uploading progress={progress} />
    </div>
  );
}

export function Volume({ volume, set }: { volume: number; set: (volume: number) => void }) {
  const last = useRef(1);
  const isMuted = volume === 0;
  return (
    <span class="nb-volume">
      <MediaTool
        icon={isMuted ? "muted" : "volume"}
        name={isMuted ? "Unmute" : "Mute"}
        run={() => {
          if (!isMuted) last.current = volume;
          set(isMuted ? last.current : 0);
        }}
      />
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={volume}
        aria-label={t("Volume")}
        onInput={(event) => set(Number(event.currentTarget.value))}
      />
    </span>
  );
}
