/** The chunk that makes Markdown HTML: GitHub's dialect, made harmless. */

import createDOMPurify from "dompurify";
import { Marked, type Tokens } from "marked";
import type { MarkdownProps } from "../components/markdown";

const purify = createDOMPurify(window);
purify.addHook("afterSanitizeAttributes", (node) => {
  if (node.nodeName === "A" && node.getAttribute("href") && !node.getAttribute("href")?.startsWith("#")) {
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer");
  }
});

/** HTML in which nothing can run, be submitted or restyle the page. */
export function sanitize(html: string): string {
  return purify.sanitize(html, {
    FORBID_TAGS: ["style", "form", "link", "meta", "base", "iframe", "object", "embed"],
    ADD_ATTR: ["target"],
  });
}

type Options = Pick<MarkdownProps, "latex_delimiters" | "sanitize_html" | "line_breaks" | "header_links">;

const escaped = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** Formulas are taken out before Markdown reads the text, and stand as marked elements in what comes back. */
function withoutFormulas(source: string, delimiters: Options["latex_delimiters"]): [string, string[]] {
  const formulas: string[] = [];
  let text = source;
  for (const { left, right, display } of delimiters) {
    if (!left || !right) continue;
    const pattern = new RegExp(`${literal(left)}([\\s\\S]+?)${literal(right)}`, "g");
    text = text.replace(pattern, (_, formula: string) => {
      formulas.push(`<span class="nb-formula" data-display="${display}">${escaped(formula.trim())}</span>`);
      return `\u0002${formulas.length - 1}\u0003`;
    });
  }
  return [text, formulas];
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Markdown as HTML. */
export function render(source: string, options: Options): string {
  const [text, formulas] = withoutFormulas(source, options.latex_delimiters);
  const marked = new Marked({ gfm: true, breaks: options.line_breaks, async: false });
  if (options.header_links) {
    marked.use({
      renderer: {
        heading({ tokens, depth, text: raw }: Tokens.Heading) {
          const id = raw
            .toLowerCase()
            .replace(/[^\p{L}\p{N}]+/gu, "-")
            .replace(/^-|-$/g, "");
          const inner = this.parser.parseInline(tokens);
          return `<h${depth} id="${id}">${inner} <a class="nb-header-link" href="#${id}" aria-label="Link to this heading">#</a></h${depth}>`;
        },
      },
    });
  }
  let html = marked.parse(text) as string;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they mark the formulas, and cannot be typed
  html = html.replace(/\u0002(\d+)\u0003/g, (_, index: string) => formulas[Number(index)] ?? "");
  return options.sanitize_html ? sanitize(html) : html;
}

/** How deep in block-level HTML a stretch ends: tags that it opens, less those that it closes. */
function depthOf(html: string): number {
  let depth = 0;
  for (const [, close, name, empty] of html.matchAll(/<(\/?)([a-zA-Z][\w-]*)[^>]*?(\/?)>/g)) {
    if (empty || VOID.has((name as string).toLowerCase())) continue;
    depth += close ? -1 : 1;
  }
  return depth;
}

const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
/** A definition of a link, which may be far from where it is used. */
const DEFINITION = /^ {0,3}\[[^\]]+\]:/m;

/**
 * Markdown in stretches that mean the same each on its own. Text that grows keeps its stretches but the last, so that
 * its length does not matter; `before` are those of the text as it was.
 */
export function stretches(
  source: string,
  delimiters: Options["latex_delimiters"],
  before: string[] = [],
): string[] {
  const text = source.replace(/\r\n?/g, "\n");
  if (DEFINITION.test(text)) return [text];
  const kept: string[] = [];
  let at = 0;
  for (const stretch of before.slice(0, -1)) {
    if (!text.startsWith(stretch, at)) break;
    kept.push(stretch);
    at += stretch.length;
  }
  return [...kept, ...split(text.slice(at), delimiters)];
}

/** Where formulas stand; one that is not closed yet goes on to behind the end. */
function spansOf(text: string, { left, right }: Options["latex_delimiters"][number]): [number, number][] {
  const spans: [number, number][] = [];
  if (!left || !right) return spans;
  for (let at = text.indexOf(left); at >= 0; at = text.indexOf(left, spans.at(-1)?.[1])) {
    const close = text.indexOf(right, at + left.length + 1);
    spans.push([at, close < 0 ? text.length + 1 : close + right.length]);
  }
  return spans;
}

function split(text: string, delimiters: Options["latex_delimiters"]): string[] {
  const tokens = new Marked({ gfm: true }).lexer(text);
  if (tokens.reduce((length, { raw }) => length + raw.length, 0) !== text.length) return [text];
  const formulas = delimiters.flatMap((delimiter) => spansOf(text, delimiter));
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  let end = 0;
  tokens.forEach(({ type, raw }, index) => {
    end += raw.length;
    if (type === "html") depth += depthOf(raw);
    const isInside = depth > 0 || formulas.some(([from, to]) => from < end && end < to);
    if (isInside || tokens[index + 1]?.type === "space") return;
    found.push(text.slice(start, end));
    start = end;
    depth = 0;
  });
  if (start < end) found.push(text.slice(start));
  return found;
}

interface Katex {
  toMathML(formula: string, display: boolean): string;
}

interface Highlight {
  highlight(code: HTMLElement): void;
}

/** Formulas and code get their look once their own chunks are there. */
export function finish(
  element: HTMLElement,
  _options: Options,
  chunk: <T>(name: string) => Promise<T>,
): void {
  const formulas = element.querySelectorAll<HTMLElement>(".nb-formula:not([data-done])");
  if (formulas.length > 0) {
    void chunk<Katex>("katex").then(({ toMathML }) => {
      for (const formula of formulas) {
        formula.innerHTML = toMathML(formula.textContent ?? "", formula.dataset.display === "true");
        formula.dataset.done = "true";
      }
    });
  }
  const codes = element.querySelectorAll<HTMLElement>("pre > code[class*=language-]:not([data-done])");
  if (codes.length > 0) {
    void chunk<Highlight>("highlight").then(({ highlight }) => {
      for (const code of codes) {
        highlight(code);
        code.dataset.done = "true";
      }
    });
  }
}

export interface MarkdownModule {
  render: typeof render;
  sanitize: typeof sanitize;
  finish: typeof finish;
  stretches: typeof stretches;
}
