// What the bench measures, as rows: one shape for results.json, and the arithmetic behind it.
export interface Row {
  readonly name: string;
  /** Ours, or the larger of two sizes. */
  readonly a: number;
  /** What it is held against; null where a number stands alone. */
  readonly b: number | null;
  readonly ratio: number | null;
  /** At most, unless the name says "at least"; null: stated, not judged. */
  readonly limit: number | null;
  readonly rounds: number;
}

/** A row and what the table says beside it. */
export interface Finding extends Row {
  readonly unit: string;
  readonly means: string;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? Number.NaN, sorted[Math.floor(middle)] ?? Number.NaN];
  return (low + high) / 2;
}

export interface Pair {
  readonly a: number;
  readonly b: number;
}

/** Medians of both sides, and the median of the rounds' own ratios: a round's two halves had the same machine. */
export function compared(pairs: readonly Pair[]): Pick<Row, 'a' | 'b' | 'ratio' | 'rounds'> {
  return {
    a: rounded(median(pairs.map(({ a }) => a))),
    b: rounded(median(pairs.map(({ b }) => b))),
    ratio: rounded(median(pairs.map(({ a, b }) => a / b))),
    rounds: pairs.length,
  };
}

/** How far the rounds lie apart: the ratios' quartiles. */
export function spread(pairs: readonly Pair[]): string {
  const ratios = pairs.map(({ a, b }) => a / b).toSorted((x, y) => x - y);
  const at = (share: number): number => ratios[Math.round((ratios.length - 1) * share)] ?? Number.NaN;
  return `half of the rounds between ${at(0.25).toFixed(2)} and ${at(0.75).toFixed(2)}`;
}

/** Four significant digits. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

/** Whether a row keeps its limit; undefined where it has none. */
export function kept({ name, a, ratio, limit }: Row): boolean | undefined {
  if (limit === null) return undefined;
  const value = ratio ?? a;
  return name.includes('at least') ? value >= limit : value <= limit;
}
