/** Parameters as documentation shows them: each unfolds. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { placed } from "../ui/frame";
import type { ParamViewerProps } from "../wire/generated/components";
import { useMarkdown } from "./markdown";

interface Parameter {
  type?: string | null;
  description?: string | null;
  default?: string | null;
}

const PLAIN = { latex_delimiters: [], sanitize_html: true, line_breaks: false, header_links: false };

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** The address of a parameter on its page. */
function anchorOf(name: string, links: boolean | string): string | undefined {
  if (!links) return undefined;
  const slug = (text: string) => text.toLowerCase().replace(/[^\w]+/g, "-");
  return `param-${typeof links === "string" ? `${slug(links)}-` : ""}${slug(name)}`;
}

export function ParamViewer({ block }: ViewProps) {
  const { value, language, linkify, header, anchor_links, max_height } = propsOf<ParamViewerProps>(block);
  const entries = Object.entries((value ?? {}) as Record<string, Parameter>);
  const [unfolded, setUnfolded] = useState<Record<string, boolean>>({});
  const all = entries.length > 0 && entries.every(([name]) => unfolded[name]);
  const height = length(max_height);
  return (
    <div {...placed(block, "nb-block block nb-paramviewer param-viewer")}>
      {header !== null && (
        <div class="nb-params-head">
          <span class="nb-label">{header}</span>
          <button
            type="button"
            class="nb-button sm nb-quiet toggle-all"
            aria-expanded={all}
            disabled={entries.length === 0}
            onClick={() => setUnfolded(Object.fromEntries(entries.map(([name]) => [name, !all])))}
          >
            {all ? t("Fold all") : t("Unfold all")}
          </button>
        </div>
      )}
      <div class="nb-params" style={{ maxHeight: height }} tabIndex={height ? 0 : undefined}>
        {entries.length === 0 && <div class="nb-nothing">{t("Nothing yet")}</div>}
        {entries.map(([name, parameter]) => (
          <One
            key={name}
            block={block}
            name={name}
            parameter={parameter}
            language={language}
            known={(linkify ?? []).filter((word) => word in (value ?? {}))}
            links={anchor_links}
            isOpen={unfolded[name] ?? false}
            turned={(isOpen) => setUnfolded((now) => ({ ...now, [name]: isOpen }))}
          />
        ))}
      </div>
    </div>
  );
}

interface OneProps extends ViewProps {
  name: string;
  parameter: Parameter;
  language: string;
  known: string[];
  links: boolean | string;
  isOpen: boolean;
  turned: (isOpen: boolean) => void;
}

function One({ block, name, parameter, language, known, links, isOpen, turned }: OneProps) {
  const markdown = useMarkdown((chunk) => block.app.chunk(chunk));
  const anchor = anchorOf(name, links);
  return (
    <details
      class="nb-param"
      id={anchor}
      open={isOpen}
      onToggle={(event) => turned((event.currentTarget as HTMLDetailsElement).open)}
    >
      <summary class="nb-param-head">
        <span class="nb-chevron" aria-hidden="true" />
        <code class="nb-param-name">{name}</code>
        {parameter.type && (
          <Coloured block={block} text={parameter.type} language={language} known={known} links={links} />
        )}
      </summary>
      <div class="nb-param-body">
        {parameter.default !== undefined && parameter.default !== null && (
          <p class="nb-param-default">
            <span>default </span>
            <Coloured
              block={block}
              text={`= ${parameter.default}`}
              language={language}
              known={[]}
              links={false}
            />
          </p>
        )}
        {parameter.description &&
          (markdown ? (
            <div
              class="prose"
              dangerouslySetInnerHTML={{ __html: markdown.render(parameter.description, PLAIN) }}
            />
          ) : (
            <p>{parameter.description}</p>
          ))}
        {anchor && (
          <a class="nb-param-link" href={`#${anchor}`} aria-label={`Link to ${name}`}>
            #
          </a>
        )}
      </div>
    </details>
  );
}

/** Code in the colours of its language, with links to the parameters that it names. */
function Coloured(
  props: ViewProps & { text: string; language: string; known: string[]; links: boolean | string },
) {
  const { block, text, language, known, links } = props;
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const code = ref.current;
    if (!code) return;
    code.textContent = text;
    const link = () => {
      for (const word of known) {
        const pattern = new RegExp(`\\b${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\b(?![^<]*>)`, "g");
        const anchor = anchorOf(word, links || true);
        code.innerHTML = code.innerHTML.replace(
          pattern,
          `<a href="#${escaped(anchor ?? "")}">${escaped(word)}</a>`,
        );
      }
    };
    void block.app
      .chunk<{ highlight(code: HTMLElement): void }>("highlight")
      .then(({ highlight }) => highlight(code))
      .catch(() => undefined)
      .then(link);
  }, [text, language, known.join()]);
  return <code ref={ref} class={`nb-param-code language-${language}`} />;
}
