/** Conversations: what is said, and the field in which one says it. */

import { Chatbot } from "../components/chatbot";
import { MultimodalTextbox } from "../components/multimodaltextbox";
import styles from "./chat.css";

export const views = { chatbot: Chatbot, multimodaltextbox: MultimodalTextbox };
export const css = styles;
