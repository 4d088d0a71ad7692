/** The chunk of the code editor. */

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completeAnyWord,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { cpp } from "@codemirror/lang-cpp";
import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { markdown } from "@codemirror/lang-markdown";
import { python } from "@codemirror/lang-python";
import {
  Cassandra,
  MariaSQL,
  MSSQL,
  MySQL,
  PLSQL,
  PostgreSQL,
  type SQLDialect,
  SQLite,
  StandardSQL,
  sql,
} from "@codemirror/lang-sql";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  StreamLanguage,
  type StreamParser,
  syntaxHighlighting,
} from "@codemirror/language";
import { dockerFile } from "@codemirror/legacy-modes/mode/dockerfile";
import { jinja2 } from "@codemirror/legacy-modes/mode/jinja2";
import { r } from "@codemirror/legacy-modes/mode/r";
import { shell } from "@codemirror/legacy-modes/mode/shell";
import { esper, gpSQL, gql, hive, sparkSQL } from "@codemirror/legacy-modes/mode/sql";
import { stex } from "@codemirror/legacy-modes/mode/stex";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const legacy = (parser: StreamParser<unknown>) => () => StreamLanguage.define(parser);
const dialect = (of: SQLDialect) => () => sql({ dialect: of });

const LANGUAGES: Record<string, () => Extension> = {
  c: cpp,
  cpp,
  css,
  html: () => html(),
  javascript: () => javascript({ jsx: true }),
  json,
  markdown: () => markdown(),
  python,
  typescript: () => javascript({ typescript: true, jsx: true }),
  yaml: () => yaml(),
  dockerfile: legacy(dockerFile as StreamParser<unknown>),
  jinja2: legacy(jinja2 as StreamParser<unknown>),
  latex: legacy(stex as StreamParser<unknown>),
  r: legacy(r as StreamParser<unknown>),
  shell: legacy(shell as StreamParser<unknown>),
  sql: dialect(StandardSQL),
  "sql-msSQL": dialect(MSSQL),
  "sql-mySQL": dialect(MySQL),
  "sql-mariaDB": dialect(MariaSQL),
  "sql-sqlite": dialect(SQLite),
  "sql-cassandra": dialect(Cassandra),
  "sql-plSQL": dialect(PLSQL),
  "sql-pgSQL": dialect(PostgreSQL),
  "sql-hive": legacy(hive as StreamParser<unknown>),
  "sql-gql": legacy(gql as StreamParser<unknown>),
  "sql-gpSQL": legacy(gpSQL as StreamParser<unknown>),
  "sql-sparkSQL": legacy(sparkSQL as StreamParser<unknown>),
  "sql-esper": legacy(esper as StreamParser<unknown>),
};

/** Colours are the app's own, so light and dark follow by themselves. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.tagName], color: "var(--nb-accent)" },
  {
    tag: [tags.string, tags.special(tags.string), tags.regexp, tags.attributeValue],
    color: "var(--nb-success)",
  },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.escape], color: "var(--nb-warning)" },
  {
    tag: [tags.propertyName, tags.attributeName, tags.typeName, tags.className],
    color: "var(--nb-code-name)",
  },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.macroName],
    color: "var(--nb-code-name)",
  },
  { tag: [tags.comment, tags.meta, tags.processingInstruction], color: "var(--nb-text-2)" },
  { tag: tags.heading, fontWeight: "600" },
  { tag: tags.strong, fontWeight: "600" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.link, tags.url], color: "var(--nb-accent)", textDecoration: "underline" },
  { tag: tags.invalid, color: "var(--nb-danger)" },
]);

const look = EditorView.theme({
  "&, .cm-scroller": { backgroundColor: "inherit" }, // as what it stands in; opaque, for text goes under the gutters
  "&": { color: "var(--nb-text)", fontSize: "var(--nb-text-sm)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--nb-font-mono)", lineHeight: "1.5", maxHeight: "var(--nb-most)" },
  ".cm-content": { minHeight: "var(--nb-least)", padding: "6px 0", caretColor: "var(--nb-text)" },
  ".cm-gutters": {
    minHeight: "var(--nb-least)",
    border: "0",
    backgroundColor: "inherit",
    color: "var(--nb-text-2)",
  },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--nb-text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in oklab, var(--nb-accent) 28%, transparent)",
  },
  ".cm-selectionMatch, .cm-searchMatch": {
    backgroundColor: "color-mix(in oklab, var(--nb-warning) 22%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--nb-surface-2)",
    outline: "1px solid var(--nb-outline)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { color: "var(--nb-danger)", backgroundColor: "transparent" },
  ".cm-panels": { backgroundColor: "var(--nb-surface)", color: "var(--nb-text)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--nb-line)" },
  ".cm-textfield": {
    border: "1px solid var(--nb-outline)",
    backgroundColor: "var(--nb-bg)",
    color: "inherit",
  },
  ".cm-button": {
    border: "1px solid var(--nb-outline)",
    borderRadius: "4px",
    backgroundColor: "var(--nb-bg)",
    backgroundImage: "none",
    color: "inherit",
  },
  ".cm-tooltip": {
    border: "1px solid var(--nb-line)",
    borderRadius: "var(--nb-radius)",
    backgroundColor: "var(--nb-bg)",
    boxShadow: "var(--nb-shadow)",
    color: "var(--nb-text)",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--nb-accent)",
    color: "var(--nb-accent-text)",
  },
});

export interface CodeOptions {
  language: string | null;
  wrap_lines: boolean;
  show_line_numbers: boolean;
  autocomplete: boolean;
  interactive: boolean;
  /** Name of the text field for those who do not see its label. */
  name: string;
}

