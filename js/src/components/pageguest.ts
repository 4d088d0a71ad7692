/** Other widgets on a page without a notebook: models of the page's own, as they were when the app showed them first. */

import type { Block, Guest } from "../model";

interface Buffer64 {
  path: (string | number)[];
  data: string;
  encoding: "base64";
}

/** A widget's state as notebooks save it: https://ipywidgets.readthedocs.io/en/stable/dev-guide/notebook-format.html */
export interface SavedModel {
  model_name: string;
  model_module: string;
  model_module_version: string;
  state: Record<string, unknown>;
  buffers: Buffer64[];
}

export type SavedModels = Record<string, SavedModel>;

interface Classic {
  show(models: SavedModels, root: string, load: (module: string) => Promise<string>): Promise<Guest>;
}

/** The widget of a component, by what the session knows of it. */
export async function pageGuest(block: Block, reference: string): Promise<Guest> {
  const models = (await block.app.call(block, "models", reference)) as SavedModels;
  const root = reference.replace("IPY_MODEL_", "");
  const saved = models[root];
  if (!saved) throw new Error("this widget is not there any more");
  if (saved.model_module === "anywidget") return new PageModel(models, root);
  const classic = await block.app.chunk<Classic>("widgets");
  return classic.show(models, root, async (module) => String(await block.app.call(block, "module", module)));
}

type Listener = (...args: unknown[]) => void;

/** An anywidget's model and view, by its own front-end module: https://anywidget.dev/en/afm/. */
export class PageModel implements Guest {
  private readonly state: Record<string, unknown>;
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(
    private readonly models: SavedModels,
    id: string,
  ) {
    const saved = models[id] as SavedModel;
    this.state = { ...saved.state };
    for (const { path, data } of saved.buffers) this.put(path, data);
  }

  private put(path: (string | number)[], data: string): void {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    let holder: Record<string | number, unknown> = this.state;
    for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>;
    holder[path[path.length - 1] as string] = new DataView(bytes.buffer);
  }

  get(name: string): unknown {
    return this.state[name];
  }

  set(name: string, value: unknown): void {
    if (this.state[name] === value) return;
    this.state[name] = value;
    this.fire(`change:${name}`, this, value);
    this.fire("change", this);
  }

  save_changes(): void {}

  send(): void {
    console.info("nbblocks: this page has no notebook: a widget's own messages reach nobody");
  }

  on(event: string, listener: Listener): void {
    for (const name of event.split(" ")) {
      const known = this.listeners.get(name) ?? new Set();
      this.listeners.set(name, known.add(listener));
    }
  }

  off(event?: string | null, listener?: Listener | null): void {
    for (const [name, known] of this.listeners) {
      if (event && !event.split(" ").includes(name)) continue;
      if (listener) known.delete(listener);
      else known.clear();
    }
  }

  readonly widget_manager = {
    get_model: async (reference: string) => new PageModel(this.models, reference.replace("IPY_MODEL_", "")),
  };

  watch(name: string, changed: () => void): () => void {
    this.on(`change:${name}`, changed);
    return () => this.off(`change:${name}`, changed);
  }

  async showIn(element: HTMLElement): Promise<() => void> {
    const style = document.createElement("style");
    style.textContent = String(this.state._css ?? "");
    const el = document.createElement("div");
    element.append(style, el);
    const widget = await frontEnd(String(this.state._esm ?? ""));
    const ended = new AbortController();
    const context = { model: this, el, signal: ended.signal, experimental: {} };
    await widget.initialize?.(context);
    const leave = await widget.render?.(context);
    return () => {
      ended.abort();
      if (typeof leave === "function") leave();
      element.replaceChildren();
    };
  }

  private fire(event: string, ...args: unknown[]): void {
    for (const listener of [...(this.listeners.get(event) ?? [])]) listener(...args);
  }
}

interface FrontEnd {
  initialize?(context: unknown): unknown;
  render?(context: unknown): unknown;
}

/** The module that an anywidget carries. */
export async function frontEnd(source: string): Promise<FrontEnd> {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    const module = await import(/* @vite-ignore */ url);
    const found = module.default ?? module;
    return (typeof found === "function" ? await found() : found) as FrontEnd;
  } finally {
    URL.revokeObjectURL(url);
  }
}
