/** The editor of graphs. */

import { WorkflowCanvas } from "../components/workflowcanvas";
import styles from "./workflow.css";

export const views = { workflowcanvas: WorkflowCanvas };
export const css = styles;
