/** A recording from the microphone, as a file. */

import { useEffect, useRef, useState } from "preact/hooks";

/** Starts and stops recording; `done` gets the sound, `failed` why there is none. */
export function useRecorder(done: (file: File) => void, failed: (reason: string) => void) {
  const recorder = useRef<MediaRecorder | null>(null);
  const [isRecording, setRecording] = useState(false);
  const release = () => {
    for (const track of recorder.current?.stream.getTracks() ?? []) track.stop();
    recorder.current = null;
  };
  useEffect(() => release, []);
  const start = async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const made = new MediaRecorder(stream);
      const parts: Blob[] = [];
      made.addEventListener("dataavailable", ({ data }) => parts.push(data));
      made.addEventListener("stop", () => {
        const type = made.mimeType.split(";")[0] || "audio/webm";
        release();
        setRecording(false);
        done(new File(parts, `recording.${type.split("/")[1] ?? "webm"}`, { type }));
      });
      recorder.current = made;
      made.start();
      setRecording(true);
    } catch (error) {
      release();
      failed(
        navigator.mediaDevices
          ? (error as Error).message
          : "this page may not use the microphone: it needs https",
      );
    }
  };
  return { isRecording, start, stop: () => recorder.current?.stop() };
}
