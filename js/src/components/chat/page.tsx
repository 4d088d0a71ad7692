/** A stretch of a long conversation: room of about its height, until the reader comes near. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Block } from "../../model";
import { type Acts, type GroupOptions, GroupView } from "./group";
import type { Group } from "./groups";
import { memo } from "./memo";

export const PAGE_GROUPS = 16;
const NEAR_PX = 1500;
const LINE_PX = 22;
const GROUP_PX = 72;

export interface PageProps {
  block: Block;
  groups: Group[];
  options: GroupOptions;
  isLast: boolean;
  /** Whether it is drawn at once. */
  isNear: boolean;
  scroller: () => HTMLElement | null;
  feedback: (group: Group) => string | null;
  act: Acts;
}

/** About how high messages are. */
function estimate(groups: Group[]): number {
  let height = 0;
  for (const { messages } of groups) {
    height += GROUP_PX;
    for (const { content } of messages) {
      for (const part of content) {
        height += part.type === "text" ? Math.ceil(part.text.length / 90) * LINE_PX : 160;
      }
    }
  }
  return height;
}

function DrawnPage({ block, groups, options, isLast, isNear, scroller, feedback, act }: PageProps) {
  const [isDrawn, setDrawn] = useState(isNear || !globalThis.IntersectionObserver);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isDrawn || !ref.current) return;
    const seen = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setDrawn(true),
      { root: scroller(), rootMargin: `${NEAR_PX}px 0px` },
    );
    seen.observe(ref.current);
    return () => seen.disconnect();
  }, [isDrawn]);
  if (!isDrawn) return <div ref={ref} class="nb-chat-room" style={{ height: `${estimate(groups)}px` }} />;
  return (
    <div class="nb-chat-page">
      {groups.map((group, index) => (
        <GroupView
          key={group.first}
          block={block}
          group={group}
          options={options}
          isLast={isLast && index === groups.length - 1}
          feedback={feedback(group)}
          act={act}
        />
      ))}
    </div>
  );
}

/** Drawn again only when one of its groups, or what can be done with them, has changed. */
export const Page = memo<PageProps>(
  DrawnPage,
  (before, after) =>
    before.options === after.options &&
    before.isLast === after.isLast &&
    before.feedback === after.feedback &&
    before.act === after.act &&
    before.groups.length === after.groups.length &&
    before.groups.every((group, index) => group === after.groups[index]),
);
