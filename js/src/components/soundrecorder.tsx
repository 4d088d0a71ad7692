/** The microphone: recorded until it is stopped, or sent piece by piece as it comes. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf } from "../model";
import type { AudioProps } from "../wire/generated/components";
import { type Device, devicesOf } from "./devices";
import { clock, give, Uploading } from "./mediafile";
import { MediaIcon } from "./mediaicons";
import { wavOf } from "./pcm";
import { Recorder } from "./recorder";

type State = "idle" | "asking" | "recording" | "paused" | "saving";

const SHOWN_PEAKS = 120;

export function SoundRecorder({ block }: { block: Block }) {
  const props = propsOf<AudioProps>(block);
  const recorder = useRef<Recorder | null>(null);
  const isAsked = useRef(false);
  const [state, setState] = useState<State>("idle");
  const [problem, setProblem] = useState<string | null>(null);
  const [devices, setDevices] = useState<Device[]>([]);
  const [device, setDevice] = useState<string | null>(null);
  const [peaks, setPeaks] = useState<number[]>([]);
  const [seconds, setSeconds] = useState(0);
  const [progress, setProgress] = useState<number | null>(null);

  const heard = (peak: number) => {
    setPeaks((before) => [...before, peak].slice(-SHOWN_PEAKS));
    setSeconds(recorder.current?.seconds ?? 0);
  };
  const start = async () => {
    if (isAsked.current) return;
    isAsked.current = true;
    setProblem(null);
    setPeaks([]);
    setSeconds(0);
    setState("asking");
    try {
      const made = await Recorder.start(device, heard);
      if (!isAsked.current) {
        made.close();
        return;
      }
      recorder.current = made;
      setState("recording");
      block.edit({ recording: true });
      block.trigger("start_recording");
      setDevices(await devicesOf("microphone").catch(() => []));
    } catch (error) {
      isAsked.current = false;
      setProblem((error as Error).message);
      setState("idle");
      block.edit({ recording: false });
    }
  };
  const pause = (isPaused: boolean) => {
    if (!recorder.current) return;
    recorder.current.isPaused = isPaused;
    setState(isPaused ? "paused" : "recording");
    if (isPaused) block.trigger("pause_recording");
  };
  /** Sends what has come since it was last sent. */
  const sendPiece = async () => {
    const pcm = recorder.current?.taken();
    if (!pcm) return;
    const value = await block.app.upload(block, wavOf(pcm, "audio-stream.wav"), () => {});
    block.edit({ value });
    block.trigger("stream");
  };
  const stop = async () => {
    const made = recorder.current;
    if (!made) return;
    setState("saving");
    if (props.streaming) await sendPiece().catch((error: Error) => setProblem(error.message));
    recorder.current = null;
    made.close();
    const pcm = made.taken();
    block.edit({ recording: false });
    isAsked.current = false;
    if (!props.streaming && pcm) await give(block, wavOf(pcm), setProgress);
    setState("idle");
    block.trigger("stop_recording");
  };

  useEffect(() => {
    if (props.recording) void start();
    else if (recorder.current) void stop();
  }, [props.recording]);
  useEffect(
    () => () => {
      isAsked.current = false;
      recorder.current?.close();
      recorder.current = null;
    },
    [],
  );
  const isOn = state === "recording" || state === "paused";
  useEffect(() => {
    if (!isOn || !props.streaming) return;
    let isBusy = false;
    const timer = setInterval(async () => {
      if (isBusy) return; // the session is slow: the next piece is longer
      isBusy = true;
      await sendPiece().catch((error: Error) => {
        setProblem(error.message);
        void stop();
      });
      isBusy = false;
    }, block.app.streamEvery(block) * 1000);
    const limit = block.app.streamLimit(block);
    const end = limit === null ? 0 : setTimeout(() => void stop(), limit * 1000);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [isOn, props.streaming]);

  return (
    <div class="nb-recorder" data-state={state}>
      {isOn && props.waveform_options.show_recording_waveform && (
        <div class="nb-levels" data-testid="recording-waveform" aria-hidden="true">
          {peaks.map((peak, index) => (
            <i key={index} style={{ height: `${Math.max(4, Math.min(1, peak * 1.6) * 100)}%` }} />
          ))}
        </div>
      )}
      <div class="nb-recorder-bar">
        {!isOn && (
          <button
            type="button"
            class="nb-button sm record record-button"
            disabled={state !== "idle"}
            onClick={() => void start()}
          >
            <span class="nb-record-dot" aria-hidden="true" />
            {state === "asking" ? "Waiting for the microphone" : state === "saving" ? "Saving" : "Record"}
          </button>
        )}
        {isOn && (
          <>
            <button type="button" class="nb-button sm stop stop-button" onClick={() => void stop()}>
              <MediaIcon name="stop" size={14} />
              {t("Stop")}
            </button>
            {!props.streaming && (
              <button
                type="button"
                class={`nb-button sm ${state === "paused" ? "resume-button" : "pause-button"}`}
                onClick={() => pause(state === "recording")}
              >
                <MediaIcon name={state === "paused" ? "mic" : "pause"} size={14} />
                {state === "paused" ? "Resume" : "Pause"}
              </button>
            )}
            <time class="nb-sound-time" data-testid="recording-time">
              {clock(seconds)}
            </time>
            <span class="nb-live" role="status">
              {state === "paused" ? "Paused" : "Recording"}
            </span>
          </>
        )}
        {!isOn && devices.length > 1 && (
          <select
            class="nb-input mic-select"
            aria-label={t("Microphone")}
            onChange={(event) => setDevice(event.currentTarget.value)}
          >
            {devices.map(({ id, name }) => (
              <option key={id} value={id} selected={id === device}>
                {name}
              </option>
            ))}
          </select>
        )}
      </div>
      {problem && (
        <div class="nb-media-problem" role="alert">
          {problem}
        </div>
      )}
      <Uploading progress={progress} />
    </div>
  );
}
