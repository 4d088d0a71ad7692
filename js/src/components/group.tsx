/** Children without gaps, in one border. */

import type { ViewProps } from "../model";
import { placed } from "../ui/frame";
import { Children } from "../view";

export function Group({ block }: ViewProps) {
  return (
    <div {...placed(block, "nb-group gr-group")}>
      <Children block={block} />
    </div>
  );
}
