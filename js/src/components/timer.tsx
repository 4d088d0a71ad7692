/** Ticks while it is active; nothing is shown. */

import { useEffect } from "preact/hooks";
import { propsOf, type ViewProps } from "../model";

export function Timer({ block }: ViewProps) {
  const { value, active } = propsOf<{ value: number; active: boolean }>(block);
  useEffect(() => {
    if (!active || !(value > 0)) return;
    const timer = setInterval(() => block.trigger("tick"), value * 1000);
    return () => clearInterval(timer);
  }, [value, active]);
  return null;
}
