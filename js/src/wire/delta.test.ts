import { describe, expect, it } from "vitest";
import { applyDelta } from "./delta";

describe("applyDelta", () => {
  it("appends text to the prop itself", () => {
    expect(applyDelta("Hel", [["append", [], "lo"]])).toBe("Hello");
    expect(applyDelta(null, [["append", [], "x"]])).toBe("x");
  });

  it("appends to text inside", () => {
    const value = [{ content: "a" }, { content: "b" }];
    expect(applyDelta(value, [["append", [1, "content"], "c"]])).toEqual([
      { content: "a" },
      { content: "bc" },
    ]);
  });

  it("appends items to a list", () => {
    expect(applyDelta({ rows: [1] }, [["append", ["rows"], [2, 3]]])).toEqual({ rows: [1, 2, 3] });
  });

  it("replaces, adds and deletes", () => {
    expect(applyDelta("a", [["replace", [], "b"]])).toBe("b");
    expect(applyDelta({ a: 1 }, [["replace", ["a"], 2]])).toEqual({ a: 2 });
    expect(applyDelta({ a: 1 }, [["add", ["b"], 2]])).toEqual({ a: 1, b: 2 });
    expect(applyDelta([1, 3], [["add", [1], 2]])).toEqual([1, 2, 3]);
    expect(applyDelta([1, 2, 3], [["delete", [1]]])).toEqual([1, 3]);
    expect(applyDelta({ a: 1, b: 2 }, [["delete", ["a"]]])).toEqual({ b: 2 });
    expect(applyDelta({ a: 1 }, [["delete", []]])).toBeNull();
  });

  it("applies one after the other", () => {
    expect(
      applyDelta(
        ["a"],
        [
          ["add", [1], "b"],
          ["append", [1], "c"],
        ],
      ),
    ).toEqual(["a", "bc"]);
  });

  it("leaves the old value and what did not change as they were", () => {
    const value = { kept: { x: 1 }, list: [1] };
    const after = applyDelta(value, [["append", ["list"], [2]]]) as typeof value;
    expect(value).toEqual({ kept: { x: 1 }, list: [1] });
    expect(after).not.toBe(value);
    expect(after.kept).toBe(value.kept);
  });
});
