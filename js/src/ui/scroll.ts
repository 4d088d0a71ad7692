/** Shows the end of what scrolls, with the next paint: to measure it at once would lay out the whole page for it. */
export function scrollToEnd(area: Element): void {
  requestAnimationFrame(() => {
    area.scrollTop = area.scrollHeight;
  });
}
