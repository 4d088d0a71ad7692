/** Children side by side. */

import type { ViewProps } from "../model";
import { scrolls } from "../ui/css";
import { LayoutProgress, placed } from "../ui/frame";
import { Children } from "../view";

export function Row({ block }: ViewProps) {
  const { variant, equal_height } = block.props.value as { variant: string; equal_height: boolean };
  const attributes = placed(block, `nb-row row ${variant} ${equal_height ? "nb-equal" : ""}`);
  const { style, tabIndex } = scrolls(block.props.value);
  return (
    <div {...attributes} style={{ ...attributes.style, ...style }} tabIndex={tabIndex}>
      <Children block={block} />
      <LayoutProgress block={block} />
    </div>
  );
}
