/** Sound and film: players and recorders. */

import { Audio } from "../components/audio";
import { Video } from "../components/video";
import styles from "./player.css";

export const views = { audio: Audio, video: Video };
export const css = styles;
