/** A number picked along a track, or typed beside it. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { propsOf, type ViewProps } from "../model";
import { controlId, described, Frame, labelOf } from "../ui/frame";
import { Tool } from "../ui/tool";
import type { SliderProps } from "../wire/generated/components";

export function Slider({ block }: ViewProps) {
  const { value, minimum, maximum, buttons, interactive, ...rest } = propsOf<SliderProps>(block);
  const step = rest.step ?? "any";
  const first = useRef(value ?? minimum);
  const box = useRef<HTMLInputElement>(null);
  const shown = value ?? minimum;

  // What is being typed stays as it is: "1." and "-" are no numbers yet, and no reason to write over them.
  useLayoutEffect(() => {
    const input = box.current;
    if (!input || (input.matches(":focus") && (input.value === "" || input.validity.badInput))) return;
    if (input.valueAsNumber !== shown) input.value = String(shown);
  });

  const release = () => block.trigger("release", block.value);
  const typed = (input: HTMLInputElement) => {
    const number = input.valueAsNumber;
    if (number >= minimum && number <= maximum) block.edit({ value: number });
  };
  const settle = (input: HTMLInputElement) => {
    const number = input.valueAsNumber;
    const inside = Number.isNaN(number) ? shown : Math.min(maximum, Math.max(minimum, number));
    input.value = String(inside);
    block.edit({ value: inside });
    release();
  };
  const reset = () => {
    block.edit({ value: first.current });
    release();
  };
  const canReset = interactive && (buttons === null || buttons === undefined || buttons.includes("reset"));
  return (
    <Frame block={block} control={controlId(block)}>
      <div class="nb-slider-row">
        <span class="nb-bound" aria-hidden="true">
          {minimum}
        </span>
        <input
          {...described(block)}
          id={controlId(block)}
          class="nb-range"
          style={{
            "--nb-part": `${maximum > minimum ? ((shown - minimum) / (maximum - minimum)) * 100 : 0}%`,
          }}
          type="range"
          min={minimum}
          max={maximum}
          step={step}
          value={shown}
          disabled={!interactive}
          onInput={(event) => block.edit({ value: event.currentTarget.valueAsNumber })}
          // the browser's `change` comes once, when a drag ends or a key has moved the thumb
          onChange={release}
        />
        <span class="nb-bound" aria-hidden="true">
          {maximum}
        </span>
        <input
          ref={box}
          class="nb-input nb-slider-box"
          type="number"
          data-testid="number-input"
          aria-label={`number input for ${labelOf(block)}`}
          min={minimum}
          max={maximum}
          step={step}
          readOnly={!interactive}
          onInput={(event) => typed(event.currentTarget)}
          onChange={(event) => settle(event.currentTarget)}
          onWheel={(event) => event.currentTarget.blur()}
        />
        {canReset && <Tool icon="reset" name="Reset to default value" run={reset} />}
      </div>
    </Frame>
  );
}
