/** A film in or out. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { download } from "../ui/download";
import { controlId, Frame, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import { Tool } from "../ui/tool";
import type { Cue, VideoProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { type Streamed, useStream } from "./audio";
import { clock, Drop, give, ShareTool, Uploading, useFileUrl } from "./mediafile";
import { MediaTool } from "./mediaicons";
import { usePosition } from "./soundplayer";
import { VideoCamera } from "./videocamera";
import { VideoStream } from "./videostream";

export function Video({ block }: ViewProps) {
  const props = propsOf<VideoProps>(block);
  const value = props.value as unknown as Streamed | null;
  const { chunks, wasHeard, ended } = useStream(value);
  const url = useFileUrl(block, chunks ? null : value);
  const [progress, setProgress] = useState<number | null>(null);
  const [source, setSource] = useState<string>(props.sources[0] ?? "upload");
  const [isTrimming, setTrimming] = useState(false);
  /** The film before it was trimmed. */
  const [before, setBefore] = useState<FileData | null>(null);
  const take = async (file: File) => {
    if (await give(block, file, setProgress)) block.trigger("upload");
  };
  const clear = () => {
    setBefore(null);
    block.edit({ value: null });
    block.trigger("clear");
  };
  const shows = (name: string) => (props.buttons ?? ["download"]).includes(name);
  const name = value?.orig_name ?? "video.mp4";
  const trim = async (start: number, end: number) => {
    try {
      const trimmed = (await block.app.call(block, "trim", [value, start, end])) as FileData;
      setBefore(value);
      block.edit({ value: trimmed });
    } catch (error) {
      block.app.toast("error", "The video was not trimmed", (error as Error).message);
    }
    setTrimming(false);
  };
  return (
    <Frame
      block={block}
      control={!value && props.interactive && source === "upload" ? controlId(block) : undefined}
      toolbar={
        url && (
          <>
            {props.interactive && before && (
              <MediaTool
                icon="undo"
                name="Undo the trimming"
                run={() => {
                  block.edit({ value: before });
                  setBefore(null);
                }}
              />
            )}
            {props.interactive && props.can_trim && (
              <MediaTool icon="trim" name="Trim" pressed={isTrimming} run={() => setTrimming(!isTrimming)} />
            )}
            {shows("download") && <Tool icon="download" name="Download" run={() => download(url, name)} />}
            {shows("share") && <ShareTool url={url} name={name} />}
            {props.interactive && <Tool icon="clear" name="Clear" run={clear} />}
          </>
        )
      }
    >
      <div
        class={`nb-video-stage video-container ${value && !chunks && !url ? "nb-waiting" : ""}`}
        data-testid="video"
        style={{ height: length(props.height), width: length(props.width) }}
      >
        {value ? (
          chunks ? (
            <VideoStream
              key={value.meta.stream}
              block={block}
              chunks={chunks}
              isWhole={!value.is_stream}
              ended={ended}
            />
          ) : (
            url && (
              <Player
                key={url}
                block={block}
                url={url}
                mayStart={!wasHeard}
                trim={isTrimming ? trim : null}
                close={() => setTrimming(false)}
              />
            )
          )
        ) : props.interactive ? (
          <>
            {source === "upload" && progress === null && (
              <Drop
                block={block}
                accept="video/*"
                words="Drop a video here, or click to choose one"
                take={(file) => void take(file)}
              />
            )}
            {source === "webcam" && (
              <VideoCamera
                block={block}
                take={async (film) => {
                  await give(block, film, setProgress);
                }}
              />
            )}
            <Uploading progress={progress} />
            {props.sources.length > 1 && (
              <fieldset class="nb-source-choice source-selection">
                <legend class="nb-sr">{t("Source")}</legend>
                {props.sources.map((one) => (
                  <button
                    key={one}
                    type="button"
                    class="nb-tool"
                    aria-pressed={one === source}
                    aria-label={one === "upload" ? "Upload a file" : "Record with the camera"}
                    title={one === "upload" ? "Upload a file" : "Record with the camera"}
                    data-testid={`source-${one}`}
                    onClick={() => setSource(one)}
                  >
                    <Icon name={one === "upload" ? "upload" : "camera"} />
                  </button>
                ))}
              </fieldset>
            )}
          </>
        ) : (
          <div class="nb-empty" role="img" aria-label={`${labelOf(block)}: empty`}>
            <Icon name="camera" size={20} />
          </div>
        )}
      </div>
    </Frame>
  );
}

