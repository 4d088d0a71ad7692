/** Free HTML, and the base of components of one's own. */

import { render } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { filled } from "../filling";
import { type Block, propsOf, type ViewProps } from "../model";
import { scoped, scrolls } from "../ui/css";
import { Frame } from "../ui/frame";
import { isAtEnd } from "../ui/scroll";
import { Children } from "../view";
import type { HTMLProps } from "../wire/generated/components";
import { follow } from "./follow";

function valuesOf(block: Block): Record<string, unknown> {
  const { props = {}, value, ...rest } = propsOf<HTMLProps & Record<string, unknown>>(block);
  return { label: rest.label, ...props, value: value ?? "" };
}

/** What finds the block's own element, whether or not its author gave it an id. */
function selectorOf(block: Block): string {
  const { elem_id } = propsOf<HTMLProps>(block);
  return `#${CSS.escape(elem_id || `component-${block.id}`)}[data-block="${block.id}"]`;
}

/** Blocks whose present change is their own script's. */
const ownEdits = new WeakSet<Block>();

/** What the author's script sees: reading gives the props of the moment, setting is an edit. */
function liveProps(block: Block): Record<string, unknown> {
  return new Proxy({} as Record<string, unknown>, {
    get: (_, name) => (typeof name === "string" ? valuesOf(block)[name] : undefined),
    has: (_, name) => typeof name === "string" && name in valuesOf(block),
    set: (_, name, value) => {
      if (valuesOf(block)[name as string] !== value) ownEdits.add(block);
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
async function addToHead(html: string | null): Promise<void> {
  if (!html) return;
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const node of [...template.content.children]) {
    const key = node.getAttribute("src") ?? node.getAttribute("href") ?? node.outerHTML;
    let known = heads.get(key);
    if (!known) {
      known = takeIntoHead(node);
      heads.set(key, known);
    }
    await known;
  }
}

async function takeIntoHead(node: Element): Promise<void> {
  if (!(node instanceof HTMLScriptElement)) {
    document.head.append(node);
    return;
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

/** Where the blocks inside stand in the template. */
const CHILDREN = /@children\b/;

/** Callbacks of `watch`, by the names of the properties that they wait for. */
type Watches = { names: string[]; callback: () => void }[];

/** Calls back who watches a property that the session has changed, once the template shows it. */
function useWatches(block: Block, watches: Watches): void {
  const before = useRef<Record<string, unknown>>(valuesOf(block));
  useEffect(() => {
    const now = valuesOf(block);
    const changed = Object.keys({ ...before.current, ...now }).filter(
      (name) => before.current[name] !== now[name],
    );
    before.current = now;
    if (changed.length === 0 || ownEdits.delete(block)) return;
    for (const { names, callback } of watches) {
      if (!names.some((name) => changed.includes(name))) continue;
      try {
        callback();
      } catch (error) {
        failed(block, error);
      }
    }
  });
}

function failed(block: Block, error: unknown): void {
  console.error(error);
  block.app.toast("error", "Error in an HTML script", String(error));
}

export function FreeHTML({ block }: ViewProps) {
  const props = propsOf<HTMLProps>(block);
  const ref = useRef<HTMLDivElement>(null);
  const watches = useRef<Watches>([]);
  const holder = useRef<HTMLDivElement | null>(null);
  const shown = useRef("");
  const hasChildren = block.children.value.length > 0;
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
    const frame = element.parentElement;
    // without autoscroll nothing is measured: it would lay out the whole page, twice
    const wasAtEnd = props.autoscroll && (!frame || isAtEnd(frame));
    const isFirst = element.dataset.shown === undefined;
    const place = hasChildren ? "<div data-nb-children></div>" : "";
    const whole = CHILDREN.test(html) ? html.replace(CHILDREN, place) : html + place;
    if (isFirst) element.innerHTML = whole;
    else follow(element, shown.current, whole);
    shown.current = whole;
    element.dataset.shown = html;
    if (hasChildren) {
      holder.current ??= document.createElement("div");
      holder.current.className = "nb-column nb-html-children";
      holder.current.dataset.nbChildren = "";
      element.querySelector("[data-nb-children]:not(.nb-html-children)")?.replaceWith(holder.current);
    }
    if (props.autoscroll && (isFirst || wasAtEnd)) frame?.scrollTo({ top: frame.scrollHeight });
  }, [html, hasChildren]);
  // Blocks inside keep their elements, and what is typed in them, when the HTML round them is made anew.
  useLayoutEffect(() => {
    const place = holder.current;
    if (!place) return;
    render(<Children block={block} />, place);
    return () => render(null, place);
  }, [hasChildren]);
  useWatches(block, watches.current);
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
    const watch = (names: string | string[], callback: () => void) => {
      watches.current.push({ names: [names].flat(), callback });
    };
    const given = { element: ref.current, trigger, props: liveProps(block), server, upload, watch };
    const run = () => {
      try {
        new Function(...Object.keys(given), "document", script)(...Object.values(given), block.app.document);
      } catch (error) {
        failed(block, error);
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
      {css && <style>{scoped(`${selectorOf(block)} { ${css} }`, false)}</style>}
      <div class="nb-scroll" {...scrolls(block.props.value)}>
        <div ref={ref} class={props.apply_default_css ? "prose html-container" : "html-container"} />
      </div>
    </Frame>
  );
}
