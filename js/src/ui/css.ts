/** Lengths and sizes as CSS. */

/** A number is pixels; a text is any CSS length. */
export function length(value: unknown): string | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  return typeof value === "number" || /^\d+(\.\d+)?$/.test(String(value)) ? `${value}px` : String(value);
}

/** Height, and how far it may grow. */
export function heights(props: { height?: unknown; min_height?: unknown; max_height?: unknown }) {
  return {
    height: length(props.height),
    minHeight: length(props.min_height),
    maxHeight: length(props.max_height),
  };
}

/** Attributes of what may scroll; it can be reached by keyboard when its height is bounded. */
export function scrolls(props: { height?: unknown; min_height?: unknown; max_height?: unknown }) {
  const style = heights(props);
  return { style, tabIndex: style.height || style.maxHeight ? 0 : undefined };
}

/** CSS that its author wrote for a page, made to fit a shadow root: the page is the host there. */
export function scoped(css: string, isInline: boolean): string {
  if (!isInline) return css;
  return css.replace(/(^|[\s,{}>+~])(:root|html|body)(?![\w-])/g, "$1:host");
}
