import { compile } from "vega-lite";
import { describe, expect, it } from "vitest";
import type { NativePlotJSON, NativePlotProps } from "../wire/generated/components";
import { aggregateOf, binWidth, rowsOf, specOf } from "./nativespec";

const VALUE: NativePlotJSON = {
  columns: ["t", "n", "c"],
  data: [
    [0, 1, "a"],
    [1000, 2, "b"],
    [2000, 3, "a"],
    [3000, 4, "b"],
    [4000, 5, "a"],
  ],
  datatypes: { t: "temporal", n: "quantitative", c: "nominal" },
  mark: "line",
};
const PROPS = {
  x: "t",
  y: "n",
  color: null,
  x_bin: null,
  y_aggregate: null,
  tooltip: "axis",
  mark: "line",
  x_lim: null,
  y_lim: null,
  x_axis_labels_visible: true,
} as unknown as NativePlotProps;

describe("a chart of a data frame", () => {
  it("knows widths of groups", () => {
    expect(["10m", "2h", "1d", "0.5s", "3", 4, 0, "None", null].map(binWidth)).toEqual([
      600_000,
      7_200_000,
      86_400_000,
      500,
      3,
      4,
      null,
      null,
      null,
    ]);
  });

  it("aggregates groups and names, but not points by name", () => {
    expect(aggregateOf(PROPS, VALUE)).toBeUndefined();
    expect(aggregateOf({ ...PROPS, x_bin: "1d" }, VALUE)).toBe("sum");
    expect(aggregateOf({ ...PROPS, x: "c", y_aggregate: "mean" }, VALUE)).toBe("mean");
    expect(aggregateOf({ ...PROPS, x: "c", mark: "point" }, VALUE)).toBeUndefined();
    expect(aggregateOf({ ...PROPS, x: "c", y_aggregate: "count" }, { ...VALUE, whole: "k" })).toBe("sum");
  });

  it("takes rows within the limits, and one beyond on each side of each line", () => {
    const times = (more: object) => rowsOf({ ...PROPS, ...more }, VALUE).map((row) => row.t);
    expect(times({})).toEqual([0, 1000, 2000, 3000, 4000]);
    expect(times({ x_lim: [1.5, 2.5] })).toEqual([1000, 2000, 3000]);
    expect(times({ x_lim: [1.5, 2.5], color: "c" })).toEqual([0, 1000, 2000, 3000, 4000]);
    expect(times({ x_lim: [null, 0.5] })).toEqual([0, 1000]);
    expect(times({ x_lim: [1.5, 2.5], x_bin: "2s" })).toEqual([0, 1000, 2000, 3000, 4000]);
  });

  it("brings only the columns that are shown", () => {
    expect(Object.keys(rowsOf(PROPS, VALUE)[0] ?? {})).toEqual(["t", "n"]);
    expect(Object.keys(rowsOf({ ...PROPS, tooltip: "all" }, VALUE)[0] ?? {})).toEqual(["t", "n", "c"]);
  });

  it("is a specification that Vega-Lite takes, whatever is given", () => {
    const given = [
      {},
      { color: "c", color_map: { a: "red" }, colors_in_legend: ["a"] },
      { x: "c", sort: "-y", mark: "bar" },
      { x: "c", sort: ["b", "a"], mark: "bar" },
      { x_bin: "1h", y_aggregate: "median", mark: "bar" },
      { x_lim: [1, 2], y_lim: [0, null], mark: "point", color: "n" },
      { tooltip: ["c"], x_label_angle: 30, x_axis_labels_visible: "hidden", y_axis_format: ".2e" },
      { tooltip: "none", title: "T", x_title: "X", mark: "point" },
    ];
    for (const more of given) {
      const spec = specOf({ ...PROPS, ...more } as NativePlotProps, VALUE, true);
      expect(compile(spec as never).spec.marks?.length).toBeGreaterThan(0);
    }
  });
});
