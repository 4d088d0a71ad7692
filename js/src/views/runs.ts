/** Keeping past runs, and the dialog that shows them. */

import { open } from "../runs/dialog";
import { forget, keep } from "../runs/store";
import styles from "./runs.css";

export const views = {};
export const css = styles;
export { forget, keep, open };
