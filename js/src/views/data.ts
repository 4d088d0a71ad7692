/** Tables. */

import { Dataframe } from "../components/dataframe";
import styles from "./data.css";

export const views = { dataframe: Dataframe };
export const css = styles;
