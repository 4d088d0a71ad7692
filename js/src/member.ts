/** What a component's own model carries: it is shown by its session's, which brings the rest. Few bytes, for there are many. */

import type { Context, Loader } from "./loader";

const KEY = Symbol.for(`nbblocks.loader@${__VERSION__}`);
const page = globalThis as unknown as Record<symbol, Loader | undefined>;
const PATIENCE = 300;

export default {
  async render(context: Context): Promise<(() => void) | undefined> {
    const { model, el } = context;
    await model.widget_manager?.get_model(String(model.get("session")).replace("IPY_MODEL_", ""));
    for (let n = 0; !page[KEY] && n < PATIENCE; n++) await new Promise((resolve) => setTimeout(resolve, 10));
    const loader = page[KEY];
    if (loader) return loader.render(context);
    el.append("Run the cell to use this app.");
    return undefined;
  },
};
