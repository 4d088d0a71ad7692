/** The links between the pages of an app. Where each is a page of its own they are addresses; in a notebook the display shows one in turn. */

import type { App } from "../app";
import { t } from "../i18n";
import type { Block } from "../model";
import type { NavbarProps } from "../wire/generated/components";

interface Link {
  name: string;
  path: string;
}

/** The Navbar that stands on the page that is shown. */
function barOf(app: App): Block | undefined {
  const look = (id: number): Block | undefined => {
    const block = app.child(id);
    if (block?.type === "navbar") return block;
    for (const child of block?.children.value ?? []) {
      const found = look(child);
      if (found) return found;
    }
    return undefined;
  };
  return look(app.root.value);
}

const SAFE = /^(https?:\/\/|mailto:|[^:]*$)/i;

/** The address of a page, seen from the page that is shown: all of them lie beside each other. */
const addressOf = (path: string) => (/^[a-z]+:/i.test(path) ? path : path.replace(/^\/+/, "") || "./");

export function Navbar({ app }: { app: App }) {
  const bar = barOf(app)?.props.value as NavbarProps | undefined;
  const pages = app.template.pages ?? [];
  if (bar && (bar.visible !== true || bar.value === false)) return null;
  const main = bar?.main_page_name ?? t("Home");
  const links: Link[] = pages
    .filter(([path, , shown]) => (path === "" ? main !== false : shown))
    .map(([path, name]) => ({ path, name: path === "" && main !== false && main !== true ? main : name }));
  const own = links.length;
  for (const [name, path] of Array.isArray(bar?.value) ? (bar.value as [string, string][]) : []) {
    if (SAFE.test(path)) links.push({ name, path: path.replace(/^\/+/, "") });
  }
  if (links.length < 2 && links.length === own) return null;
  return (
    <nav
      class={`nb-navbar nav-holder ${(bar?.elem_classes ?? []).join(" ")}`}
      id={bar?.elem_id ?? undefined}
      aria-label={t("Pages")}
    >
      {links.map(({ name, path }) => {
        const isHere = path === app.path.value;
        const isOurs = app.isInline && path in (app.template.layouts ?? {});
        const isAway = /^https?:/i.test(path);
        const attributes = {
          class: `nb-nav-link ${isHere ? "active" : ""}`,
          "aria-current": isHere ? ("page" as const) : undefined,
        };
        return isOurs ? (
          <button key={path} type="button" {...attributes} onClick={() => app.open(path)}>
            {name}
          </button>
        ) : (
          <a
            key={path}
            {...attributes}
            href={`${addressOf(path)}${isAway ? "" : themeOf()}`}
            target={isAway ? "_blank" : undefined}
            rel={isAway ? "noopener noreferrer" : undefined}
          >
            {name}
          </a>
        );
      })}
    </nav>
  );
}

/** The theme that was asked for stays so on the next page. */
function themeOf(): string {
  const theme = new URLSearchParams(location.search).get("__theme");
  return theme ? `?__theme=${encodeURIComponent(theme)}` : "";
}
