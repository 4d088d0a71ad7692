// @vitest-environment jsdom

import { describe, expect, it } from "vitest";
import { render, sanitize, stretches } from "./markdown";

const OPTIONS = { latex_delimiters: [], sanitize_html: true, line_breaks: false, header_links: false };

/** The HTML as elements, to look for what could run. */
function elements(html: string): HTMLElement {
  const holder = document.createElement("div");
  holder.innerHTML = html;
  return holder;
}

describe("render", () => {
  it.each([
    ["<img src=x onerror=alert(1)>", "[onerror]"],
    ["<script>alert(1)</script>", "script"],
    ["[x](javascript:alert(1))", "a[href^=javascript]"],
    ["<a href='javascript:alert(1)'>x</a>", "a[href^=javascript]"],
    ["<a href='jAvAsCrIpT:alert(1)'>x</a>", "a[href^=jAvAsCrIpT]"],
    ["<svg onload=alert(1)></svg>", "[onload]"],
    ["<iframe src='https://example.org'></iframe>", "iframe"],
    ["<style>* { display: none }</style>", "style"],
    ["<form action='https://example.org'><input></form>", "form"],
  ])("lets nothing of %s through", (source, selector) => {
    expect(elements(render(source, OPTIONS)).querySelector(selector)).toBeNull();
  });

  it("leaves HTML alone where its author says so", () => {
    const html = render("<img src=x onerror='1'>", { ...OPTIONS, sanitize_html: false });
    expect(html).toContain("onerror");
  });

  it("writes GitHub's dialect", () => {
    const page = elements(render("# Hi\n\n| a |\n|---|\n| 1 |\n\n~~no~~", OPTIONS));
    expect(page.querySelector("h1")?.textContent).toBe("Hi");
    expect(page.querySelector("td")?.textContent).toBe("1");
    expect(page.querySelector("del")?.textContent).toBe("no");
  });

  it("breaks lines where asked", () => {
    expect(elements(render("a\nb", OPTIONS)).querySelector("br")).toBeNull();
    expect(elements(render("a\nb", { ...OPTIONS, line_breaks: true })).querySelector("br")).not.toBeNull();
  });

  it("keeps formulas from Markdown, and marks them", () => {
    const latex_delimiters = [{ left: "$$", right: "$$", display: true }];
    const page = elements(render("so $$a_1 * b_1 < c$$ it is", { ...OPTIONS, latex_delimiters }));
    const formula = page.querySelector<HTMLElement>(".nb-formula");
    expect(formula?.textContent).toBe("a_1 * b_1 < c");
    expect(formula?.dataset.display).toBe("true");
  });
});

describe("sanitize", () => {
  it("opens links elsewhere in a tab that cannot reach back", () => {
    const link = elements(sanitize("<a href='https://example.org'>x</a>")).querySelector("a");
    expect(link?.getAttribute("target")).toBe("_blank");
    expect(link?.getAttribute("rel")).toContain("noopener");
  });
});

describe("stretches", () => {
  const MATHS = [{ left: "$$", right: "$$", display: true }];

  it("are the blocks of the text, and together all of it", () => {
    const text = "# Head\n\ntext\n\n- a\n- b\n\n```js\n\nx\n```\nend";
    const found = stretches(text, MATHS);
    expect(found.join("")).toBe(text);
    expect(found).toHaveLength(5);
  });

  it("stay the same but for the last while the text grows", () => {
    const before = stretches("one\n\ntwo\n\nthr", MATHS);
    const after = stretches("one\n\ntwo\n\nthree\n\nfour", MATHS, before);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after.join("")).toBe("one\n\ntwo\n\nthree\n\nfour");
  });

  it("do not part a formula, an open one neither", () => {
    expect(stretches("a\n\n$$x\n\ny$$\n\nb", MATHS)).toEqual(["a\n\n", "$$x\n\ny$$\n\n", "b"]);
    expect(stretches("a\n\n$$x\n\ny", MATHS)).toEqual(["a\n\n", "$$x\n\ny"]);
  });

  it("do not part HTML from what it holds", () => {
    const text = "<details>\n\n**in**\n\n</details>\n\nout";
    expect(stretches(text, MATHS)).toEqual(["<details>\n\n**in**\n\n</details>\n\n", "out"]);
  });

  it("are one where a link is defined", () => {
    expect(stretches("a [b]\n\nc\n\n[b]: https://example.org", MATHS)).toHaveLength(1);
  });
});
