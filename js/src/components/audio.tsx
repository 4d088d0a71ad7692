/** A sound in or out. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { download } from "../ui/download";
import { controlId, Frame, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import { Tool } from "../ui/tool";
import type { AudioProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { Drop, give, ShareTool, Uploading, useFileUrl } from "./mediafile";
import { MediaIcon } from "./mediaicons";
import { SoundPlayer } from "./soundplayer";
import { SoundRecorder } from "./soundrecorder";
import { SoundStream } from "./soundstream";

/** A file, or one that grows: `chunks` are its pieces so far; `stream` names it until it is whole. */
export interface Streamed extends FileData {
  meta: FileData["meta"] & { stream?: string; chunks?: FileData[] };
}

/** The stream that is being played: it goes on when the value has become the whole file. */
export function useStream(value: Streamed | null): {
  chunks: FileData[] | null;
  /** Whether it was played as it came, so that it does not play by itself once it is whole. */
  wasHeard: boolean;
  ended: () => void;
} {
  const heard = useRef<string | undefined>(undefined);
  const [playing, setPlaying] = useState<{ stream: string; chunks: FileData[] } | null>(null);
  const { stream, chunks } = value?.meta ?? {};
  const isLive = value?.is_stream === true && stream !== undefined;
  useEffect(() => {
    if (isLive) {
      heard.current = stream;
      setPlaying({ stream, chunks: chunks ?? [] });
    } else if (!stream || stream !== playing?.stream) setPlaying(null);
  }, [value]);
  const isCurrent = playing !== null && stream === playing.stream;
  return {
    chunks: isLive ? (chunks ?? []) : isCurrent ? playing.chunks : null,
    wasHeard: stream !== undefined && heard.current === stream,
    ended: () => setPlaying(null),
  };
}

export function Audio({ block }: ViewProps) {
  const props = propsOf<AudioProps>(block);
  const value = props.value as unknown as Streamed | null;
  const { chunks, wasHeard, ended } = useStream(value);
  const url = useFileUrl(block, chunks ? null : value);
  const [progress, setProgress] = useState<number | null>(null);
  const [source, setSource] = useState<string>(props.sources[0] ?? "upload");
  const isLiveInput = props.interactive && props.streaming;
  const take = async (file: File) => {
    if (await give(block, file, setProgress)) block.trigger("upload");
  };
  const clear = () => {
    block.edit({ value: null });
    block.trigger("clear");
  };
  const shows = (name: string) => props.buttons === null || props.buttons.includes(name);
  const name = value?.orig_name ?? "audio.wav";
  const isEmpty = !value || isLiveInput;
  return (
    <Frame
      block={block}
      control={isEmpty && props.interactive && source === "upload" ? controlId(block) : undefined}
      toolbar={
        url &&
        !isLiveInput && (
          <>
            {shows("download") && <Tool icon="download" name="Download" run={() => download(url, name)} />}
            {shows("share") && <ShareTool url={url} name={name} />}
            {props.interactive && <Tool icon="clear" name="Clear" run={clear} />}
          </>
        )
      }
    >
      {!isEmpty ? (
        chunks ? (
          <SoundStream
            key={value.meta.stream}
            block={block}
            chunks={chunks}
            isWhole={!value.is_stream}
            ended={ended}
          />
        ) : (
          <div class={`nb-media ${url ? "" : "nb-waiting"}`}>
            {url && <SoundPlayer block={block} url={url} mayStart={!wasHeard} />}
          </div>
        )
      ) : props.interactive ? (
        <div class="nb-media nb-audio-in audio-container">
          {props.sources.includes("upload") && source === "upload" && progress === null && (
            <Drop
              block={block}
              accept="audio/*"
              words="Drop a sound here, or click to choose one"
              take={(file) => void take(file)}
            />
          )}
          {(source === "microphone" || isLiveInput) && <SoundRecorder block={block} />}
          <Uploading progress={progress} />
          {props.sources.length > 1 && !isLiveInput && (
            <fieldset class="nb-source-choice source-selection">
              <legend class="nb-sr">{t("Source")}</legend>
              {props.sources.map((one) => (
                <button
                  key={one}
                  type="button"
                  class="nb-tool"
                  aria-pressed={one === source}
                  aria-label={one === "upload" ? "Upload a file" : "Record with the microphone"}
                  title={one === "upload" ? "Upload a file" : "Record with the microphone"}
                  data-testid={`source-${one}`}
                  onClick={() => setSource(one)}
                >
                  {one === "upload" ? <Icon name="upload" /> : <MediaIcon name="mic" />}
                </button>
              ))}
            </fieldset>
          )}
        </div>
      ) : (
        <div class="nb-empty" role="img" aria-label={`${labelOf(block)}: empty`}>
          <MediaIcon name="volume" size={20} />
        </div>
      )}
    </Frame>
  );
}
