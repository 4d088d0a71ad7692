/** What families of views share with the runtime: `build.mjs` leaves these modules out of their chunks. */

import * as signals from "@preact/signals";
import * as preact from "preact";
import * as hooks from "preact/hooks";
import * as jsx from "preact/jsx-runtime";
import * as accordion from "./components/accordion";
import * as button from "./components/button";
import * as choices from "./components/choices";
import * as markdown from "./components/markdown";
import * as tabs from "./components/tabs";
import * as files from "./files";
import * as i18n from "./i18n";
import * as model from "./model";
import * as script from "./script";
import * as css from "./ui/css";
import * as download from "./ui/download";
import * as fileurl from "./ui/fileurl";
import * as frame from "./ui/frame";
import * as icon from "./ui/icon";
import * as progress from "./ui/progress";
import * as tool from "./ui/tool";
import * as view from "./view";

const KIT: Record<string, unknown> = {
  "@preact/signals": signals,
  preact,
  "preact/hooks": hooks,
  "preact/jsx-runtime": jsx,
  "./components/accordion": accordion,
  "./components/button": button,
  "./components/choices": choices,
  "./components/markdown": markdown,
  "./components/tabs": tabs,
  "./files": files,
  "./i18n": i18n,
  "./model": model,
  "./script": script,
  "./ui/css": css,
  "./ui/download": download,
  "./ui/fileurl": fileurl,
  "./ui/frame": frame,
  "./ui/icon": icon,
  "./ui/progress": progress,
  "./ui/tool": tool,
  "./view": view,
};

/** What a family's chunk has as its default. */
export type FamilyChunk = { default: (require: (name: string) => unknown) => view.Family };

/** Makes a family's views known to this page; gives the family. */
export function installChunk(name: string, chunk: FamilyChunk): view.Family {
  const family = chunk.default((wanted) => {
    if (!(wanted in KIT)) throw new Error(`the runtime shares no ${wanted}`);
    return KIT[wanted];
  });
  view.install(name, family);
  return family;
}
