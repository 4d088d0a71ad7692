import { beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../app";
import { FakeChannel, listener, template } from "../testing";
import { lock, unlock } from "./browserstate";

const STATE = { value: "first", default_value: "first", storage_key: "user", secret: "s" };

async function opened(props = {}) {
  const onChange = listener(0, { targets: [[2, "change"]], inputs: [2] });
  const app = new App(template({ 2: ["browserstate", { ...STATE, ...props }] }, [onChange]), {
    isInline: false,
  });
  const channel = new FakeChannel();
  app.connect(channel);
  await vi.waitFor(() => expect(channel.of("hello")).toHaveLength(1));
  return { app, channel, block: app.child(2) };
}

describe("BrowserState", () => {
  beforeEach(() => localStorage.clear());

  it("has its default where the browser holds nothing, and writes nothing", async () => {
    const { block, channel } = await opened();
    expect(block?.value).toBe("first");
    expect(channel.sent.map(({ kind }) => kind)).toEqual(["hello"]);
    expect(localStorage.length).toBe(0);
  });

  it("tells the session what the browser holds before it says hello, then fires change", async () => {
    localStorage.setItem("user", await lock({ name: "Ann" }, "s"));
    const { block, channel } = await opened();
    expect(block?.value).toEqual({ name: "Ann" });
    await vi.waitFor(() =>
      expect(channel.sent.map(({ kind }) => kind)).toEqual(["changes", "hello", "event"]),
    );
    expect(channel.of("changes")[0]?.changes).toEqual({ 2: { value: { name: "Ann" }, rev: 1 } });
    expect(channel.of("event")[0]?.event).toBe("change");
  });

  it("has its default where the secret is another", async () => {
    localStorage.setItem("user", await lock("hidden", "another"));
    const { block } = await opened();
    expect(block?.value).toBe("first");
  });

  it("keeps each new value, unreadable without its secret", async () => {
    const { channel } = await opened();
    channel.say({ kind: "state", models: { 2: { value: "second" } } });
    await vi.waitFor(() => expect(localStorage.getItem("user")).not.toBeNull());
    const text = localStorage.getItem("user") ?? "";
    expect(atob(text)).not.toContain("second");
    expect(await unlock(text, "s")).toBe("second");
    expect((await opened()).block?.value).toBe("second");
  });

  it("reads no damaged text", async () => {
    localStorage.setItem("user", "not what we wrote");
    expect((await opened()).block?.value).toBe("first");
  });
});
