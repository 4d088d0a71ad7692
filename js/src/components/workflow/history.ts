/** Steps that can be taken back. */

import { useRef, useState } from "preact/hooks";

const MOST = 100;
const TOGETHER_MS = 1000;

export interface History {
  /** Remembers how it is now, before a change; changes of one name, one soon after the other, are one step. */
  step: (as?: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
}

export function useHistory(value: string | null, show: (text: string) => void): History {
  const past = useRef<(string | null)[]>([]);
  const future = useRef<(string | null)[]>([]);
  const last = useRef<{ as?: string; at: number }>({ at: 0 });
  const [, turn] = useState(0);

  const go = (from: (string | null)[], to: (string | null)[]) => {
    if (from.length === 0) return;
    to.push(value);
    last.current = { at: 0 };
    show(from.pop() ?? "{}");
    turn((count) => count + 1);
  };
  return {
    step: (as) => {
      const now = Date.now();
      const { as: before, at } = last.current;
      last.current = { as, at: now };
      if (as !== undefined && as === before && now - at < TOGETHER_MS) return;
      past.current = [...past.current.slice(1 - MOST), value];
      future.current = [];
      turn((count) => count + 1);
    },
    undo: () => go(past.current, future.current),
    redo: () => go(future.current, past.current),
    canUndo: past.current.length > 0,
    canRedo: future.current.length > 0,
  };
}
