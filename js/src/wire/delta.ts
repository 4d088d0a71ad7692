/** Changes inside one prop: how streamed text and long lists travel. */

import type { DeltaOp } from "./messages";

type Container = Record<string | number, unknown>;

/** The value after `ops`; what was there before is left as it was, so that renderers see a new object. */
export function applyDelta(value: unknown, ops: DeltaOp[]): unknown {
  return ops.reduce((current, op) => applyAt(current, op, 0), value);
}

function applyAt(value: unknown, op: DeltaOp, depth: number): unknown {
  const path = op[1];
  const key = path[depth];
  if (key === undefined) return applyHere(value, op);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Container;
  if (depth < path.length - 1 || op[0] === "append" || op[0] === "replace") {
    copy[key] = applyAt(copy[key], op, depth + 1);
  } else if (op[0] === "add") {
    if (Array.isArray(copy)) copy.splice(Number(key), 0, op[2]);
    else copy[key] = op[2];
  } else if (Array.isArray(copy)) {
    copy.splice(Number(key), 1);
  } else {
    delete copy[key];
  }
  return copy;
}

function applyHere(value: unknown, op: DeltaOp): unknown {
  if (op[0] === "delete") return null;
  if (op[0] !== "append") return op[2];
  if (Array.isArray(value)) return value.concat(op[2]);
  return String(value ?? "") + String(op[2]);
}
