/** Which rows are in sight, however many there are. */

/** Browsers make no element taller than some 16 to 33 million pixels. */
const TALLEST_PX = 8_000_000;

/** Tops of rows: all of one height, or each as it was measured. */
export class Heights {
  private readonly own = new Map<number, number>();
  private tops: Float64Array | null = null;

  constructor(
    readonly count: number,
    readonly usual: number,
    readonly isMeasured: boolean,
  ) {}

  /** Remembers a height; true when it is another than before. */
  measure(row: number, height: number): boolean {
    if (!this.isMeasured || Math.abs((this.own.get(row) ?? this.usual) - height) < 1) return false;
    this.own.set(row, height);
    this.tops = null;
    return true;
  }

  /** Heights that were measured before stay for as many rows as there are now. */
  with(count: number, usual: number, isMeasured: boolean): Heights {
    if (count === this.count && usual === this.usual && isMeasured === this.isMeasured) return this;
    return new Heights(count, usual, isMeasured);
  }

  top(row: number): number {
    if (!this.isMeasured) return row * this.usual;
    return this.all()[Math.max(0, Math.min(row, this.count))] as number;
  }

  get total(): number {
    return this.top(this.count);
  }

  at(px: number): number {
    if (!this.isMeasured) return Math.max(0, Math.min(this.count - 1, Math.floor(px / this.usual)));
    const tops = this.all();
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((tops[middle] as number) <= px) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  private all(): Float64Array {
    if (this.tops) return this.tops;
    const tops = new Float64Array(this.count + 1);
    for (let row = 0; row < this.count; row++) {
      tops[row + 1] = (tops[row] as number) + (this.own.get(row) ?? this.usual);
    }
    this.tops = tops;
    return tops;
  }
}

/**
 * Where a view is in rows that are taller than an element can be: small movements are of as many pixels as the scroll
 * bar's, large ones go by share.
 */
export class Scroll {
  /** Pixels from the first row to the top of the view. */
  top = 0;
  private last = 0;

  constructor(private readonly limit = TALLEST_PX) {}

  /** Height of the element that is scrolled. */
  height(total: number): number {
    return Math.min(total, this.limit);
  }

  private share(total: number, view: number): number {
    const [real, ours] = [total - view, this.height(total) - view];
    return ours > 0 ? real / ours : 1;
  }

  /** The scroll bar moved; gives where it should stand, when that is elsewhere. */
  moved(scrollTop: number, total: number, view: number): number | null {
    const share = this.share(total, view);
    if (share <= 1) {
      this.top = this.last = scrollTop;
      return null;
    }
    const delta = scrollTop - this.last;
    this.last = scrollTop;
    const isSmall = Math.abs(delta) < view * 1.5;
    const wanted = isSmall ? this.top + delta : scrollTop * share;
    this.top = Math.max(0, Math.min(total - view, wanted));
    const place = this.top / share;
    // at an end, or far from where the share would be: the bar follows
    const isAtEnd = scrollTop <= 0 || scrollTop >= this.height(total) - view - 1;
    return isAtEnd && Math.abs(place - scrollTop) > 1 ? this.put(place) : null;
  }

  private put(scrollTop: number): number {
    this.last = scrollTop;
    return scrollTop;
  }

  /** Goes somewhere; gives where the scroll bar stands then. */
  to(top: number, total: number, view: number): number {
    this.top = Math.max(0, Math.min(Math.max(0, total - view), top));
    return this.put(Math.round(this.top / Math.max(1, this.share(total, view))));
  }

  /** Where an element at `px` of the rows stands in the element that is scrolled. */
  place(px: number): number {
    return px - this.top + this.last;
  }
}
