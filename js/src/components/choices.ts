/** What the components that offer choices share. */

export type Choice = string | number | boolean;

/** The choices on the wire: the name that is shown, the value that counts. */
export type Choices = [name: string, value: Choice][];

/** Where a value stands among the choices; null when it is none of them. */
export function indexOf(choices: Choices, value: unknown): number | null {
  const index = choices.findIndex(([, one]) => one === value);
  return index < 0 ? null : index;
}

/** A value as it is shown: its name, or itself where it is none of the choices. */
export function nameOf(choices: Choices, value: unknown): string {
  const index = indexOf(choices, value);
  return index === null ? String(value ?? "") : (choices[index]?.[0] ?? "");
}
