/** Other widgets of the notebook. */

import { GuestWidget } from "../components/guest";

export const views = { widget: GuestWidget };
