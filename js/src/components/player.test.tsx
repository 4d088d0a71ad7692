import { describe, expect, it } from "vitest";
import { show } from "../testing";
import { install } from "../view";
import * as player from "../views/player";
import { clock } from "./mediafile";
import { joined, peaksOf, wavOf } from "./pcm";
import { cueAt } from "./soundplayer";
import { webVtt } from "./video";

install("player", player);

const WAVE = {
  waveform_color: null,
  waveform_progress_color: null,
  trim_region_color: null,
  show_recording_waveform: true,
  skip_length: 5,
  sample_rate: 44100,
};
const AUDIO = {
  label: "Sound",
  value: null,
  sources: ["upload", "microphone"],
  streaming: false,
  autoplay: false,
  editable: true,
  buttons: null,
  waveform_options: WAVE,
  loop: false,
  recording: false,
  subtitles: null,
  playback_position: 0,
};
const FILE = {
  path: "t",
  url: "/a.wav",
  orig_name: "a.wav",
  is_stream: false,
  meta: { _type: "gradio.FileData" },
};
const VIDEO = {
  label: "Film",
  value: null,
  format: null,
  sources: ["upload", "webcam"],
  height: null,
  width: null,
  webcam_options: { mirror: true, constraints: null },
  include_audio: true,
  autoplay: false,
  buttons: null,
  loop: false,
  streaming: false,
  subtitles: null,
  playback_position: 0,
  can_trim: true,
};

describe("Audio", () => {
  it("offers its sources, and takes nothing where it only shows", async () => {
    const page = await show({ 2: ["audio", AUDIO], 3: ["audio", { ...AUDIO, interactive: false }] });
    expect(page.all("[data-block='2'] [data-testid^=source-]")).toHaveLength(2);
    expect(page.all("[data-block='3'] input")).toHaveLength(0);
    await page.settle(() => page.find("[data-testid=source-microphone]").click());
    expect(page.find("[data-block='2'] .record-button").textContent).toBe("Record");
  });

  it("fires play, pause and stop, and tells where it plays", async () => {
    const page = await show({ 2: ["audio", { ...AUDIO, value: FILE }] });
    const audio = page.find<HTMLAudioElement>("audio");
    const happens = (name: string) => page.settle(() => void audio.dispatchEvent(new Event(name)));
    await happens("play");
    Object.defineProperty(audio, "currentTime", { value: 2.5, writable: true });
    await happens("timeupdate");
    expect(page.block(2).props.value.playback_position).toBe(2.5);
    await happens("pause");
    Object.defineProperty(audio, "ended", { value: true });
    await happens("pause");
    await happens("ended");
    expect(page.fired.map(([event]) => event)).toEqual(["play", "pause", "stop"]);
    page.block(2).apply({ playback_position: 1 });
    await page.settle();
    expect(audio.currentTime).toBe(1);
  });

  it("is cleared by its button", async () => {
    const page = await show({ 2: ["audio", { ...AUDIO, value: FILE }] });
    await page.settle(() => page.find("[aria-label=Clear]").click());
    expect(page.block(2).value).toBeNull();
    expect(page.fired.map(([event]) => event)).toContain("clear");
  });

  it("is the browser's own player without a waveform", async () => {
    const plain = { ...WAVE, show_recording_waveform: false };
    const page = await show({ 2: ["audio", { ...AUDIO, value: FILE, waveform_options: plain }] });
    expect(page.find<HTMLAudioElement>("audio").controls).toBe(true);
    expect(page.all("[role=slider]")).toHaveLength(0);
  });

  it("says when the sound cannot be played", async () => {
    const page = await show({ 2: ["audio", { ...AUDIO, value: FILE }] });
    await page.settle(() => void page.find("audio").dispatchEvent(new Event("error")));
    expect(page.find("[role=alert]").textContent).toContain("cannot play");
  });
});

describe("Video", () => {
  it("fires at its end both of its events", async () => {
    const page = await show({ 2: ["video", { ...VIDEO, value: { ...FILE, url: "/a.mp4" } }] });
    const video = page.find<HTMLVideoElement>("video");
    await page.settle(() => void video.dispatchEvent(new Event("ended")));
    expect(page.fired.map(([event]) => event)).toEqual(["stop", "end"]);
  });

  it("is trimmed only where that can be done", async () => {
    const value = { ...FILE, url: "/a.mp4" };
    const page = await show({
      2: ["video", { ...VIDEO, value }],
      3: ["video", { ...VIDEO, value, can_trim: false }],
      4: ["video", { ...VIDEO, value, interactive: false }],
    });
    expect(page.all("[aria-label=Trim]").map((tool) => tool.closest("[data-block]")?.id)).toEqual([
      "component-2",
    ]);
  });
});

describe("the parts", () => {
  it("write WAV that says what it holds", async () => {
    const file = wavOf({
      rate_hz: 8000,
      channels: [new Float32Array([0, 1, -2]), new Float32Array([0, 0, 0.5])],
    });
    const view = new DataView(await file.arrayBuffer());
    expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint32(40, true)]).toEqual([
      2, 8000, 12,
    ]);
    expect(Array.from({ length: 6 }, (_, at) => view.getInt16(44 + at * 2, true))).toEqual([
      0, 0, 32767, 0, -32767, 16384,
    ]);
  });

  it("find the loudest of each part", () => {
    const peaks = peaksOf([new Float32Array([0.1, -0.5, 0.2, 0.25])], 2);
    expect([...peaks].map((peak) => Math.round(peak * 100))).toEqual([50, 25]);
    expect([...joined([new Float32Array([1]), new Float32Array([2, 3])])]).toEqual([1, 2, 3]);
  });

  it("tell times and subtitles", () => {
    expect([0, 61.9, 3661, Number.NaN].map(clock)).toEqual(["0:00", "1:01", "1:01:01", "0:00"]);
    const cues = [
      { start: 0, end: 2, text: "a" },
      { start: 1, end: 3, text: "b" },
    ];
    expect([0, 1, 2, 3].map((time) => cueAt(cues, time))).toEqual(["a", "a\nb", "b", ""]);
    expect(webVtt([{ start: 1.5, end: 3661, text: "x --> y\n\nz" }])).toBe(
      "WEBVTT\n\n00:00:01.500 --> 01:01:01.000\nx → y\nz\n",
    );
  });
});
