/** The browser half as one module: it registers itself for the loaders of this page, and starts a page of its own. */

import { renderBlock, renderInline } from "./inline";
import { mountStandalone } from "./standalone";

const runtime = { renderInline, renderBlock, mountStandalone };
(globalThis as unknown as Record<symbol, unknown>)[Symbol.for(`nbblocks@${__VERSION__}`)] = runtime;

const boot = document.getElementById("nbblocks-boot");
const root = document.getElementById("nbblocks-root");
if (boot && root) mountStandalone(root, JSON.parse(boot.textContent ?? "{}"));

export { mountStandalone, renderBlock, renderInline };
