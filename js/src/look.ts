/** The stylesheets of an app, in the order in which one overrules the other. */

import inline from "./inline.css";
import styles from "./styles.css";
import tokens from "./tokens.css";
import { scoped } from "./ui/css";
import theme from "./wire/generated/theme.css";
import type { Template } from "./wire/messages";

/** Ours, the theme's, then its author's. */
export function stylesOf(template: Template, isInline: boolean): string[] {
  const ours = theme + tokens + (isInline ? inline : "") + styles;
  return [ours, template.theme, template.css && scoped(template.css, isInline)].filter(Boolean) as string[];
}
