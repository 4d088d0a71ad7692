/** A view that is drawn again only when what it shows has changed. */

import { Component, type ComponentChild, type FunctionComponent } from "preact";

export function memo<P extends object>(
  View: FunctionComponent<P>,
  isSame: (before: P, after: P) => boolean,
): new () => Component<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      return !isSame(this.props as P, next);
    }

    override render(): ComponentChild {
      return <View {...(this.props as P)} />;
    }
  };
}

/** Whether all props are the same values. */
export function shallow<P extends object>(before: P, after: P): boolean {
  const keys = Object.keys(after);
  return (
    keys.length === Object.keys(before).length &&
    keys.every((key) => (before as never)[key] === (after as never)[key])
  );
}
