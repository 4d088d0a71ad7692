/** The parts of Vega that are used. */

export { type Config, changeset, Error as error, parse, type Spec, View } from "vega";
export { expressionInterpreter } from "vega-interpreter";
