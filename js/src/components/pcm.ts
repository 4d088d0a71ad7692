/** Sound as samples: recorded, cut, and written as WAV. */

/** Samples of each channel, from -1 to 1. */
export interface Pcm {
  rate_hz: number;
  channels: Float32Array[];
}

const HEAD_BYTES = 44;

/** A WAV file of 16 bits. */
export function wavOf({ rate_hz, channels }: Pcm, name = "audio.wav"): File {
  const frames = channels[0]?.length ?? 0;
  const count = Math.max(1, channels.length);
  const data_bytes = frames * count * 2;
  const view = new DataView(new ArrayBuffer(HEAD_BYTES + data_bytes));
  const text = (at: number, letters: string) => {
    for (const [index, letter] of [...letters].entries()) view.setUint8(at + index, letter.charCodeAt(0));
  };
  text(0, "RIFF");
  view.setUint32(4, HEAD_BYTES - 8 + data_bytes, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, count, true);
  view.setUint32(24, rate_hz, true);
  view.setUint32(28, rate_hz * count * 2, true);
  view.setUint16(32, count * 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, data_bytes, true);
  let at = HEAD_BYTES;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      const sample = Math.max(-1, Math.min(1, channel[frame] ?? 0));
      view.setInt16(at, Math.round(sample * 32767), true);
      at += 2;
    }
  }
  return new File([view.buffer as ArrayBuffer], name, { type: "audio/wav" });
}

export function joined(parts: Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The loudest sample of each of `count` equal parts. */
export function peaksOf(channels: Float32Array[], count: number): Float32Array {
  const peaks = new Float32Array(count);
  const frames = channels[0]?.length ?? 0;
  for (const channel of channels) {
    for (let at = 0; at < count; at++) {
      const last = Math.floor(((at + 1) * frames) / count);
      let peak = peaks[at] as number;
      // a long sound is looked at in steps: what is drawn is a pixel wide
      const step = Math.max(1, Math.floor(frames / count / 512));
      for (let frame = Math.floor((at * frames) / count); frame < last; frame += step) {
        const size = Math.abs(channel[frame] as number);
        if (size > peak) peak = size;
      }
      peaks[at] = peak;
    }
  }
  return peaks;
}

/** From and to a second of a decoded sound, at another rate. */
export async function cut(sound: AudioBuffer, start_s: number, end_s: number, rate_hz: number): Promise<Pcm> {
  const frames = Math.max(1, Math.round((end_s - start_s) * rate_hz));
  const context = new OfflineAudioContext(sound.numberOfChannels, frames, rate_hz);
  const source = context.createBufferSource();
  source.buffer = sound;
  source.connect(context.destination);
  source.start(0, start_s, end_s - start_s);
  const rendered = await context.startRendering();
  const channels = Array.from({ length: rendered.numberOfChannels }, (_, at) => rendered.getChannelData(at));
  return { rate_hz, channels };
}
