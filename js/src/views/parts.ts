/** Layouts beside rows and columns, and small parts of documentation and sharing. */

import { Dialogue } from "../components/dialogue";
import { Draggable } from "../components/draggable";
import { DeepLinkButton, LoginButton } from "../components/hubbuttons";
import { ParamViewer } from "../components/paramviewer";
import { Sidebar } from "../components/sidebar";
import { Walkthrough } from "../components/walkthrough";
import styles from "./parts.css";

export const views = {
  deeplinkbutton: DeepLinkButton,
  dialogue: Dialogue,
  draggable: Draggable,
  loginbutton: LoginButton,
  paramviewer: ParamViewer,
  sidebar: Sidebar,
  walkthrough: Walkthrough,
};
export const css = styles;
