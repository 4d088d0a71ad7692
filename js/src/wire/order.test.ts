import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ToPage } from "./messages";
import { Inbox } from "./order";

const state = (seq: number): ToPage => ({ kind: "state", seq, models: {} });
const reset = (seq: number) => ({ kind: "reset", seq }) as ToPage;

function inbox(applied = 0) {
  const got: string[] = [];
  const resync = vi.fn();
  const box = new Inbox((message) => got.push(`${message.kind}${message.seq}`), resync, applied);
  return { box, got, resync };
}

describe("Inbox", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("delivers by number, whatever order messages came in", () => {
    const { box, got } = inbox();
    for (const seq of [2, 3, 1, 5, 4]) box.receive(state(seq));
    expect(got).toEqual(["state1", "state2", "state3", "state4", "state5"]);
    expect(box.applied).toBe(5);
  });

  it("drops what it already delivered", () => {
    const { box, got } = inbox(2);
    for (const seq of [1, 2, 3, 3]) box.receive(state(seq));
    expect(got).toEqual(["state3"]);
  });

  it("lets messages without a number pass", () => {
    const { box, got } = inbox();
    box.receive({ kind: "result", seq: 0, call: "c" });
    expect(got).toEqual(["result0"]);
    expect(box.applied).toBe(0);
  });

  it("asks for a resync after a second with a hole, and again each second", () => {
    const { box, resync } = inbox();
    box.receive(state(2));
    vi.advanceTimersByTime(999);
    expect(resync).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(resync).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(resync).toHaveBeenCalledTimes(2);
  });

  it("asks for nothing once the hole is filled", () => {
    const { box, resync, got } = inbox();
    box.receive(state(2));
    box.receive(state(1));
    vi.advanceTimersByTime(5000);
    expect(resync).not.toHaveBeenCalled();
    expect(got).toEqual(["state1", "state2"]);
  });

  it("takes a reset past a hole, and what follows it", () => {
    const { box, got } = inbox();
    box.receive(state(3));
    box.receive(state(6));
    box.receive(reset(5));
    expect(got).toEqual(["reset5", "state6"]);
  });

  it("takes the lower numbers of a new session after its reset", () => {
    const { box, got } = inbox(40);
    box.receive(reset(1));
    box.receive(state(2));
    expect(got).toEqual(["reset1", "state2"]);
  });

  it("is quiet when closed", () => {
    const { box, resync } = inbox();
    box.receive(state(2));
    box.close();
    vi.advanceTimersByTime(5000);
    expect(resync).not.toHaveBeenCalled();
  });
});
