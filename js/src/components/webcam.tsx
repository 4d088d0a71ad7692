/** The user's camera: one picture, or, when it streams, one after the other until it is stopped. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";

export interface WebcamOptions {
  mirror: boolean;
  constraints: MediaTrackConstraints | { video?: MediaTrackConstraints } | null;
}

interface WebcamProps {
  options: WebcamOptions;
  /** Seconds between two pictures; null: one is taken. */
  stream_every: number | null;
  /** Seconds after which it stops by itself; null: it goes on. */
  stream_limit?: number | null;
  /** Called for each picture; the next waits for it. */
  take: (picture: File) => Promise<void>;
  close: () => void;
}

export function Webcam({ options, stream_every, stream_limit = null, take, close }: WebcamProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isReady, setReady] = useState(false);
  const [isStreaming, setStreaming] = useState(false);
  useEffect(() => {
    const camera = openCamera(options);
    let isGone = false;
    camera.then(
      (stream) => {
        if (isGone || !video.current) return;
        video.current.srcObject = stream;
      },
      (error: Error) => setProblem(inWords(error)),
    );
    return () => {
      isGone = true;
      camera.then(
        (stream) => {
          for (const track of stream.getTracks()) track.stop();
        },
        () => {},
      );
    };
  }, []);
  useEffect(() => {
    if (!isStreaming || stream_every === null) return;
    let isBusy = false;
    const timer = setInterval(async () => {
      if (isBusy || !video.current) return;
      isBusy = true;
      try {
        await take(await pictureOf(video.current, options.mirror));
      } catch {
        setStreaming(false);
      } finally {
        isBusy = false;
      }
    }, stream_every * 1000);
    const end = stream_limit === null ? 0 : setTimeout(() => setStreaming(false), stream_limit * 1000);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [isStreaming, stream_every, stream_limit]);

  const press = async () => {
    if (stream_every !== null) setStreaming(!isStreaming);
    else if (video.current) await take(await pictureOf(video.current, options.mirror)).then(close, () => {});
  };
  const caption = stream_every === null ? "Take a picture" : isStreaming ? t("Stop") : t("Start");
  return (
    <div class="nb-webcam">
      {problem === null ? (
        <video
          ref={video}
          class={options.mirror ? "nb-mirrored" : undefined}
          autoPlay
          playsInline
          muted
          aria-label={t("Camera")}
          onPlaying={() => setReady(true)}
        />
      ) : (
        <div role="alert">{problem}</div>
      )}
      <div class="nb-webcam-bar">
        {problem === null && (
          <button
            type="button"
            class={`nb-button sm ${isStreaming ? "stop" : "primary"}`}
            disabled={!isReady}
            onClick={() => void press()}
          >
            {caption}
          </button>
        )}
        <button type="button" class="nb-button sm" onClick={close}>
          {t("Close")}
        </button>
      </div>
    </div>
  );
}

function openCamera({ constraints }: WebcamOptions): Promise<MediaStream> {
  if (!navigator.mediaDevices)
    return Promise.reject(new Error("a camera needs a page on https or localhost"));
  const video = constraints && "video" in constraints ? constraints.video : constraints;
  return navigator.mediaDevices.getUserMedia({ video: (video as MediaTrackConstraints | null) ?? true });
}

function inWords({ name, message }: Error): string {
  if (name === "NotAllowedError") return "The camera may not be used: allow it in the browser.";
  if (name === "NotFoundError") return "There is no camera.";
  return `The camera cannot be used: ${message}`;
}

/** What the camera shows now, as it is seen: mirrored when the video is. */
async function pictureOf(video: HTMLVideoElement, isMirrored: boolean): Promise<File> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  if (isMirrored) {
    context.translate(canvas.width, 0);
    context.scale(-1, 1);
  }
  context.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/webp", 0.92));
  if (!blob) throw new Error("the camera gave no picture");
  return new File([blob], blob.type === "image/webp" ? "camera.webp" : "camera.png", { type: blob.type });
}
