import { describe, expect, it } from "vitest";
import { press, show, type } from "../testing";
import { install } from "../view";
import * as pickers from "../views/pickers";
import { normalized } from "./datetime";

install("pickers", pickers);

async function open(props = {}) {
  const given = { label: "When", value: "2030-12-31 23:59:00", include_time: true, ...props };
  const page = await show({ 2: ["datetime", given] });
  const field = page.find<HTMLInputElement>("input[type=text]");
  return {
    ...page,
    field,
    enter: async (text: string) => {
      field.value = text;
      await page.settle(() => void press(field, "Enter"));
    },
  };
}
const names = (fired: [string, unknown][]) => fired.map(([event]) => event);

describe("DateTime", () => {
  it("takes typed text at Enter, in the session's form, and submits", async () => {
    const { enter, field, block, fired } = await open();
    await enter("2031-1-2 3:04");
    expect(block(2).value).toBe("2031-01-02 03:04:00");
    expect(field.value).toBe("2031-01-02 03:04:00");
    expect(names(fired)).toEqual(["input", "change", "submit"]);
  });

  it("says how to write it, and keeps the last moment", async () => {
    const { enter, field, find, page, block, fired, settle } = await open();
    await enter("tomorrow");
    expect(block(2).value).toBe("2030-12-31 23:59:00");
    expect(fired).toEqual([]);
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(find(`[id="${field.getAttribute("aria-describedby")}"]`).textContent).toContain("2030-12-31");
    await settle(() => type(field, "2031"));
    expect(page.querySelector("[role=alert]")).toBeNull();
  });

  it("is cleared by empty text", async () => {
    const { enter, block } = await open();
    await enter("");
    expect(block(2).value).toBeNull();
  });

  it("takes what is picked", async () => {
    const { find, field, block, settle } = await open();
    await settle(() => type(find<HTMLInputElement>("input[type=datetime-local]"), "2032-02-29T10:20"));
    expect(block(2).value).toBe("2032-02-29 10:20:00");
    expect(field.value).toBe("2032-02-29 10:20:00");
  });

  it("has no time where it has none", async () => {
    const { find, enter, block } = await open({ include_time: false, value: null });
    expect(find("input[type=date]")).toBeTruthy();
    await enter("2031-01-02");
    expect(block(2).value).toBe("2031-01-02");
  });

  it("cannot be changed when it is not interactive", async () => {
    const { field, page } = await open({ interactive: false });
    expect(field.readOnly).toBe(true);
    expect(page.querySelector("button")).toBeNull();
  });
});

describe("normalized", () => {
  it.each([
    ["2030-12-31", "2030-12-31 00:00:00"],
    ["2030-12-31T23:59", "2030-12-31 23:59:00"],
    ["now", "now"],
    ["now - 5m", "now - 5m"],
    ["2030-02-30", undefined],
    ["2030-13-01", undefined],
    ["2030-12-31 24:00", undefined],
    ["now + 5m", undefined],
  ])("%s is %s", (text, moment) => {
    expect(normalized(text, true)).toBe(moment);
  });
});
