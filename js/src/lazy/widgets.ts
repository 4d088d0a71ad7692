/** Classic ipywidgets on a page without a notebook: Jupyter's own base and controls, and a manager without a kernel. */

import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import * as controls from "@jupyter-widgets/controls";
import variables from "@jupyter-widgets/controls/css/labvariables.css";
import nouislider from "@jupyter-widgets/controls/css/nouislider.css";
import styles from "@jupyter-widgets/controls/css/widgets-base.css";
import { Widget } from "@lumino/widgets";
import { frontEnd, type SavedModels } from "../components/pageguest";
import type { Guest } from "../model";

type Module = Record<string, unknown>;
type Define = (...args: unknown[]) => void;

/** An anywidget among classic widgets. */
class AnyView extends base.DOMWidgetView {
  override async render(): Promise<void> {
    const style = document.createElement("style");
    style.textContent = String(this.model.get("_css") ?? "");
    const el = document.createElement("div");
    this.el.append(style, el);
    const widget = await frontEnd(String(this.model.get("_esm") ?? ""));
    await widget.initialize?.({ model: this.model, experimental: {} });
    await widget.render?.({ model: this.model, el, experimental: {} });
  }
}

const BUNDLED: Record<string, Module> = {
  "@jupyter-widgets/base": base as unknown as Module,
  "@jupyter-widgets/controls": controls as unknown as Module,
  anywidget: { AnyModel: base.DOMWidgetModel, AnyView },
};

class PageManager extends ManagerBase {
  private readonly modules = new Map<string, Promise<Module>>();

  constructor(private readonly load: (module: string) => Promise<string>) {
    super();
  }

  protected async loadClass(className: string, moduleName: string): Promise<never> {
    let known = this.modules.get(moduleName);
    if (!known) {
      const bundled = BUNDLED[moduleName];
      known = bundled ? Promise.resolve(bundled) : this.load(moduleName).then(evaluated);
      this.modules.set(moduleName, known);
    }
    const found = (await known)[className];
    if (!found) throw new Error(`${moduleName} has no ${className}`);
    return found as never;
  }

  protected _create_comm(): Promise<never> {
    return Promise.reject(new Error("this page has no notebook: its widgets make no others"));
  }

  protected async _get_comm_info(): Promise<Record<string, never>> {
    return {};
  }
}

/** A module in the form that notebooks load: https://github.com/amdjs/amdjs-api/blob/master/AMD.md */
function evaluated(code: string): Module {
  const module = { exports: {} as Module };
  const needed = (name: string): unknown => {
    if (name === "exports") return module.exports;
    if (name === "module") return module;
    const found = BUNDLED[name];
    if (!found) throw new Error(`a widget's module needs ${name}, which is not here`);
    return found;
  };
  const define: Define & { amd?: object } = (...args) => {
    const factory = args.pop();
    const names = (args.find(Array.isArray) as string[] | undefined) ?? [];
    const made = typeof factory === "function" ? factory(...names.map(needed)) : factory;
    if (made) module.exports = made as Module;
  };
  define.amd = {};
  new Function("define", code)(define);
  return module.exports;
}

let isStyled = false;

function addStyles(): void {
  if (isStyled) return;
  isStyled = true;
  const style = document.createElement("style");
  style.textContent = [variables, nouislider, styles].join("\n").replaceAll(/@import[^;]*;/g, "");
  document.head.append(style);
}

/** A widget and those that it is made of. */
export async function show(
  models: SavedModels,
  root: string,
  load: (module: string) => Promise<string>,
): Promise<Guest> {
  addStyles();
  const manager = new PageManager(load);
  await manager.set_state({ version_major: 2, version_minor: 0, state: models } as never);
  const model = await manager.get_model(root);
  return {
    get: (name) => model.get(name),
    set: (name, value) => {
      model.set(name, value);
    },
    watch: (name, changed) => {
      model.on(`change:${name}`, changed);
      return () => model.off(`change:${name}`, changed);
    },
    showIn: async (element) => {
      const view = await manager.create_view(model as base.DOMWidgetModel);
      Widget.attach(view.luminoWidget, element);
      return () => view.remove();
    },
  };
}
