/** A number field. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { propsOf, type ViewProps } from "../model";
import { controlId, described, Frame } from "../ui/frame";
import type { NumberProps } from "../wire/generated/components";

export function NumberField({ block }: ViewProps) {
  const props = propsOf<NumberProps>(block);
  const ref = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const input = ref.current;
    if (!input) return;
    const shown = input.value === "" ? null : input.valueAsNumber;
    const isBeingTyped = input.matches(":focus") && input.validity.badInput;
    if (shown !== props.value && !isBeingTyped) input.value = props.value === null ? "" : String(props.value);
  });
  const edit = () => {
    const input = ref.current;
    if (!input || input.validity.badInput) return;
    block.edit({ value: input.value === "" ? null : input.valueAsNumber });
  };
  return (
    <Frame block={block} control={controlId(block)}>
      <input
        {...described(block)}
        ref={ref}
        id={controlId(block)}
        class="nb-input"
        type="number"
        data-testid="number-input"
        placeholder={props.placeholder ?? undefined}
        min={props.minimum ?? undefined}
        max={props.maximum ?? undefined}
        step={props.step === 1 && !Number.isInteger(props.value ?? 0) ? "any" : props.step}
        readOnly={!props.interactive}
        onInput={edit}
        onKeyDown={(event) => event.key === "Enter" && block.trigger("submit")}
        onFocus={() => block.trigger("focus")}
        onBlur={() => block.trigger("blur")}
        // a page scrolled over a focused field must not change it
        onWheel={(event) => event.currentTarget.blur()}
      />
    </Frame>
  );
}
