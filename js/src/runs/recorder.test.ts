import { beforeEach, expect, it } from "vitest";
import { Block } from "../model";
import { listener } from "../testing";
import type { ListenerConfig } from "../wire/messages";
import { Recorder, type Run } from "./recorder";

const settled = () => new Promise((resolve) => setTimeout(resolve));

function recorder(listeners: ListenerConfig[], isKept = true) {
  const kept: Run[] = [];
  const forgotten: string[] = [];
  const app = {} as Block["app"];
  const blocks = new Map(
    [
      new Block(app, 2, "textbox", { label: "Text", value: "a" }),
      new Block(app, 3, "textbox", { label: "Password", type: "password", value: "s3cret" }),
      new Block(app, 4, "button", { value: "Go" }),
      new Block(app, 5, "timer", { value: 1 }),
      new Block(app, 6, "state", {}),
    ].map((block) => [block.id, block]),
  );
  const made = new Recorder(
    { scope: "app", kept: isKept },
    {
      block: (id) => blocks.get(id),
      listener: (id) => listeners.find((one) => one.id === id),
      addressOf: async () => "",
      chunk: async () => ({
        css: "",
        keep: async (_scope, run) => kept.push(run) > 0,
        forget: async (scope) => {
          forgotten.push(scope);
        },
        open: async () => {},
      }),
    },
  );
  return { made, kept, forgotten, blocks };
}

const click = listener(0, { targets: [[4, "click"]], inputs: [2, 3, 6], outputs: [2] });
const after = listener(1, { after: { listener: 0, on: "then" }, inputs: [2] });
const tick = listener(2, { targets: [[5, "tick"]], outputs: [2] });
const change = listener(3, { targets: [[2, "change"]], inputs: [2] });
const all = [click, after, tick, change];

beforeEach(() => localStorage.clear());

it("keeps a run with the values before and after, its caption, and no secret", async () => {
  const { made, kept, blocks } = recorder(all);
  made.started("j", click, [4, "click"], false);
  made.sent("j");
  blocks.get(2)?.apply({ value: "b" });
  made.ended("j", { status: "done" });
  await settled();
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({
    name: "Go",
    status: "done",
    inputs: [
      { block: 2, label: "Text", value: "a" },
      { block: 3, value: null, left_out: "secret" },
    ],
    outputs: [{ block: 2, value: "b" }],
  });
  expect(JSON.stringify(kept)).not.toContain("s3cret");
  expect(made.hasRuns.value).toBe(true);
});

it("keeps no run of a timer or a load, nor what followed from one", async () => {
  const { made, kept } = recorder(all);
  made.started("t", tick, [5, "tick"], false);
  made.started("c", change, [2, "change"], true);
  made.heard("l", listener(7, { targets: [[null, "load"]] }));
  for (const job of ["t", "c", "l"]) made.ended(job, { status: "done" });
  await settled();
  expect(kept).toEqual([]);
});

it("keeps what followed from a click: a chain's next, and what a change of its outputs ran", async () => {
  const { made, kept } = recorder(all);
  made.started("t", tick, [5, "tick"], false);
  made.started("j", click, [4, "click"], false);
  made.heard("k", after);
  made.started("c", change, [2, "change"], true);
  for (const job of ["k", "c"]) made.ended(job, { status: "done" });
  await settled();
  expect(kept.map(({ name }) => name)).toEqual(["Go", "Text"]);
});

it("keeps no run of a listener that is not public, streams, or lives in the page", async () => {
  const others = [{ unlisted: true as const }, { connection: "stream" as const }, { backend: false }];
  const { made, kept } = recorder(all);
  others.forEach((given, index) => {
    made.started(`${index}`, { ...click, ...given }, [4, "click"], false);
    made.ended(`${index}`, { status: "done" });
  });
  await settled();
  expect(kept).toEqual([]);
});

it("deletes what an app that no longer keeps runs had kept", async () => {
  localStorage.setItem("nbblocks:runs:app", "1");
  const { made, kept, forgotten } = recorder(all, false);
  made.started("j", click, [4, "click"], false);
  made.ended("j", { status: "done" });
  await settled();
  expect([kept, forgotten, made.hasRuns.value]).toEqual([[], ["app"], false]);
  expect(localStorage.length).toBe(0);
});
