/** A part that folds. */

import { propsOf, type ViewProps } from "../model";
import { scrolls } from "../ui/css";
import { placed } from "../ui/frame";
import { Children } from "../view";
import type { AccordionProps } from "../wire/generated/components";

export function Accordion({ block }: ViewProps) {
  const { label, open } = propsOf<AccordionProps>(block);
  const toggle = () => {
    block.edit({ open: !open });
    block.trigger(open ? "collapse" : "expand");
  };
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
        <span>{label ?? "Accordion"}</span>
      </button>
      <div id={body} class="nb-accordion-body" hidden={!open} {...scrolls(block.props.value)}>
        <Children block={block} />
      </div>
    </div>
  );
}
