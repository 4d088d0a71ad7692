/** Free HTML, and the base of components of one's own. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { filled } from "../filling";
import { type Block, propsOf, type ViewProps } from "../model";
import { scoped, scrolls } from "../ui/css";
import { Frame } from "../ui/frame";
import type { HTMLProps } from "../wire/generated/components";

function valuesOf(block: Block): Record<string, unknown> {
  const { props = {}, value, ...rest } = propsOf<HTMLProps & Record<string, unknown>>(block);
  return { label: rest.label, ...props, value: value ?? "" };
}

/** What the author's script sees: reading gives the props of the moment, setting is an edit. */
function liveProps(block: Block): Record<string, unknown> {
  return new Proxy({} as Record<string, unknown>, {
    get: (_, name) => (typeof name === "string" ? valuesOf(block)[name] : undefined),
    has: (_, name) => typeof name === "string" && name in valuesOf(block),
    set: (_, name, value) => {
      if (name === "value") block.edit({ value });
      else if (typeof name === "string") {
        block.edit({ props: { ...(block.props.peek().props as object), [name]: value } });
      }
      return true;
    },
  });
}

const heads = new Map<string, Promise<void>>();

/** Puts HTML into the page's head, once however many components bring it; done when its scripts have run. */
function addToHead(html: string | null): Promise<void> {
  if (!html) return Promise.resolve();
  let known = heads.get(html);
  if (!known) {
    known = takeIntoHead(html);
    heads.set(html, known);
  }
  return known;
}

async function takeIntoHead(html: string): Promise<void> {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const node of [...template.content.children]) {
    if (!(node instanceof HTMLScriptElement)) {
      document.head.append(node);
      continue;
    }
    const script = document.createElement("script"); // one that was parsed as text does not run
    for (const { name, value } of node.attributes) script.setAttribute(name, value);
    script.textContent = node.textContent;
    script.async = false;
    const ended = new Promise<void>((resolve) => {
      if (!script.src) resolve();
      script.onload = () => resolve();
      script.onerror = () => resolve();
    });
    document.head.append(script);
    await ended;
  }
}

export function FreeHTML({ block }: ViewProps) {
  const props = propsOf<HTMLProps>(block);
  const ref = useRef<HTMLDivElement>(null);
  let html: string;
  let css = "";
  try {
    const values = valuesOf(block);
    html = filled(props.html_template, values);
    css = props.css_template ? filled(props.css_template, values) : "";
  } catch (error) {
    html = "";
    console.error(error);
    block.app.toast("error", "Error in an HTML template", String(error));
  }
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || element.dataset.shown === html) return;
    element.innerHTML = html;
    element.dataset.shown = html;
    if (props.autoscroll) element.parentElement?.scrollTo({ top: element.scrollHeight });
  }, [html]);
  useEffect(() => {
    const script = props.js_on_load;
    if (!script || !ref.current) return;
    const server = Object.fromEntries(
      (props.server_functions ?? []).map((name) => [
        name,
        (...data: unknown[]) => block.app.call(block, name, data),
      ]),
    );
    const trigger = (event: string, data: unknown = null) => block.trigger(event, data);
    const upload = (file: File) => block.app.upload(block, file, () => {});
    const run = () => {
      try {
        new Function("element", "trigger", "props", "server", "upload", "document", script)(
          ref.current,
          trigger,
          liveProps(block),
          server,
          upload,
          block.app.document,
        );
      } catch (error) {
        console.error(error);
        block.app.toast("error", "Error in an HTML script", String(error));
      }
    };
    if (props.head) void addToHead(props.head).then(run);
    else run();
  }, [props.js_on_load]);
  useEffect(() => {
    void addToHead(props.head);
  }, [props.head]);
  return (
    <Frame
      block={block}
      hasLabel={props.container && props.show_label === true}
      kind={props.padding ? "nb-padded" : ""}
    >
      {css && <style>{scoped(`#component-${block.id} { ${css} }`, false)}</style>}
      <div class="nb-scroll" {...scrolls(block.props.value)}>
        <div ref={ref} class={props.apply_default_css ? "prose html-container" : "html-container"} />
      </div>
    </Frame>
  );
}
