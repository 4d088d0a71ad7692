/** 3D models; what draws them comes when there is one. */

import { Model3D } from "../components/model3d";
import styles from "./model3d.css";

export const views = { model3d: Model3D };
export const css = styles;
