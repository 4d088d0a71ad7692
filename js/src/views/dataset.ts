/** Samples to choose from. */

import { Dataset } from "../components/dataset";
import styles from "./dataset.css";

export const views = { dataset: Dataset };
export const css = styles;
