import { afterEach, describe, expect, it, vi } from "vitest";
import { Files } from "./files";
import { FakeChannel } from "./testing";
import type { FileData } from "./wire/messages";

const MADE: FileData = {
  path: "hash-a.bin",
  url: null,
  size: 6,
  orig_name: "a.bin",
  mime_type: null,
  is_stream: false,
  meta: { _type: "gradio.FileData" },
};

function opened(chunk_bytes = 1) {
  const channel = Object.assign(new FakeChannel(), { chunk_bytes });
  return { channel, files: new Files(() => channel, "p") };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const bytes = (text: string) => [new DataView(new TextEncoder().encode(text).buffer as ArrayBuffer)];

afterEach(() => {
  vi.useRealTimers();
});

describe("upload", () => {
  it("sends four chunks ahead of their acknowledgement, and gives what the session made of them", async () => {
    const { channel, files } = opened();
    const done: number[] = [];
    const upload = files.upload(2, new File(["abcdef"], "a.bin"), (fraction) => done.push(fraction));
    await settled();
    expect(channel.of("upload").map(({ chunk, last }) => [chunk, last])).toEqual(
      [0, 1, 2, 3].map((chunk) => [chunk, false]),
    );
    const { file } = channel.of("upload")[0] as { file: string };
    for (let chunk = 0; chunk < 6; chunk++) {
      files.acknowledged({ kind: "ack", seq: 0, file, chunk, ...(chunk === 5 ? { value: MADE } : {}) });
      await settled();
    }
    expect(await upload).toEqual(MADE);
    expect(done.at(-1)).toBe(1);
    expect(channel.of("upload").at(-1)).toMatchObject({ chunk: 5, last: true, size_bytes: 6 });
  });

  it("sends again what a lost connection left unacknowledged", async () => {
    const { channel, files } = opened();
    void files.upload(2, new File(["ab"], "a.bin"), () => {});
    await settled();
    const { file } = channel.of("upload")[0] as { file: string };
    files.acknowledged({ kind: "ack", seq: 0, file, chunk: 0 });
    channel.sent.length = 0;
    files.resume();
    expect(channel.of("upload").map(({ chunk }) => chunk)).toEqual([1]);
  });

  it("sends again what nobody acknowledges, ever more rarely", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const { channel, files } = opened();
    void files.upload(2, new File(["ab"], "a.bin"), () => {});
    while (channel.of("upload").length < 2) await new Blob(["x"]).text(); // files are read in their own time
    const { file } = channel.of("upload")[0] as { file: string };
    files.acknowledged({ kind: "ack", seq: 0, file, chunk: 0 });
    channel.sent.length = 0;
    const sent = () => channel.of("upload").map(({ chunk }) => chunk);
    await vi.advanceTimersByTimeAsync(8000); // the first was acknowledged meanwhile
    expect(sent()).toEqual([]);
    await vi.advanceTimersByTimeAsync(8000);
    expect(sent()).toEqual([1]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(sent()).toEqual([1]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent()).toEqual([1, 1]);
    files.acknowledged({ kind: "ack", seq: 0, file, chunk: 1, value: MADE });
    await vi.advanceTimersByTimeAsync(100_000);
    expect(sent()).toEqual([1, 1]);
  });

  it("ends with the session's words when it refuses", async () => {
    const { channel, files } = opened();
    const upload = files.upload(2, new File(["ab"], "a.bin"), () => {});
    await settled();
    const { file } = channel.of("upload")[0] as { file: string };
    files.acknowledged({ kind: "ack", seq: 0, file, chunk: 0, error: "too large" });
    await expect(upload).rejects.toThrow("too large");
  });
});

describe("fetch", () => {
  it("asks for more when its credit is used up, and goes on at the hole after a lost connection", async () => {
    const { channel, files } = opened();
    const blob = files.fetch("file:t");
    const chunk = (n: number) =>
      files.chunk(
        {
          kind: "chunk",
          seq: 0,
          ref: "file:t",
          chunk: n,
          chunks: 18,
          size_bytes: 18,
          mime_type: "text/plain",
        },
        bytes(String.fromCharCode(97 + n)),
      );
    for (let n = 0; n < 16; n++) if (n !== 3) chunk(n);
    expect(channel.of("fetch").map((asked) => asked.chunk)).toEqual([0, 16]);
    files.resume();
    expect(channel.of("fetch").at(-1)).toMatchObject({ chunk: 3 });
    for (const n of [3, 16, 17]) chunk(n);
    expect(await (await blob).text()).toBe("abcdefghijklmnopqr");
  });

  it("asks for no address where there is no file", async () => {
    const { channel, files } = opened();
    const nothing = { ...MADE, path: null, url: null } as unknown as FileData;
    Object.assign(channel, { fileUrl: (token: string) => `file/s/${token}` });
    await expect(files.url(nothing)).rejects.toThrow("There is no file a.bin");
    await expect(files.save(nothing)).rejects.toThrow("There is no file a.bin");
  });

  it("ends with the session's words when a file cannot be had", async () => {
    const { files } = opened();
    const blob = files.fetch("file:t");
    files.chunk(
      {
        kind: "chunk",
        seq: 0,
        ref: "file:t",
        chunk: 0,
        chunks: 0,
        size_bytes: 0,
        mime_type: "",
        error: "gone",
      },
      [],
    );
    await expect(blob).rejects.toThrow("gone");
  });
});
