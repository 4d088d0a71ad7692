/** Fields that open a picker of their own. */

import { ColorPicker } from "../components/colorpicker";
import { DateTime } from "../components/datetime";

export const views = { colorpicker: ColorPicker, datetime: DateTime };
