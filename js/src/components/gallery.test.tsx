// @vitest-environment jsdom

import { describe, expect, it } from "vitest";
import { press, showAlone } from "../testing";
import { install } from "../view";
import { Gallery } from "./gallery";

install("files", { views: { gallery: Gallery } });

const picture = (name: string) => ({ image: { path: name, orig_name: name, meta: {} }, caption: name });
const GALLERY = {
  label: "Shown",
  value: ["a", "b", "c"].map(picture),
  allow_preview: true,
  preview: null,
  selected_index: null,
  interactive: false,
  buttons: [],
  columns: 2,
};

describe("Gallery", () => {
  it("has the keys as soon as another picture is shown, also when the next one comes before a paint", async () => {
    const { click, seen } = await showAlone("gallery", GALLERY);
    await click(".nb-thumb");
    const chosen = () =>
      seen.filter(([event]) => event === "select").map(([, of]) => (of as { index: number }).index);
    for (const key of ["ArrowRight", "ArrowRight", "Home"]) {
      press(document.activeElement as HTMLElement, key);
      await Promise.resolve(); // what was changed is drawn, and nothing is painted
    }
    expect(chosen()).toEqual([0, 1, 2, 0]);
  });
});
