/** What the model of a session carries: finds the runtime in the page, or asks the session for it over its comm, once. */

import type { WidgetModel } from "./host/comm";

interface Runtime {
  renderInline(context: Context): Promise<() => void>;
  renderBlock(context: Context): Promise<() => void>;
}

export interface Context {
  model: WidgetModel;
  el: HTMLElement;
  signal?: AbortSignal;
}

export interface Loader {
  render(context: Context): Promise<(() => void) | undefined>;
}

const KEY = Symbol.for(`nbblocks@${__VERSION__}`);
const page = globalThis as unknown as Record<symbol, Runtime | undefined>;
const asking = globalThis as unknown as Record<string, Promise<Runtime> | undefined>;
const PROMISE = `nbblocks@${__VERSION__}`;
const PATIENCE_MS = 3000;

function fetched(model: WidgetModel): Promise<Runtime> {
  return new Promise((resolve, reject) => {
    const parts: BlobPart[] = [];
    let missing = 0;
    const onMessage = (
      message: { kind?: string; ref?: string; chunk: number; chunks: number; error?: string },
      buffers: DataView[],
    ) => {
      if (message.kind !== "chunk" || message.ref !== "asset:runtime.js") return;
      clearTimeout(timer);
      if (message.error) return reject(new Error(message.error));
      if (parts.length === 0) missing = message.chunks;
      if (!parts[message.chunk]) missing -= 1;
      parts[message.chunk] = buffers[0] as BlobPart;
      if (missing > 0) return;
      model.off("msg:custom", onMessage as never);
      const url = URL.createObjectURL(new Blob(parts, { type: "text/javascript" }));
      import(/* @vite-ignore */ url).then(() => resolve(page[KEY] as Runtime), reject);
    };
    const timer = setTimeout(() => reject(new Error("no answer")), PATIENCE_MS);
    model.on("msg:custom", onMessage as never);
    model.send({ kind: "fetch", ref: "asset:runtime.js", chunk: 0, credit: 64 });
  });
}

/** The model that carries the messages of a component's session. */
function sessionOf(model: WidgetModel): Promise<WidgetModel> {
  const manager = model.widget_manager;
  const id = String(model.get("session") ?? "").replace("IPY_MODEL_", "");
  return manager ? manager.get_model(id) : Promise.reject(new Error("this host gives no other models"));
}

/** Without a kernel: the last values, as plain HTML in which nothing runs. */
function showSnapshot(model: WidgetModel, el: HTMLElement): void {
  const html = String(model.get("snapshot") || "<p>Run the cell to use this app.</p>");
  const inert = new DOMParser().parseFromString(html, "text/html");
  for (const bad of inert.querySelectorAll("script, style, iframe, object, embed, link, meta, base, form"))
    bad.remove();
  for (const element of inert.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith("on") || /^\s*javascript:/i.test(value)) element.removeAttribute(name);
    }
  }
  el.append(...inert.body.childNodes);
}

const loader: Loader = {
  async render(context) {
    const { model, el } = context;
    const isBlock = model.get("_type") !== undefined;
    let session = model;
    try {
      if (isBlock) session = await sessionOf(model);
      if (session.comm_live === false) throw new Error("no kernel");
      if (!page[KEY]) asking[PROMISE] ??= fetched(session);
      const runtime = page[KEY] ?? (await asking[PROMISE]);
      if (!runtime) return undefined;
      return await (isBlock ? runtime.renderBlock(context) : runtime.renderInline(context));
    } catch (error) {
      delete asking[PROMISE];
      console.warn("nbblocks:", error);
      showSnapshot(session, el);
      return undefined;
    }
  },
};
// for the models of components, see member.ts
(globalThis as unknown as Record<symbol, Loader>)[Symbol.for(`nbblocks.loader@${__VERSION__}`)] ??= loader;

export default loader;
