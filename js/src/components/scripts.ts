/** Scripts of plotting libraries, from the Python packages of the kernel, loaded once a page. */

import type { Block } from "../model";
import type { FileData } from "../wire/messages";

const loading = new Map<string, Promise<unknown>>();

/** What a library calls itself in the page, once its scripts have run. */
export function library<T>(block: Block, name: string, global: string): Promise<T> {
  let known = loading.get(name);
  if (!known) {
    known = load(block, name, global);
    loading.set(name, known);
    known.catch(() => loading.delete(name));
  }
  return known as Promise<T>;
}

async function load(block: Block, name: string, global: string): Promise<unknown> {
  const files = (await block.app.call(block, "library", [name])) as FileData[];
  const page = globalThis as unknown as Record<string, unknown>;
  // another's module loader would take the library for its own, and another version of it stays what it is
  const before = { define: page.define, [global]: page[global] };
  page.define = undefined;
  page[global] = undefined;
  try {
    for (const file of files) {
      const text = await (await fetch(await block.app.fileUrl(file))).text();
      const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
      await run(url, file.orig_name);
      URL.revokeObjectURL(url);
    }
    const found = page[global];
    if (!found) throw new Error(`its scripts bring no ${global}`);
    return found;
  } finally {
    page.define = before.define;
    if (before[global] !== undefined) page[global] = before[global];
  }
}

function run(url: string, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${name} cannot be run in this page`));
    document.head.append(script);
  });
}
