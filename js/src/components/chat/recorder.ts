/** A recording from the microphone, as a file. */

import { useEffect, useRef, useState } from "preact/hooks";
import { wavOf } from "../pcm";
import { Recorder } from "../recorder";

const unheard = () => {};

/** Starts and stops recording; `done` gets the sound, `failed` why there is none. */
export function useRecorder(done: (file: File) => void, failed: (reason: string) => void) {
  const recorder = useRef<Recorder | null>(null);
  const isGone = useRef(false);
  const [isRecording, setRecording] = useState(false);
  const close = () => {
    recorder.current?.close();
    recorder.current = null;
  };
  useEffect(
    () => () => {
      isGone.current = true;
      close();
    },
    [],
  );
  const start = async () => {
    try {
      const made = await Recorder.start(null, unheard);
      if (isGone.current || recorder.current) return made.close(); // asked twice, before the first was allowed
      recorder.current = made;
      setRecording(true);
    } catch (error) {
      failed((error as Error).message);
    }
  };
  const stop = () => {
    const sound = recorder.current?.taken();
    close();
    setRecording(false);
    if (sound) done(wavOf(sound, "recording.wav"));
  };
  return { isRecording, start, stop };
}
