/** Children side by side. */

import type { ViewProps } from "../model";
import { heights } from "../ui/css";
import { placed } from "../ui/frame";
import { Children } from "../view";

export function Row({ block }: ViewProps) {
  const { variant, equal_height } = block.props.value as { variant: string; equal_height: boolean };
  const attributes = placed(block, `nb-row row ${variant} ${equal_height ? "nb-equal" : ""}`);
  return (
    <div {...attributes} style={{ ...attributes.style, ...heights(block.props.value) }}>
      <Children block={block} />
    </div>
  );
}
