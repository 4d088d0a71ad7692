/** A tree of files to choose from; a folder is asked for when it is opened. */

import { ChevronRight, FileText, Folder, FolderOpen, RefreshCw } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { propsOf, type ViewProps } from "../model";
import { scrolls } from "../ui/css";
import { Frame, groupName } from "../ui/frame";
import type { FileExplorerProps } from "../wire/generated/components";
import { Glyph, GlyphTool } from "./glyphs";

type Path = string[];

interface Entry {
  name: string;
  type: "file" | "folder";
  valid: boolean;
}

interface Row extends Entry {
  path: Path;
  depth: number;
  isOpen: boolean;
  place: number;
  siblings: number;
}

/** More than that at once is hardly meant. */
const MOST_FILES = 5000;
const TYPED_MS = 600;

const keyOf = (path: Path) => path.join("/");
const isUnder = (path: Path, folder: Path) =>
  path.length > folder.length && folder.every((part, at) => path[at] === part);

export function FileExplorer({ block }: ViewProps) {
  const props = propsOf<FileExplorerProps>(block);
  const { file_count, interactive } = props;
  const chosen = props.value ?? [];
  const isOne = file_count === "single";
  const [folders, setFolders] = useState<Record<string, Entry[]>>({});
  const [opened, setOpened] = useState<Record<string, boolean>>({ "": true });
  const [at, setAt] = useState("");
  const tree = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });

  const list = async (path: Path): Promise<Entry[]> => {
    const found = (await block.app.call(block, "ls", [path])) as Entry[];
    setFolders((known) => ({ ...known, [keyOf(path)]: found }));
    return found;
  };
  const failed = (error: Error) => block.app.toast("error", "The folder cannot be read", error.message);
  const reload = () => {
    for (const [key, isOpen] of Object.entries(opened)) {
      if (isOpen) void list(key === "" ? [] : key.split("/")).catch(failed);
    }
  };
  useEffect(() => {
    setFolders({});
    setOpened({ "": true });
    void list([]).catch(failed);
  }, [props.root_dir, props.glob, props.ignore_glob]);
  const toggle = (path: Path, isOpen = !opened[keyOf(path)]) => {
    setOpened((now) => ({ ...now, [keyOf(path)]: isOpen }));
    if (isOpen) void list(path).catch(failed);
  };

  const isChosen = (path: Path) => chosen.some((one) => keyOf(one) === keyOf(path));
  const edit = (value: Path[]) => block.edit({ value: value.length === 0 && isOne ? null : value });

  /** All files under a folder, asked for level by level. */
  const filesUnder = async (folder: Path): Promise<Path[]> => {
    const found: Path[] = [];
    const left: Path[] = [folder];
    for (let next = left.shift(); next; next = left.shift()) {
      for (const { name, type } of folders[keyOf(next)] ?? (await list(next))) {
        if (type === "folder") left.push([...next, name]);
        else found.push([...next, name]);
      }
      if (found.length > MOST_FILES) throw new Error(`There are more than ${MOST_FILES} files in it.`);
    }
    return found;
  };
  const choose = async ({ path, type, valid }: Row) => {
    if (!interactive || (type === "file" && !valid)) return;
    const wasChosen = type === "folder" ? folderState(path) === "all" : isChosen(path);
    if (type === "file") {
      const others = isOne ? [] : chosen.filter((one) => keyOf(one) !== keyOf(path));
      edit(wasChosen ? others : [...others, path]);
    } else if (isOne) {
      toggle(path);
      return;
    } else if (wasChosen) {
      edit(chosen.filter((one) => !isUnder(one, path)));
    } else {
      setOpened((now) => ({ ...now, [keyOf(path)]: true }));
      try {
        const files = await filesUnder(path);
        edit([...chosen.filter((one) => !isUnder(one, path)), ...files]);
      } catch (error) {
        failed(error as Error);
        return;
      }
    }
    block.trigger("select", { index: path, value: keyOf(path), selected: !wasChosen });
  };
  /** Whether all that is known under a folder is chosen, some of it, or nothing. */
  const folderState = (folder: Path): "all" | "some" | "none" => {
    const some = chosen.filter((one) => isUnder(one, folder));
    if (some.length === 0) return "none";
    const known = knownUnder(folder);
    return known?.every(isChosen) ? "all" : "some";
  };
  const knownUnder = (folder: Path): Path[] | null => {
    const entries = folders[keyOf(folder)];
    if (!entries) return null;
    const found: Path[] = [];
    for (const { name, type } of entries) {
      if (type === "file") found.push([...folder, name]);
      else {
        const inner = knownUnder([...folder, name]);
        if (inner === null) return null;
        found.push(...inner);
      }
    }
    return found;
  };

  const rows: Row[] = [];
  const gather = (path: Path) => {
    const entries = folders[keyOf(path)] ?? [];
    entries.forEach((entry, index) => {
      const inner = [...path, entry.name];
      const isOpen = entry.type === "folder" && Boolean(opened[keyOf(inner)]);
      rows.push({
        ...entry,
        path: inner,
        depth: inner.length,
        isOpen,
        place: index + 1,
        siblings: entries.length,
      });
      if (isOpen) gather(inner);
    });
  };
  gather([]);
  const current = rows.some(({ path }) => keyOf(path) === at) ? at : keyOf(rows[0]?.path ?? []);

  const focus = (row: Row | undefined) => {
    if (!row) return;
    setAt(keyOf(row.path));
    tree.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(keyOf(row.path))}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = rows.findIndex(({ path }) => keyOf(path) === current);
    const row = rows[index];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const isFolder = row.type === "folder";
    const actions: Record<string, () => void> = {
      ArrowDown: () => focus(rows[index + 1]),
      ArrowUp: () => focus(rows[index - 1]),
      Home: () => focus(rows[0]),
      End: () => focus(rows.at(-1)),
      ArrowRight: () => {
        if (isFolder && !row.isOpen) toggle(row.path, true);
        else if (isFolder && isUnder(rows[index + 1]?.path ?? [], row.path)) focus(rows[index + 1]);
      },
      ArrowLeft: () => {
        if (row.isOpen) toggle(row.path, false);
        else focus(rows.find(({ path }) => keyOf(path) === keyOf(row.path.slice(0, -1))));
      },
      " ": () => void choose(row),
      Enter: () => (isFolder ? toggle(row.path) : void choose(row)),
    };
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    } else if (event.key.length === 1) {
      const now = performance.now();
      typed.current = {
        text: (now - typed.current.at < TYPED_MS ? typed.current.text : "") + event.key.toLowerCase(),
        at: now,
      };
      const after = [...rows.slice(index + (typed.current.text.length > 1 ? 0 : 1)), ...rows.slice(0, index)];
      focus(after.find(({ name }) => name.toLowerCase().startsWith(typed.current.text)));
    }
  };

  return (
    <Frame block={block} toolbar={<GlyphTool of={RefreshCw} name="Read again" run={reload} />}>
      <div class="nb-explorer" {...scrolls(props)} tabIndex={undefined}>
        {rows.length === 0 && <div class="nb-empty">{folders[""] ? "There are no files." : ""}</div>}
        <div
          ref={tree}
          class="nb-folder-tree"
          role="tree"
          tabIndex={-1}
          aria-multiselectable={!isOne}
          {...groupName(block)}
          onKeyDown={onKeyDown}
        >
          {rows.map((row) => {
            const { path, depth, name, type, isOpen, place, siblings } = row;
            const key = keyOf(path);
            const state =
              type === "folder" ? (isOne ? null : folderState(path)) : isChosen(path) ? "all" : "none";
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
              <div
                key={key}
                role="treeitem"
                class={`nb-fx-row ${state === "all" ? "nb-chosen" : ""}`}
                data-path={key}
                aria-level={depth}
                aria-posinset={place}
                aria-setsize={siblings}
                aria-expanded={type === "folder" ? isOpen : undefined}
                aria-checked={state === null ? undefined : state === "some" ? "mixed" : state === "all"}
                aria-disabled={!interactive || undefined}
                tabIndex={key === current ? 0 : -1}
                style={{ paddingInlineStart: `${(depth - 1) * 18 + 4}px` }}
                onFocus={() => setAt(key)}
                onClick={() => {
                  focus(row);
                  if (type === "folder") toggle(path);
                  else void choose(row);
                }}
              >
                <span class={`nb-fx-twist ${isOpen ? "nb-open" : ""}`}>
                  {type === "folder" && <Glyph of={ChevronRight} size={14} />}
                </span>
                {state !== null && (
                  <span
                    class={`nb-tick nb-tick-${state}`}
                    aria-hidden="true"
                    onClick={(event) => {
                      event.stopPropagation();
                      focus(row);
                      void choose(row);
                    }}
                  />
                )}
                <Glyph of={type === "file" ? FileText : isOpen ? FolderOpen : Folder} size={15} />
                <span class="nb-fx-name">{name}</span>
              </div>
            );
          })}
        </div>
      </div>
    </Frame>
  );
}
