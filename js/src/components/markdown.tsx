/** Formatted text. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { MarkdownModule } from "../lazy/markdown";
import { propsOf, type ViewProps } from "../model";
import { scrolls } from "../ui/css";
import { Frame } from "../ui/frame";
import { CopyTool } from "../ui/tool";

export interface MarkdownProps {
  value: string | null;
  rtl: boolean;
  latex_delimiters: { left: string; right: string; display: boolean }[];
  sanitize_html: boolean;
  line_breaks: boolean;
  header_links: boolean;
  buttons: string[] | null;
  padding: boolean;
  container: boolean;
  show_label: boolean | null;
  label: string | null;
}

let loaded: MarkdownModule | null = null;

/** The renderer, once it is there. */
export function useMarkdown(load: (name: string) => Promise<MarkdownModule>): MarkdownModule | null {
  const [module, setModule] = useState(loaded);
  useEffect(() => {
    if (module) return;
    void load("markdown").then((found) => {
      loaded = found;
      setModule(found);
    });
  }, [module]);
  return module;
}

export function Markdown({ block }: ViewProps) {
  const props = propsOf<MarkdownProps>(block);
  const ref = useRef<HTMLDivElement>(null);
  const module = useMarkdown((name) => block.app.chunk(name));
  const source = props.value ?? "";
  const html = module ? module.render(source, props) : null;
  useEffect(() => {
    if (ref.current && module) module.finish(ref.current, props, (name) => block.app.chunk(name));
  }, [html]);
  const canCopy = props.buttons?.includes("copy");
  return (
    <Frame
      block={block}
      hasLabel={props.container && props.show_label === true}
      kind={props.padding ? "nb-padded" : ""}
      toolbar={
        canCopy && <CopyTool text={() => source} copied={() => block.trigger("copy", { value: source })} />
      }
    >
      <div
        class="nb-scroll"
        dir={props.rtl ? "rtl" : undefined}
        {...scrolls(block.props.value)}
        data-testid="markdown"
      >
        {html === null ? (
          <div class="prose md nb-waiting">{source}</div>
        ) : (
          <div ref={ref} class="prose md" dangerouslySetInnerHTML={{ __html: html }} />
        )}
      </div>
    </Frame>
  );
}
