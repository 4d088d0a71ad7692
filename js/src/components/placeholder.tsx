/** What stands where a picture can be given, in its author's words, which may be Markdown. */

import type { Block } from "../model";
import { useMarkdown } from "./markdown";

const PLAIN = { latex_delimiters: [], sanitize_html: true, line_breaks: true, header_links: false };
/** What makes a text more than words. */
const MARKED = /[#*_`~<>[\]|]/;

function Marked({ block, text }: { block: Block; text: string }) {
  const module = useMarkdown((name) => block.app.chunk(name));
  if (!module) return <span>{text}</span>;
  return <div class="prose md" dangerouslySetInnerHTML={{ __html: module.render(text, PLAIN) }} />;
}

export function Placeholder({ block, text, or }: { block: Block; text: string | null; or?: string }) {
  if (!text) return or ? <span>{or}</span> : null;
  return MARKED.test(text) ? <Marked block={block} text={text} /> : <span>{text}</span>;
}
