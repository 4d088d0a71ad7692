import { expect, it } from "vitest";

const SHEETS = import.meta.glob("./**/*.css", { query: "?raw", import: "default", eager: true }) as Record<
  string,
  string
>;

/** What a sheet says of each class by itself: `.nb-x { … }`. */
function rulesOf(sheet: string): Map<string, string> {
  const rules = new Map<string, string>();
  const bare = sheet.replace(/\/\*[\s\S]*?\*\//g, "");
  for (const [, selectors = "", body = ""] of bare.matchAll(/(?:^|\})\s*([^{}@]+)\{([^{}]*)/g)) {
    for (const selector of selectors.split(",")) {
      const name = /^\s*\.(nb-[\w-]+)\s*$/.exec(selector)?.[1];
      if (name) rules.set(name, (rules.get(name) ?? "") + body.replace(/\s+/g, " "));
    }
  }
  return rules;
}

it("no two sheets style one class, for all are in a page that shows both views", () => {
  expect(rulesOf(SHEETS["./styles.css"] ?? "").size).toBeGreaterThan(50);
  const known = new Map<string, [sheet: string, body: string]>();
  const clashes: string[] = [];
  for (const [sheet, text] of Object.entries(SHEETS)) {
    for (const [name, body] of rulesOf(text)) {
      const other = known.get(name);
      if (other && other[1] !== body) clashes.push(`.${name} in ${other[0]} and ${sheet}`);
      known.set(name, [sheet, body]);
    }
  }
  expect(clashes).toEqual([]);
});
