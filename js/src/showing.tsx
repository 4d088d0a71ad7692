/** Older names of what `testing.tsx` has. */

export { type ShownAlone as Shown, showAlone as show } from "./testing";
