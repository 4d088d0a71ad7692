/** Markdown that grows: block by block, so that only the block that changes is drawn again. */

import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { MarkdownModule } from "../../lazy/markdown";
import type { Block } from "../../model";
import { writeClipboard } from "../../ui/tool";
import { useMarkdown } from "../markdown";
import { memo, shallow } from "./memo";
import { morph } from "./morph";

export interface ProseOptions {
  latex_delimiters: { left: string; right: string; display: boolean }[];
  sanitize_html: boolean;
  line_breaks: boolean;
  allow_tags: boolean | string[];
}

interface StretchProps {
  source: string;
  options: ProseOptions;
  module: MarkdownModule;
  block: Block;
}

function DrawnStretch({ source, options, module, block }: StretchProps) {
  const ref = useRef<HTMLDivElement>(null);
  const html = useMemo(
    () => module.render(withTags(source, options.allow_tags), { ...options, header_links: false }),
    [source, options],
  );
  useLayoutEffect(() => {
    const element = ref.current as HTMLDivElement;
    morph(element, html);
    module.finish(element, { ...options, header_links: false }, (name) => block.app.chunk(name));
    for (const pre of element.querySelectorAll("pre")) addCopy(pre);
  }, [html]);
  return <div ref={ref} class="nb-stretch" />;
}

const Stretch = memo(DrawnStretch, shallow);

/** The Markdown of one message. */
export function Prose({ source, options, block }: { source: string; options: ProseOptions; block: Block }) {
  const module = useMarkdown((name) => block.app.chunk(name));
  const known = useRef<string[]>([]);
  if (!module) return <div class="prose md chatbot nb-waiting">{source}</div>;
  known.current = module.stretches(source, options.latex_delimiters, known.current);
  return (
    <div class="prose md chatbot">
      {known.current.map((stretch, index) => (
        <Stretch key={index} source={stretch} options={options} module={module} block={block} />
      ))}
    </div>
  );
}

/** Code, and what opens like a tag. */
const TAGS = /(```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`)|<(?=\/?([a-zA-Z][\w-]*)[\s/>])/g;

/** Markdown in which tags that HTML does not know are text, all or those named: models write many. */
function withTags(source: string, kept: boolean | string[]): string {
  if (kept === false || !source.includes("<")) return source;
  return source.replace(TAGS, (found, code: string | undefined, tag: string) => {
    if (code !== undefined || isKnown(tag)) return found;
    return kept === true || kept.some((one) => one.toLowerCase() === tag.toLowerCase()) ? "&lt;" : found;
  });
}

const known = new Map<string, boolean>();

function isKnown(tag: string): boolean {
  const name = tag.toLowerCase();
  let answer = known.get(name);
  if (answer === undefined) {
    const isHtml = !name.includes("-") && !(document.createElement(name) instanceof HTMLUnknownElement);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", tag);
    answer =
      isHtml ||
      (!name.includes("-") && svg.constructor !== globalThis.SVGElement && svg.constructor !== Element);
    known.set(name, answer);
  }
  return answer;
}

function addCopy(pre: HTMLPreElement): void {
  if (pre.querySelector(".nb-copy-code")) return;
  const button = pre.ownerDocument.createElement("button");
  button.type = "button";
  button.className = "nb-copy-code";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy code");
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    void writeClipboard(pre.querySelector("code")?.textContent ?? "").then(() => {
      button.textContent = "Copied";
      setTimeout(() => {
        button.textContent = "Copy";
      }, 1500);
    });
  });
  pre.append(button);
}
