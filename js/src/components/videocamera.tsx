/** The camera: a film is recorded until it is stopped. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf } from "../model";
import type { VideoProps } from "../wire/generated/components";
import { closeDevices, type Device, devicesOf, openDevices } from "./devices";
import { clock } from "./mediafile";
import { MediaIcon } from "./mediaicons";

interface VideoCameraProps {
  block: Block;
  take: (film: File) => Promise<void>;
}

type State = "idle" | "asking" | "ready" | "recording" | "saving";

/** What the recorder writes: MP4 where it is asked for and can be written, else WebM. */
function recordedType(format: string | null): string {
  const mp4 = ["video/mp4;codecs=avc1,mp4a.40.2", "video/mp4;codecs=avc1,opus", "video/mp4"];
  const webm = ["video/webm;codecs=vp9,opus", "video/webm;codecs=vp8,opus", "video/webm"];
  const wanted = format === "mp4" ? [...mp4, ...webm] : format === null || format === "webm" ? webm : mp4;
  return [...wanted, ...webm, ...mp4].find((type) => MediaRecorder.isTypeSupported(type)) ?? "";
}

export function VideoCamera({ block, take }: VideoCameraProps) {
  const props = propsOf<VideoProps>(block);
  const { mirror, constraints } = props.webcam_options;
  const [state, setState] = useState<State>("idle");
  const [problem, setProblem] = useState<string | null>(null);
  const [devices, setDevices] = useState<Device[]>([]);
  const [seconds, setSeconds] = useState(0);
  const screen = useRef<HTMLVideoElement>(null);
  const stream = useRef<MediaStream | null>(null);
  const recorder = useRef<MediaRecorder | null>(null);
  const isGone = useRef(false);

  const open = async (device: string | null = null) => {
    setProblem(null);
    setState("asking");
    try {
      closeDevices(stream.current);
      const given = (constraints ?? {}) as MediaStreamConstraints & MediaTrackConstraints;
      const wanted = "video" in given ? given.video : constraints;
      const video = { ...((wanted ?? {}) as MediaTrackConstraints) };
      if (device) video.deviceId = { exact: device };
      const opened = await openDevices({ video, audio: props.include_audio === true }, "camera");
      if (isGone.current) {
        closeDevices(opened);
        return;
      }
      stream.current = opened;
      if (screen.current) screen.current.srcObject = opened;
      setState("ready");
      setDevices(await devicesOf("camera").catch(() => []));
    } catch (error) {
      setProblem((error as Error).message);
      setState("idle");
    }
  };
  useEffect(
    () => () => {
      isGone.current = true;
      if (recorder.current?.state === "recording") recorder.current.stop();
      closeDevices(stream.current);
    },
    [],
  );
  useEffect(() => {
    if (state !== "recording") return;
    const from = performance.now();
    const timer = setInterval(() => setSeconds((performance.now() - from) / 1000), 200);
    return () => clearInterval(timer);
  }, [state]);

  const record = () => {
    if (!stream.current || !screen.current) return;
    // where the camera is the only source, a mirrored picture is also recorded so
    const isMirrored = mirror && props.sources.length === 1;
    const mirrored = isMirrored ? mirroredOf(stream.current, screen.current) : null;
    const type = recordedType(props.format);
    const made = new MediaRecorder(mirrored?.stream ?? stream.current, type ? { mimeType: type } : {});
    const parts: Blob[] = [];
    made.ondataavailable = ({ data }) => parts.push(data);
    made.onstop = () => {
      mirrored?.end();
      if (isGone.current) return;
      const kind = (made.mimeType || type || "video/webm").split(";")[0] as string;
      const film = new File(parts, `recorded.${kind.slice(6)}`, { type: kind });
      closeDevices(stream.current);
      setState("saving");
      void take(film).then(() => {
        if (!isGone.current) setState("idle");
        block.trigger("stop_recording");
      });
    };
    recorder.current = made;
    made.start(1000);
    setSeconds(0);
    setState("recording");
    block.trigger("start_recording");
  };
  // known before the first picture comes, which then moves nothing
  const { width, height } = stream.current?.getVideoTracks()[0]?.getSettings() ?? {};
  if (state === "idle" || state === "asking")
    return (
      <div class="nb-camera-closed">
        <button type="button" class="nb-button sm" disabled={state === "asking"} onClick={() => void open()}>
          <MediaIcon name="play" size={14} />
          {state === "asking" ? "Waiting for the camera" : problem ? "Try again" : "Start the camera"}
        </button>
        {problem && (
          <div class="nb-media-problem" role="alert">
            {problem}
          </div>
        )}
      </div>
    );
  return (
    <div class="nb-camera">
      <video
        ref={(element) => {
          (screen as { current: HTMLVideoElement | null }).current = element;
          if (element && element.srcObject !== stream.current) element.srcObject = stream.current;
        }}
        class={mirror ? "nb-mirrored" : undefined}
        autoPlay
        playsInline
        muted
        aria-label={t("Camera")}
        style={width && height ? { aspectRatio: `${width} / ${height}` } : undefined}
      />
      <div class="nb-recorder-bar">
        {state === "recording" ? (
          <>
            <button
              type="button"
              class="nb-button sm stop stop-button"
              onClick={() => recorder.current?.stop()}
            >
              <MediaIcon name="stop" size={14} />
              {t("Stop")}
            </button>
            <time class="nb-sound-time">{clock(seconds)}</time>
            <span class="nb-live" role="status">
              {t("Recording")}
            </span>
          </>
        ) : (
          <button
            type="button"
            class="nb-button sm primary record-button"
            disabled={state === "saving"}
            onClick={record}
          >
            <span class="nb-record-dot" aria-hidden="true" />
            {state === "saving" ? "Saving" : "Record"}
          </button>
        )}
        {state === "ready" && devices.length > 1 && (
          <select
            class="nb-input"
            aria-label={t("Camera")}
            onChange={(event) => void open(event.currentTarget.value)}
          >
            {devices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </div>
    </div>
  );
}

/** The camera's picture, mirrored, with its sound. */
function mirroredOf(stream: MediaStream, screen: HTMLVideoElement): { stream: MediaStream; end: () => void } {
  const canvas = document.createElement("canvas");
  canvas.width = screen.videoWidth || 640;
  canvas.height = screen.videoHeight || 480;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.setTransform(-1, 0, 0, 1, canvas.width, 0);
  let frame = requestAnimationFrame(function draw() {
    context.drawImage(screen, 0, 0, canvas.width, canvas.height);
    frame = requestAnimationFrame(draw);
  });
  const made = canvas.captureStream(30);
  for (const track of stream.getAudioTracks()) made.addTrack(track);
  return {
    stream: made,
    end: () => {
      cancelAnimationFrame(frame);
      for (const track of made.getVideoTracks()) track.stop();
    },
  };
}
