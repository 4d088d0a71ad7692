/** Nearer to the end than this is at the end. */
const END_PX = 40;

/** Whether the end of what scrolls is in sight, or nearly so. */
export const isAtEnd = ({ scrollHeight, scrollTop, clientHeight }: Element): boolean =>
  scrollHeight - scrollTop - clientHeight < END_PX;

/** Shows the end of what scrolls, with the next paint: to measure it at once would lay out the whole page for it. */
export function scrollToEnd(area: Element): void {
  requestAnimationFrame(() => {
    area.scrollTop = area.scrollHeight;
  });
}
