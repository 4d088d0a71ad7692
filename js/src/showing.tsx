/** What tests of views share: a block with an app that records what is asked of it. */

import { render } from "preact";
import { act } from "preact/test-utils";
import { type Actions, Block } from "./model";
import { BlockView } from "./view";
import type { Props } from "./wire/messages";

export interface Shown {
  block: Block;
  element: HTMLElement;
  /** Events and edits, in order: `["select", payload]`, `["edit", value]`. */
  seen: [string, unknown][];
  update(props: Props): Promise<void>;
  find<T extends Element = HTMLElement>(selector: string): T;
  all(selector: string): HTMLElement[];
  click(selector: string): Promise<void>;
  press(selector: string, key: string, more?: KeyboardEventInit): Promise<void>;
  /** The texts of all elements of a selector. */
  texts(selector: string): string[];
}

/** Shows one component on its own; `chunks` are its lazy parts, `listens` says to which of its events anything listens. */
export async function show(
  type: string,
  props: Props,
  chunks: Record<string, unknown> = {},
  listens: (event: string) => boolean = () => false,
): Promise<Shown> {
  const seen: [string, unknown][] = [];
  const app: Actions = {
    edited: (block, names) =>
      seen.push(...names.map((n): [string, unknown] => ["edit", block.props.peek()[n]])),
    trigger: (_, event, payload) => seen.push([event, payload]),
    upload: () => Promise.reject(new Error("no uploads here")),
    fileUrl: () => Promise.reject(new Error("no files here")),
    download: () => Promise.reject(new Error("no files here")),
    call: () => Promise.reject(new Error("no functions here")),
    chunk: <T,>(name: string) =>
      name in chunks ? Promise.resolve(chunks[name] as T) : new Promise<T>(() => {}),
    family: () => Promise.reject(new Error("a test installs the views it shows")),
    child: () => undefined,
    listens: (_, event) => listens(event),
    streamEvery: () => 0.5,
    toast: (level, title) => seen.push([level, title]),
    document,
    isInline: false,
  };
  const block = new Block(app, 1, type, { visible: true, ...props });
  const element = document.createElement("div");
  document.body.replaceChildren(element);
  await act(() => render(<BlockView block={block} />, element));
  const find = <T extends Element>(selector: string): T => {
    const found = element.querySelector<T>(selector);
    if (!found) throw new Error(`nothing is ${selector} in ${element.innerHTML}`);
    return found;
  };
  const all = (selector: string) => [...element.querySelectorAll<HTMLElement>(selector)];
  return {
    block,
    element,
    seen,
    find: find as Shown["find"],
    all,
    texts: (selector) => all(selector).map((one) => one.textContent ?? ""),
    update: (next) => act(() => block.apply(next)) as Promise<void>,
    click: (selector) => act(() => find<HTMLElement>(selector).click()) as Promise<void>,
    press: (selector, key, more = {}) =>
      act(() => {
        find<HTMLElement>(selector).dispatchEvent(
          new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
        );
      }) as Promise<void>,
  };
}
