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

/** The classes with which selectors of a sheet begin: `.nb-x + .nb-y`, `.nb-x > p`. */
function leadersOf(sheet: string): Set<string> {
  const bare = sheet.replace(/\/\*[\s\S]*?\*\//g, "");
  return new Set([...bare.matchAll(/(?:^|[},])\s*\.(nb-[\w-]+)(?![\w-])/g)].map(([, name = ""]) => name));
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

it("no sheet of views hides or styles what another one's selectors begin with", () => {
  const views = Object.entries(SHEETS).filter(([sheet]) => sheet.startsWith("./views/"));
  const clashes = views.flatMap(([sheet, text]) =>
    [...rulesOf(text)].flatMap(([name, body]) =>
      views
        .filter(([other, theirs]) => other !== sheet && leadersOf(theirs).has(name))
        .filter(([, theirs]) => rulesOf(theirs).get(name) !== body)
        .map(([other]) => `.${name} of ${sheet} in ${other}`),
    ),
  );
  expect(clashes).toEqual([]);
});
