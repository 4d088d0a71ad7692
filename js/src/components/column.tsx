/** Children below each other. */

import type { ViewProps } from "../model";
import { LayoutProgress, placed } from "../ui/frame";
import { Children } from "../view";

export function Column({ block }: ViewProps) {
  const { variant } = block.props.value as { variant?: string };
  return (
    <div {...placed(block, `nb-column column ${variant ?? "default"}`)}>
      <Children block={block} />
      <LayoutProgress block={block} />
    </div>
  );
}
