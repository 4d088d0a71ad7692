import { expect, it } from "vitest";
import { isRun, MAX_APP_BYTES, MAX_RUNS, surplus } from "./store";

const head = (id: number, size_bytes = 1, scope = "app") => ({ id, scope, at_ms: id, size_bytes });

it("lets the oldest runs go: by number, and by bytes", () => {
  const many = Array.from({ length: MAX_RUNS + 2 }, (_, id) => head(id));
  expect(surplus(many, "app")).toEqual([1, 0]);
  expect(surplus([...many, head(99, 1, "other")], "other")).toEqual([]);
  expect(surplus([head(1), head(2, MAX_APP_BYTES), head(3)], "app")).toEqual([2, 1]);
});

it("takes for a run only what is one", () => {
  const run = {
    id: 1,
    at_ms: 1,
    time_s: 1,
    name: "Go",
    status: "done",
    inputs: [{ block: 2, type: "textbox", label: "A", value: "a" }],
    outputs: [],
    files: { a: { name: "a.png", blob: new Blob([]) } },
  };
  expect(isRun(run)).toBe(true);
  const wrong = [null, 3, { ...run, id: "1" }, { ...run, name: {} }, { ...run, status: "x" }];
  const more = [
    { ...run, inputs: [null] },
    { ...run, outputs: "a" },
    { ...run, files: { a: { name: "a" } } },
  ];
  expect([...wrong, ...more].filter(isRun)).toEqual([]);
});
