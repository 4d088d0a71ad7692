/** Figures of plotting libraries, and charts of data frames. */

import { NativePlot } from "../components/nativeplot";
import { Plot } from "../components/plot";
import styles from "./plots.css";

export const views = { nativeplot: NativePlot, plot: Plot };
export const css = styles;
