/** Records a microphone as samples, so that what comes out is WAV, which needs no decoder. */

import { closeDevices, openDevices } from "./devices";
import { joined, type Pcm } from "./pcm";

// Runs in the browser's audio thread: hands over what comes in, a tenth of a second at a time.
const WORKLET = `
registerProcessor("nbblocks-recorder", class extends AudioWorkletProcessor {
  parts = []; frames = 0;
  process([input]) {
    if (input.length) {
      this.parts.push(input.map((channel) => channel.slice()));
      this.frames += input[0].length;
      if (this.frames >= sampleRate / 20) {
        this.port.postMessage(this.parts);
        this.parts = []; this.frames = 0;
      }
    }
    return true;
  }
});`;

export class Recorder {
  isPaused = false;
  private parts: Float32Array[][] = [];
  private frames = 0;

  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
    private readonly heard: (peak: number) => void,
  ) {}

  /** Asks for a microphone and starts; `heard` gets the loudest sample of each piece. */
  static async start(device: string | null, heard: (peak: number) => void): Promise<Recorder> {
    const audio: MediaTrackConstraints = device ? { deviceId: { exact: device } } : {};
    const stream = await openDevices({ audio }, "microphone");
    const context = new AudioContext();
    const url = URL.createObjectURL(new Blob([WORKLET], { type: "text/javascript" }));
    try {
      await context.audioWorklet.addModule(url);
    } catch (error) {
      closeDevices(stream);
      void context.close();
      throw error;
    } finally {
      URL.revokeObjectURL(url);
    }
    const recorder = new Recorder(stream, context, heard);
    const node = new AudioWorkletNode(context, "nbblocks-recorder", { numberOfOutputs: 1 });
    node.port.onmessage = ({ data }) => recorder.take(data);
    context.createMediaStreamSource(stream).connect(node);
    node.connect(context.destination); // silent: the worklet writes nothing; without it some browsers never run it
    await context.resume();
    return recorder;
  }

  private take(parts: Float32Array[][]): void {
    if (this.isPaused) return;
    let peak = 0;
    for (const part of parts) {
      this.parts.push(part);
      this.frames += part[0]?.length ?? 0;
      for (const sample of part[0] ?? []) peak = Math.max(peak, Math.abs(sample));
    }
    this.heard(peak);
  }

  get seconds(): number {
    return this.frames / this.context.sampleRate;
  }

  /** What was recorded since it was last asked. */
  taken(): Pcm | null {
    const [parts, count] = [this.parts, Math.max(1, ...this.parts.map((part) => part.length))];
    this.parts = [];
    if (parts.length === 0) return null;
    const channels = Array.from({ length: count }, (_, at) =>
      joined(parts.map((part) => (part[at] ?? part[0]) as Float32Array)),
    );
    return { rate_hz: this.context.sampleRate, channels };
  }

  close(): void {
    closeDevices(this.stream);
    void this.context.close().catch(() => {});
  }
}