interface PlayerProps {
  block: ViewProps["block"];
  url: string;
  /** False: it does not play by itself. */
  mayStart: boolean;
  /** What is called with the seconds from which and to which it is kept; null: it is not being trimmed. */
  trim: ((start: number, end: number) => Promise<void>) | null;
  close: () => void;
}

function Player({ block, url, mayStart, trim, close }: PlayerProps) {
  const props = propsOf<VideoProps>(block);
  const screen = useRef<HTMLVideoElement>(null);
  const position = usePosition(block, screen);
  const subtitles = useSubtitles(props.subtitles);
  const [problem, setProblem] = useState(false);
  const [duration, setDuration] = useState(0);
  const label = labelOf(block);
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: the author gives subtitles, or there are none */}
      <video
        ref={screen}
        src={url}
        controls
        playsInline
        loop={props.loop}
        autoPlay={props.autoplay && mayStart}
        preload="metadata"
        aria-label={label}
        data-testid={`${label}-player`}
        style={{ maxHeight: props.height ? "100%" : undefined }}
        onLoadedMetadata={(event) => {
          setDuration(Number.isFinite(event.currentTarget.duration) ? event.currentTarget.duration : 0);
          position.ready();
        }}
        onPlay={() => block.trigger("play")}
        onPause={(event) => {
          position.at(event.currentTarget.currentTime, true);
          if (!event.currentTarget.ended) block.trigger("pause");
        }}
        onEnded={() => {
          block.trigger("stop");
          block.trigger("end");
        }}
        onTimeUpdate={(event) => position.at(event.currentTarget.currentTime)}
        onError={() => setProblem(true)}
      >
        {subtitles && <track kind="captions" label="Subtitles" src={subtitles} default />}
      </video>
      {problem && (
        <div class="nb-media-problem" role="alert">
          {t("This browser cannot play the video.")}
        </div>
      )}
      {trim && duration > 0 && (
        <TrimBar duration={duration} screen={screen.current} trim={trim} close={close} />
      )}
    </>
  );
}

interface TrimBarProps {
  duration: number;
  screen: HTMLVideoElement | null;
  trim: (start: number, end: number) => Promise<void>;
  close: () => void;
}

function TrimBar({ duration, screen, trim, close }: TrimBarProps) {
  const [start, setStart] = useState(0);
  const [end, setEnd] = useState(duration);
  const [isBusy, setBusy] = useState(false);
  const show = (seconds: number) => {
    if (screen) screen.currentTime = seconds;
  };
  return (
    <div class="nb-trim">
      <label>
        Start {clock(start)}
        <input
          type="range"
          min={0}
          max={duration}
          step={0.05}
          value={start}
          onInput={(event) => {
            const next = Math.min(Number(event.currentTarget.value), end - 0.05);
            setStart(next);
            show(next);
          }}
        />
      </label>
      <label>
        End {clock(end)}
        <input
          type="range"
          min={0}
          max={duration}
          step={0.05}
          value={end}
          onInput={(event) => {
            const next = Math.max(Number(event.currentTarget.value), start + 0.05);
            setEnd(next);
            show(next);
          }}
        />
      </label>
      <button
        type="button"
        class="nb-button sm primary"
        disabled={isBusy}
        onClick={() => {
          setBusy(true);
          void trim(start, end).finally(() => setBusy(false));
        }}
      >
        {t("Trim")}
      </button>
      <button type="button" class="nb-button sm" onClick={close}>
        {t("Cancel")}
      </button>
    </div>
  );
}

/** Cues as a file that the browser's player reads. */
function useSubtitles(cues: Cue[] | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  const key = JSON.stringify(cues);
  useEffect(() => {
    if (!cues) {
      setUrl(null);
      return;
    }
    const made = URL.createObjectURL(new Blob([webVtt(cues)], { type: "text/vtt" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [key]);
  return url;
}

export function webVtt(cues: Cue[]): string {
  const stamp = (seconds: number) => new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);
  const one = ({ start, end, text }: Cue) =>
    `${stamp(start)} --> ${stamp(end)}\n${text.replace(/\n\s*\n/g, "\n").replaceAll("-->", "→")}\n`;
  return `WEBVTT\n\n${cues.map(one).join("\n")}`;
}
