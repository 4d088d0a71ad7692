import { describe, expect, it, vi } from "vitest";
import type { ToPage } from "../wire/messages";
import { CommChannel, type WidgetModel } from "./comm";

class FakeModel implements WidgetModel {
  sent: unknown[] = [];
  widget_manager?: WidgetModel["widget_manager"];
  private readonly heard = new Map<string, Set<(...args: never[]) => void>>();

  constructor(readonly attributes: Record<string, unknown> = {}) {}

  get(name: string): unknown {
    return this.attributes[name];
  }
  /** As Backbone: all attributes first, then one `change`. */
  set(given: string | Record<string, unknown>, value?: unknown): void {
    Object.assign(this.attributes, typeof given === "string" ? { [given]: value } : given);
    this.emit("change");
  }
  on(event: string, callback: (...args: never[]) => void): void {
    this.heard.set(event, (this.heard.get(event) ?? new Set()).add(callback));
  }
  off(event: string, callback: (...args: never[]) => void): void {
    this.heard.get(event)?.delete(callback);
  }
  emit(event: string, ...args: unknown[]): void {
    for (const callback of this.heard.get(event) ?? []) callback(...(args as never[]));
  }
  send(content: unknown): void {
    this.sent.push(content);
  }
}

async function opened(count = 2) {
  const children = Array.from(
    { length: count },
    () => new FakeModel({ value: "", _seq: 0, _rev: 0, _of: 1 }),
  );
  const models = Object.fromEntries(children.map((_, index) => [index + 2, `IPY_MODEL_m${index}`]));
  const session = new FakeModel({ models });
  session.widget_manager = { get_model: async (id) => children[Number(id.slice(1))] as FakeModel };
  const channel = await CommChannel.open(session);
  const got: ToPage[] = [];
  channel.listen((message) => got.push(message), vi.fn());
  return { session, children, channel, got };
}

describe("CommChannel", () => {
  it("puts a state message together from the updates of its child models", async () => {
    const { children, channel, got } = await opened();
    expect(channel.multiplexed).toBe(false);
    children[0]?.set({ value: "a", _seq: 5, _rev: 1, _of: 2 });
    expect(got).toEqual([]);
    children[1]?.set({ value: "b", _seq: 5, _rev: 0, _of: 2 });
    expect(got).toEqual([
      { kind: "state", seq: 5, models: { 2: { value: "a", rev: 1 }, 3: { value: "b", rev: 0 } } },
    ]);
  });

  it("keeps messages apart whose updates are interleaved", async () => {
    const { children, got } = await opened();
    children[0]?.set({ value: "a", _seq: 1, _of: 2 });
    children[0]?.set({ value: "b", _seq: 2, _of: 1 });
    children[1]?.set({ value: "c", _seq: 1, _of: 2 });
    expect(got.map(({ seq }) => seq)).toEqual([2, 1]);
  });

  it("says once that the session waits for the page to paint", async () => {
    const { children, got } = await opened();
    children[0]?.set({ value: "a", _seq: 1, _of: 1, _ack: 1 });
    children[0]?.set({ value: "b", _seq: 2, _of: 1 });
    expect(got.map(({ seq, ack }) => [seq, ack])).toEqual([
      [1, true],
      [2, undefined],
    ]);
  });

  it("passes the session's own messages on, and no other widget's", async () => {
    const { session, got } = await opened();
    session.emit("msg:custom", { kind: "fire", seq: 1 }, []);
    session.emit("msg:custom", { method: "something else" });
    expect(got).toEqual([{ kind: "fire", seq: 1 }]);
  });

  it("tells what another widget set, and not what this page mirrored", async () => {
    const { children, channel, got } = await opened();
    const edited = vi.fn();
    channel.onForeignEdit(edited);
    channel.mirror(2, { value: "ours" });
    expect(edited).not.toHaveBeenCalled();
    expect(children[0]?.get("value")).toBe("ours");
    children[0]?.set("value", "theirs");
    expect(edited).toHaveBeenCalledExactlyOnceWith(2, { value: "theirs" });
    expect(got).toEqual([]);
  });

  it("takes copies of what it has for no edit: a manager that connects again sets everything anew", async () => {
    const { children, channel } = await opened();
    const edited = vi.fn();
    channel.onForeignEdit(edited);
    channel.mirror(2, { value: ["a"], choices: [["A", "a"]] });
    children[0]?.set({ value: ["a"], choices: [["A", "a"]] });
    expect(edited).not.toHaveBeenCalled();
    children[0]?.set({ value: ["b"], choices: [["A", "a"]] });
    expect(edited).toHaveBeenCalledExactlyOnceWith(2, { value: ["b"] });
  });

  it("gives a model's props without the widget's own attributes", async () => {
    const { children, channel } = await opened();
    children[0]?.set({ label: "L", layout: "x", _rev: 3, _seq: 1 });
    expect(channel.modelState(2)).toEqual({ rev: 3, value: "", label: "L" });
    expect(channel.modelState(99)).toBeNull();
  });

  it("multiplexes where the host gives no other models", async () => {
    const session = new FakeModel({ models: { 2: "IPY_MODEL_m0" } });
    const channel = await CommChannel.open(session);
    expect(channel.multiplexed).toBe(true);
    channel.send({ kind: "ack", seq: 1 });
    expect(session.sent).toEqual([{ kind: "ack", seq: 1 }]);
  });

  it("hears nothing once closed", async () => {
    const { session, children, channel, got } = await opened();
    channel.close();
    children[0]?.set({ value: "a", _seq: 5, _of: 1 });
    session.emit("msg:custom", { kind: "fire", seq: 1 });
    expect(got).toEqual([]);
  });
});
