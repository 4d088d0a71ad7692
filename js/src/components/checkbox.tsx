/** A box to tick. */

import { propsOf, type ViewProps } from "../model";
import { controlId, Frame, hasVisibleLabel, labelOf } from "../ui/frame";
import type { CheckboxProps } from "../wire/generated/components";

export function Checkbox({ block }: ViewProps) {
  const { value, interactive, info } = propsOf<CheckboxProps>(block);
  const label = labelOf(block);
  const isShown = block.props.value.show_label !== false || hasVisibleLabel(block);
  return (
    <Frame block={block} hasLabel={false}>
      <label class="nb-check">
        <input
          id={controlId(block)}
          type="checkbox"
          data-testid="checkbox"
          checked={value === true}
          disabled={!interactive}
          aria-label={isShown ? undefined : label}
          aria-describedby={info ? `nb-info-${block.id}` : undefined}
          onChange={(event) => {
            const isTicked = event.currentTarget.checked;
            block.edit({ value: isTicked });
            block.trigger("select", { index: 0, value: label, selected: isTicked });
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.click();
          }}
        />
        {isShown && <span>{label}</span>}
      </label>
    </Frame>
  );
}
