/** JavaScript that the app's author gave: listeners' `js`, `launch(js=…)`, HTML's `js_on_load`. */

type Compiled = (...args: unknown[]) => unknown;

const compiled = new Map<string, (document: Document) => Compiled>();

/** The function that a source says. It sees `document` as the app's own page. */
export function functionOf(source: string, document: Document): Compiled {
  let make = compiled.get(source);
  if (!make) {
    make = new Function("document", `return (${source.trim().replace(/;+$/, "")})`) as (
      d: Document,
    ) => Compiled;
    compiled.set(source, make);
  }
  return make(document);
}

/**
 * Runs a listener's `js` with the values of its inputs, then, if it names more parameters, of its outputs; always
 * gives a list. One that takes whatever comes, as `(...args)`, gets its inputs.
 */
export async function runJs(
  source: string,
  inputs: unknown[],
  outputs: unknown[],
  document: Document,
): Promise<unknown[]> {
  const run = functionOf(source, document);
  const more = outputs.slice(0, Math.max(0, run.length - inputs.length));
  const result = await run(...inputs, ...more);
  if (result === undefined) return [];
  return Array.isArray(result) ? result : [result];
}

/** Runs the code of `launch(js=…)`, a function or plain statements, once. */
export function runLaunchJs(source: string, document: Document): void {
  let start: unknown;
  try {
    start = functionOf(source, document);
  } catch {
    new Function("document", source)(document);
    return;
  }
  if (typeof start === "function") void start();
}

/**
 * A `document` whose queries look in the app's root first, so that code written for a page of its own works in a
 * shadow root. `body` and `documentElement` are the app's root element.
 */
export function documentOf(root: ShadowRoot | Document, app: () => HTMLElement): Document {
  if (root instanceof Document) return root;
  const isPage = (selector: string) => /^(body|html|:root|gradio-app)$/.test(selector.trim());
  const own: Record<string, unknown> = {
    querySelector: (selector: string) =>
      isPage(selector) ? app() : (root.querySelector(selector) ?? document.querySelector(selector)),
    querySelectorAll: (selector: string) => {
      const found = root.querySelectorAll(selector);
      return found.length > 0 ? found : document.querySelectorAll(selector);
    },
    getElementById: (id: string) => root.getElementById(id) ?? document.getElementById(id),
    getElementsByClassName: (names: string) => app().getElementsByClassName(names),
    getElementsByTagName: (name: string) => app().getElementsByTagName(name),
  };
  return new Proxy(document, {
    get(target, name) {
      if (name === "body" || name === "documentElement") return app();
      if (name === "activeElement") return root.activeElement ?? target.activeElement;
      if (typeof name === "string" && name in own) return own[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}
