/** Numbered steps, of which one is shown. */

import { useState } from "preact/hooks";
import { type Block, propsOf, type ViewProps } from "../model";
import { isVisible, placed } from "../ui/frame";
import { Children } from "../view";
import type { StepProps, WalkthroughProps } from "../wire/generated/components";
import { useTurns } from "./tabs";

export function Walkthrough({ block }: ViewProps) {
  const all = block.children.value.map((id) => block.app.child(id)) as Block[];
  const steps = all.filter((step) => step && isVisible(step));
  const idOf = (step: Block) => propsOf<StepProps>(step).id ?? all.indexOf(step);
  const { selected } = propsOf<WalkthroughProps>(block);
  const open = steps.find((step) => idOf(step) === selected) ?? steps[0];
  const at = open ? steps.indexOf(open) : 0;
  useTurns(block, open, steps);

  const goBack = (step: Block) => {
    block.edit({ selected: idOf(step) });
    block.trigger("select", {
      index: steps.indexOf(step),
      value: propsOf<StepProps>(step).label,
      selected: true,
    });
  };
  return (
    <div {...placed(block, "nb-walkthrough walkthrough")}>
      <ol class="nb-steps stepper">
        {steps.map((step, index) => {
          const { label, interactive } = propsOf<StepProps>(step);
          const state = index < at ? "completed" : index === at ? "active" : "pending";
          return (
            <li key={step.id} class={`nb-step ${state}`} hidden={step.props.value.visible === "hidden"}>
              <button
                type="button"
                id={`nb-step-${step.id}`}
                class={`nb-step-button step-button ${state}`}
                aria-current={index === at ? "step" : undefined}
                disabled={index > at || interactive === false}
                onClick={() => index < at && goBack(step)}
              >
                <span class="nb-step-number step-number" aria-hidden="true">
                  {index < at ? "✓" : index + 1}
                </span>
                <span class="nb-step-label step-label">{label ?? `Step ${index + 1}`}</span>
                {index < at && <span class="nb-sr-only">(done)</span>}
              </button>
            </li>
          );
        })}
      </ol>
      {steps.map((step) => (
        <Page key={step.id} step={step} isOpen={step === open} />
      ))}
    </div>
  );
}

/** A step is made when it is first shown, and kept. */
function Page({ step, isOpen }: { step: Block; isOpen: boolean }) {
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) setWasOpen(true);
  const { scale } = propsOf<StepProps>(step);
  return (
    <div {...placed(step, "nb-step-page step")} hidden={!isOpen} data-scale={scale ?? undefined}>
      <div class="nb-column">{(isOpen || wasOpen) && <Children block={step} />}</div>
    </div>
  );
}
