import { describe, expect, it } from "vitest";
import { show } from "../testing";

const BUTTON = { value: "Run", variant: "primary", size: "lg", link: null, link_target: "_self", icon: null };
const shown = (props = {}) => show({ 2: ["button", { ...BUTTON, ...props }] });

describe("Button", () => {
  it("fires click", async () => {
    const { find, fired } = await shown();
    find("button").click();
    expect(find("button").textContent).toBe("Run");
    expect(fired).toEqual([["click", null]]);
  });

  it("fires nothing when it is not interactive", async () => {
    const { find, fired } = await shown({ interactive: false });
    find("button").click();
    expect(fired).toEqual([]);
  });

  it("is a link when it has one", async () => {
    const { find } = await shown({ link: "https://example.org/", link_target: "_blank" });
    expect(find("a").getAttribute("href")).toBe("https://example.org/");
    expect(find("a").getAttribute("target")).toBe("_blank");
  });

  it.each(["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x"])(
    "opens no %s",
    async (link) => {
      const { page } = await shown({ link });
      expect(page.querySelector("a")).toBeNull();
    },
  );
});
