/** The picture editor. */

import { ImageEditor } from "../components/imageeditor";
import styles from "./editor.css";

export const views = { imageeditor: ImageEditor };
export const css = styles;
