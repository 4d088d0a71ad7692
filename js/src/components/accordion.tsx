/** A part that folds. */

import { useEffect } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf, type ViewProps } from "../model";
import { scrolls } from "../ui/css";
import { placed } from "../ui/frame";
import { Children } from "../view";
import type { AccordionProps } from "../wire/generated/components";

const lastOpen = new WeakMap<Block, boolean>();

/** Tells when it unfolds or folds, by the user or by an update: once, however many views there are. */
export function useFolds(block: Block, open: boolean): void {
  useEffect(() => {
    const before = lastOpen.get(block);
    lastOpen.set(block, open);
    if (before !== undefined && before !== open) block.trigger(open ? "expand" : "collapse");
  }, [open]);
}

export function Accordion({ block }: ViewProps) {
  const { label, open } = propsOf<AccordionProps>(block);
  const toggle = () => block.edit({ open: !open });
  useFolds(block, open);
  const body = `nb-body-${block.id}`;
  return (
    <div {...placed(block, "nb-accordion block")}>
      <button
        type="button"
        class="nb-accordion-head label-wrap"
        aria-expanded={open}
        aria-controls={body}
        onClick={toggle}
      >
        <span class="nb-chevron" aria-hidden="true" />
        <span>{label ?? t("Accordion")}</span>
      </button>
      <div id={body} class="nb-accordion-body" hidden={!open} {...scrolls(block.props.value)}>
        <Children block={block} />
      </div>
    </div>
  );
}
