/** Plays a film that comes in pieces: while one is shown, the next is already loaded behind it. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf } from "../model";
import { labelOf } from "../ui/frame";
import type { VideoProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";

interface VideoStreamProps {
  block: Block;
  chunks: FileData[];
  isWhole: boolean;
  ended: () => void;
}

export function VideoStream({ block, chunks, isWhole, ended }: VideoStreamProps) {
  const props = propsOf<VideoProps>(block);
  const [at, setAt] = useState(0);
  const [urls, setUrls] = useState<Record<number, string>>({});
  const screens = useRef<(HTMLVideoElement | null)[]>([null, null]);
  const isStarted = useRef(props.autoplay);
  const wanted = [at, at + 1].filter((index) => index < chunks.length);
  useEffect(() => {
    for (const index of wanted) {
      if (index in urls) continue;
      block.app.fileUrl(chunks[index] as FileData).then(
        (url) => setUrls((known) => ({ ...known, [index]: url })),
        (error: Error) => block.app.toast("error", "A piece of the video cannot be shown", error.message),
      );
    }
  }, [at, chunks.length]);
  useEffect(() => {
    if (at >= chunks.length && isWhole && chunks.length > 0) {
      block.trigger("stop");
      block.trigger("end");
      ended();
    }
  }, [at, isWhole, chunks.length]);
  useEffect(() => {
    const screen = screens.current[at % 2];
    if (screen && urls[at] && isStarted.current) void screen.play().catch(() => {});
  }, [at, urls[at]]);
  return (
    <div class="nb-video-stream">
      {[0, 1].map((side) => {
        const index = at + ((side - at) & 1);
        const isFront = index === at;
        return (
          // biome-ignore lint/a11y/useMediaCaption: pieces of a stream have no subtitles
          <video
            key={side}
            ref={(element) => {
              screens.current[side] = element;
            }}
            class={isFront ? undefined : "nb-behind"}
            src={urls[index]}
            preload="auto"
            playsInline
            controls={isFront}
            aria-label={isFront ? labelOf(block) : undefined}
            aria-hidden={!isFront || undefined}
            tabIndex={isFront ? undefined : -1}
            style={{ maxHeight: props.height ? "100%" : undefined }}
            onPlay={() => {
              if (!isFront || index === 0 || !isStarted.current) {
                isStarted.current = true;
                if (isFront) block.trigger("play");
              }
            }}
            onPause={(event) => {
              if (!isFront || event.currentTarget.ended) return;
              isStarted.current = false;
              block.trigger("pause");
            }}
            onEnded={() => isFront && setAt(index + 1)}
            onError={() => isFront && urls[index] && setAt(index + 1)}
          />
        );
      })}
      {at >= chunks.length && !isWhole && (
        <div class="nb-live" role="status">
          {t("Waiting for more")}
        </div>
      )}
    </div>
  );
}
