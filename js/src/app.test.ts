import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Block } from "./model";
import { connected, listener, template } from "./testing";
import type { ListenerConfig } from "./wire/messages";

const TEXT = 2;
const OUT = 3;

/** A text field, an output, and listeners of the field. */
function page(...listeners: ListenerConfig[]) {
  const shape = template(
    {
      [TEXT]: ["textbox", { value: "" }],
      [OUT]: ["textbox", { value: "", interactive: false }],
    },
    listeners,
  );
  const { app, channel } = connected(shape);
  return { app, channel, text: app.child(TEXT) as Block, out: app.child(OUT) as Block };
}

const onText = (event: string, more: Partial<ListenerConfig> = {}, id = 0) =>
  listener(id, { targets: [[TEXT, event]], inputs: [TEXT], outputs: [OUT], ...more });

const settled = () => vi.advanceTimersByTimeAsync(0);
const failed = { status: "failed", title: "Error", visible: true, duration_s: 10, traceback: null } as const;

describe("App", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("says hello when the channel opens", () => {
    const { app, channel } = page();
    expect(channel.sent).toMatchObject([{ kind: "hello", page: app.page, seq: 0, multiplexed: true }]);
  });

  describe("edits", () => {
    it("are sent once within 200 ms when no event carries them", async () => {
      const { channel, text } = page();
      text.edit({ value: "a" });
      vi.advanceTimersByTime(100);
      text.edit({ value: "ab" });
      expect(channel.of("changes")).toEqual([]);
      vi.advanceTimersByTime(100);
      expect(channel.of("changes")).toEqual([
        { kind: "changes", changes: { [TEXT]: { value: "ab", rev: 2 } } },
      ]);
      vi.advanceTimersByTime(1000);
      expect(channel.of("changes")).toHaveLength(1);
    });

    it("all go with the next event, of whichever block", async () => {
      const { channel, text, out } = page(onText("submit"));
      out.edit({ value: "also" });
      text.edit({ value: "a" });
      text.trigger("submit", { note: 1 });
      await settled();
      expect(channel.of("event")).toMatchObject([
        {
          listener: 0,
          target: TEXT,
          event: "submit",
          payload: { note: 1 },
          changes: { [TEXT]: { value: "a", rev: 1 }, [OUT]: { value: "also", rev: 1 } },
        },
      ]);
      vi.advanceTimersByTime(1000);
      expect(channel.of("changes")).toEqual([]);
    });

    it("of a value fire input, then change", async () => {
      const { channel, text } = page(onText("change", {}, 0), onText("input", {}, 1));
      text.edit({ value: "a" });
      await settled();
      expect(channel.of("event").map(({ event }) => event)).toEqual(["input", "change"]);
    });

    it("of another prop fire neither", async () => {
      const { channel, text } = page(onText("change"), onText("input", {}, 1));
      text.edit({ lines: 3 });
      await settled();
      expect(channel.of("event")).toEqual([]);
    });

    it("go when the page leaves", () => {
      const { app, channel, text } = page();
      text.edit({ value: "a" });
      app.leave();
      expect(channel.sent.slice(1).map(({ kind }) => kind)).toEqual(["changes", "bye"]);
    });
  });

  describe("trigger modes", () => {
    async function three(trigger_mode: ListenerConfig["trigger_mode"]) {
      const { channel, text, app } = page(onText("input", { trigger_mode }));
      for (const value of ["a", "ab", "abc"]) text.edit({ value });
      await settled();
      return { channel, text, app };
    }
    const end = (channel: Awaited<ReturnType<typeof three>>["channel"], at = 0) =>
      channel.say({ kind: "job", job: channel.of("event")[at]?.job ?? "", listener: 0, status: "done" });

    it("once drops events while one is pending", async () => {
      const { channel, text } = await three("once");
      expect(channel.of("event")).toHaveLength(1);
      end(channel);
      await settled();
      expect(channel.of("event")).toHaveLength(1);
      text.edit({ value: "new" });
      await settled();
      expect(channel.of("event")).toHaveLength(2);
    });

    it("multiple sends each", async () => {
      const { channel } = await three("multiple");
      expect(channel.of("event")).toHaveLength(3);
    });

    it("always_last sends one more, with the values of that moment", async () => {
      const { channel, text } = await three("always_last");
      expect(channel.of("event")).toHaveLength(1);
      vi.advanceTimersByTime(200);
      text.edit({ value: "abcd" });
      end(channel);
      await settled();
      expect(channel.of("event")).toHaveLength(2);
      expect(channel.of("event")[1]?.changes).toEqual({ [TEXT]: { value: "abcd", rev: 4 } });
      end(channel, 1);
      await settled();
      expect(channel.of("event")).toHaveLength(2);
    });
  });

  describe("listeners in the page", () => {
    it("give the inputs of the event", async () => {
      const { channel, text } = page(onText("submit", { js: "(text) => [text + '!']" }));
      text.edit({ value: "a" });
      text.trigger("submit");
      await settled();
      expect(channel.of("event")).toMatchObject([{ inputs: ["a!"], changes: { [TEXT]: { value: "a" } } }]);
    });

    it("without a backend set the outputs, which fire change and are sent", async () => {
      const { channel, text, out } = page(
        onText("submit", { js: "(text, old, ...more) => text + old + more.length", backend: false }),
        listener(1, { targets: [[OUT, "change"]], inputs: [OUT] }),
        listener(2, { targets: [[OUT, "input"]], inputs: [OUT] }),
      );
      text.edit({ value: "a" });
      text.trigger("submit");
      await settled();
      expect(out.value).toBe("a0");
      expect(channel.of("event")).toMatchObject([
        { listener: 1, event: "change", changes: { [OUT]: { value: "a0", rev: 1 } } },
      ]);
      expect(out.status.value).toBeNull();
    });

    it("without a backend may give an update of any props, which only the page keeps", async () => {
      const js = "() => ({ __type__: 'update', label: 'L', visible: false })";
      const { channel, text, out } = page(onText("submit", { js, backend: false }));
      text.trigger("submit");
      await settled();
      expect(out.props.value).toMatchObject({ label: "L", visible: false, value: "" });
      expect(channel.of("changes")).toEqual([]);
    });

    it("are followed by those chained to them", async () => {
      const { channel, text } = page(
        onText("submit", { js: "() => 1", backend: false }),
        listener(1, { after: { listener: 0, on: "success" } }),
        listener(2, { after: { listener: 0, on: "failure" } }),
      );
      text.trigger("submit");
      await settled();
      expect(channel.of("event").map(({ listener: id }) => id)).toEqual([1]);
    });

    it("that fail say so, and send nothing", async () => {
      vi.spyOn(console, "error").mockImplementation(() => {});
      const { app, channel, text, out } = page(
        onText("submit", { js: "() => { throw new Error('<b>no') }" }),
      );
      text.trigger("submit");
      await settled();
      expect(app.toasts.value).toMatchObject([{ level: "error", message: "&#60;b&#62;no" }]);
      expect(channel.of("event")).toEqual([]);
      expect(out.status.value?.state).toBe("failed");
    });

    it("run at load", async () => {
      const { app, out } = page(
        listener(0, { targets: [[null, "load"]], outputs: [OUT], js: "() => 'here'", backend: false }),
      );
      app.loaded();
      app.loaded();
      await settled();
      expect(out.value).toBe("here");
      expect(out.rev).toBe(1);
    });

    it("run when the session fires them", async () => {
      const { channel } = page(onText("submit", { js: "() => ['fired']" }));
      channel.say({ kind: "fire", listener: 0, trigger: [OUT, "change"] });
      await settled();
      expect(channel.of("event")).toMatchObject([{ target: OUT, event: "change", inputs: ["fired"] }]);
    });

    it("with nothing to run only cancel", async () => {
      const { channel, text } = page(onText("submit", { backend: false, cancels: [7] }));
      text.trigger("submit");
      await settled();
      expect(channel.sent.slice(1)).toEqual([{ kind: "cancel", listeners: [7] }]);
    });
  });

  describe("jobs", () => {
    async function begun(app: ReturnType<typeof page>) {
      app.text.trigger("submit");
      await settled();
      return app.channel.of("event")[0]?.job ?? "";
    }

    it("show their state on the outputs", async () => {
      const shown = page(onText("submit"));
      const job = await begun(shown);
      expect(shown.out.status.value).toBeNull(); // most end before anybody would see it
      await vi.advanceTimersByTimeAsync(200);
      expect(shown.out.status.value).toMatchObject({ state: "running" });
      const news = { kind: "job", job, listener: 0 } as const;
      shown.channel.say({ ...news, status: "queued", position: 2, size: 5, eta_s: 4 });
      expect(shown.out.status.value).toMatchObject({ state: "queued", position: 2, size: 5 });
      shown.channel.say({ ...news, status: "done" });
      expect(shown.out.status.value).toBeNull();
    });

    it("that fail show a toast and mark the outputs until the next edit", async () => {
      const shown = page(onText("submit"));
      const job = await begun(shown);
      shown.channel.say({ kind: "job", job, listener: 0, ...failed, message: "No luck." });
      expect(shown.app.toasts.value).toMatchObject([{ level: "error", title: "Error", message: "No luck." }]);
      expect(shown.out.status.value?.state).toBe("failed");
      shown.out.edit({ value: "x" });
      expect(shown.out.status.value).toBeNull();
    });

    it("that fail unseen show no toast", async () => {
      const shown = page(onText("submit"));
      const job = await begun(shown);
      shown.channel.say({ kind: "job", job, listener: 0, ...failed, visible: false, message: "No luck." });
      expect(shown.app.toasts.value).toEqual([]);
    });

    it("end at a reset that does not list them", async () => {
      const shown = page(onText("submit", { trigger_mode: "once" }));
      await begun(shown);
      const { template: now } = shown.app;
      shown.channel.say({ kind: "reset", template: now, models: {}, running: [] });
      expect(shown.out.status.value).toBeNull();
      shown.text.trigger("submit");
      await settled();
      expect(shown.channel.of("event")).toHaveLength(2);
    });
  });

  describe.each([
    ["a kernel", true],
    ["a page's process", false],
  ])("%s", (_, isInline) => {
    function shownApp() {
      const shape = template({ [TEXT]: ["textbox", { value: "" }] }, [onText("submit")]);
      const { app, channel } = connected(shape, isInline);
      return { app, channel, text: app.child(TEXT) as Block };
    }

    async function asked(app: ReturnType<typeof shownApp>) {
      app.text.trigger("submit");
      await vi.advanceTimersByTimeAsync(1000);
      expect(app.channel.of("ping")).toHaveLength(1);
    }

    it("that answers no ping is busy, until it says something", async () => {
      const shown = shownApp();
      await asked(shown);
      expect(shown.app.isUnheard.value).toBe(false);
      await vi.advanceTimersByTimeAsync(1000);
      expect(shown.app.isUnheard.value).toBe(true);
      shown.channel.say({ kind: "state", models: {} });
      expect(shown.app.isUnheard.value).toBe(false);
    });

    it("that runs a long handler is not", async () => {
      const shown = shownApp();
      await asked(shown);
      shown.channel.say({ kind: "pong", seq: 0 });
      await vi.advanceTimersByTimeAsync(5000);
      expect(shown.app.isUnheard.value).toBe(false);
    });
  });

  describe("messages", () => {
    it("of the session set props, without events in the page", async () => {
      const { channel, out } = page(listener(0, { targets: [[OUT, "change"]] }));
      channel.say({ kind: "state", models: { [OUT]: { value: "x", label: "L", rev: 0 } } });
      await settled();
      expect(out.props.value).toMatchObject({ value: "x", label: "L" });
      expect(channel.of("event")).toEqual([]);
    });

    it("that are older than an edit leave it alone", () => {
      const { channel, text } = page();
      text.edit({ value: "newer" });
      channel.say({ kind: "state", models: { [TEXT]: { value: "older", rev: 0 } } });
      expect(text.value).toBe("newer");
    });

    it("with a delta change a part", () => {
      const { channel, out } = page();
      channel.say({ kind: "state", models: { [OUT]: { value: "Hel" } } });
      channel.say({ kind: "delta", block: OUT, prop: "value", ops: [["append", [], "lo"]] });
      expect(out.value).toBe("Hello");
    });

    it("that ask for it are acknowledged once painted", async () => {
      let paint: FrameRequestCallback = () => {};
      vi.stubGlobal("requestAnimationFrame", (callback: FrameRequestCallback) => {
        paint = callback;
        return 1;
      });
      const { channel } = page();
      channel.say({ kind: "state", models: {}, ack: true });
      expect(channel.of("ack")).toEqual([]);
      paint(0);
      await settled();
      expect(channel.of("ack")).toEqual([{ kind: "ack", seq: 1 }]);
      vi.advanceTimersByTime(1000);
      expect(channel.of("ack")).toHaveLength(1);
      vi.unstubAllGlobals();
    });

    it("with a tree replace what stands in a block", () => {
      const { app, channel } = page();
      channel.say({
        kind: "tree",
        parent: app.root.value,
        layout: [{ id: 9, children: [] }],
        blocks: { 9: { type: "markdown", props: { value: "# New" } } },
        listeners: [],
        removed: [],
      });
      expect(app.child(9)?.value).toBe("# New");
      expect(app.child(TEXT)).toBeUndefined();
    });

    it("with a reset keep blocks, and edits the session has not seen", () => {
      const { app, channel, text } = page();
      text.edit({ value: "typing" });
      channel.say({ kind: "reset", template: app.template, models: { [OUT]: { value: "o" } }, running: [] });
      expect(app.child(TEXT)).toBe(text);
      expect(text.value).toBe("typing");
      expect(app.child(OUT)?.value).toBe("o");
      vi.advanceTimersByTime(200);
      expect(channel.of("changes")).toMatchObject([{ changes: { [TEXT]: { value: "typing", rev: 1 } } }]);
    });
  });

  it("gives the result of a server function, or its error", async () => {
    const { app, channel, text } = page();
    const calls = app.call(text, "f", 1);
    const broken = app.call(text, "g", 2);
    const [first, second] = channel.of("call");
    channel.say({ kind: "result", seq: 0, call: first?.call ?? "", value: 42 });
    channel.say({ kind: "result", seq: 0, call: second?.call ?? "", error: "no" });
    await expect(calls).resolves.toBe(42);
    await expect(broken).rejects.toThrow("no");
  });
});

describe("what a validator refused", () => {
  const page = () =>
    connected(
      template({ 2: ["textbox", { value: "" }], 3: ["button", {}] }, [
        listener(0, { targets: [[3, "click"]], inputs: [2] }),
      ]),
    );
  const refusal = {
    kind: "job",
    job: "x",
    listener: 0,
    status: "failed",
    title: "Invalid input",
    message: "Too short",
    visible: true,
    duration_s: 10,
    traceback: null,
    invalid: { 2: "Too short" },
  } as const;

  it("is told at the input, until it is edited", () => {
    const { app, channel } = page();
    channel.say(refusal);
    const block = app.child(2) as Block;
    expect(block.status.value).toMatchObject({ message: "Too short", isInvalid: true });
    expect(app.toasts.value).toEqual([]);
    block.edit({ value: "longer" });
    expect(block.status.value).toBeNull();
  });

  it("is told as a message where the input is not in sight", () => {
    const { app, channel } = page();
    channel.say({ kind: "state", models: { 2: { visible: false } } });
    channel.say(refusal);
    expect(app.toasts.value.map(({ message }) => message)).toEqual(["Too short"]);
  });
});