export interface CodeHandlers {
  edited(text: string): void;
  focused(): void;
  blurred(): void;
}

export interface Editor {
  readonly view: EditorView;
  /** Shows a text; caret and selection stay where the text around them stays. */
  setText(text: string): void;
  setOptions(options: CodeOptions): void;
  destroy(): void;
}

/** Edits that the page itself made are not told back. */
const fromOutside = Annotation.define<boolean>();

function extensionsOf(options: CodeOptions): Extension {
  const { language, wrap_lines, show_line_numbers, autocomplete, interactive, name } = options;
  const attributes: Record<string, string> = { "aria-label": name };
  if (!interactive) Object.assign(attributes, { tabindex: "0", "aria-readonly": "true" });
  return [
    (language && LANGUAGES[language]?.()) || [],
    language === "python" ? indentUnit.of("    ") : [],
    wrap_lines ? EditorView.lineWrapping : [],
    show_line_numbers ? lineNumbers() : [],
    autocomplete
      ? [
          autocompletion(),
          EditorState.languageData.of(() => [{ autocomplete: completeAnyWord }]),
          keymap.of(completionKeymap),
        ]
      : [],
    interactive ? [] : [EditorState.readOnly.of(true), EditorView.editable.of(false)],
    EditorView.contentAttributes.of(attributes),
  ];
}

/** An editor in `parent`; in a shadow root its styles and its selection are that root's. */
export function create(
  parent: HTMLElement,
  text: string,
  options: CodeOptions,
  handlers: CodeHandlers,
): Editor {
  const changing = new Compartment();
  const view = new EditorView({
    parent,
    root: parent.getRootNode() as Document | ShadowRoot,
    state: EditorState.create({
      doc: text,
      extensions: [
        changing.of(extensionsOf(options)),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightSelectionMatches(),
        EditorState.allowMultipleSelections.of(true),
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          indentWithTab,
        ]),
        syntaxHighlighting(colours),
        look,
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || update.transactions.some((one) => one.annotation(fromOutside))) return;
          handlers.edited(update.state.doc.toString());
        }),
        EditorView.domEventHandlers({
          focus: () => handlers.focused(),
          blur: () => handlers.blurred(),
        }),
      ],
    }),
  });
  return {
    view,
    setText(next) {
      const change = difference(view.state.doc.toString(), next);
      if (change) view.dispatch({ changes: change, annotations: fromOutside.of(true) });
    },
    setOptions: (next) => view.dispatch({ effects: changing.reconfigure(extensionsOf(next)) }),
    destroy: () => view.destroy(),
  };
}

/** The one stretch in which two texts differ. */
function difference(before: string, after: string): { from: number; to: number; insert: string } | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < most - from && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}

export interface CodeModule {
  create: typeof create;
}
