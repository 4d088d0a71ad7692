import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ToPage } from "./messages";
import { Inbox } from "./order";

const message = (seq: number, kind = "state") => ({ kind, seq, models: {} }) as unknown as ToPage;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function inbox(applied = 0) {
  const seen: number[] = [];
  const resync = vi.fn();
  const box = new Inbox(({ seq }) => seen.push(seq), resync, applied);
  return { box, seen, resync };
}

test("messages are delivered by seq, whatever order they come in", () => {
  const { box, seen } = inbox();
  for (const seq of [2, 3, 1, 5, 4]) box.receive(message(seq));
  expect(seen).toEqual([1, 2, 3, 4, 5]);
});

test("one that came before is not delivered again", () => {
  const { box, seen } = inbox();
  for (const seq of [1, 1, 2, 1, 2]) box.receive(message(seq));
  expect(seen).toEqual([1, 2]);
});

test("a hole asks for a resync after a second, not before", () => {
  const { box, resync } = inbox();
  box.receive(message(2));
  vi.advanceTimersByTime(999);
  expect(resync).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(resync).toHaveBeenCalledOnce();
});

test("a reset goes ahead of a hole, and what it holds is not delivered after it", () => {
  const { box, seen, resync } = inbox();
  box.receive(message(3));
  box.receive(message(7, "reset"));
  box.receive(message(8));
  vi.advanceTimersByTime(3000);
  expect(seen).toEqual([7, 8]);
  expect(resync).not.toHaveBeenCalled();
});

test("seq 0 stands outside of the order", () => {
  const { box, seen } = inbox(4);
  box.receive(message(0, "chunk"));
  expect(seen).toEqual([0]);
});
