// (c) The store's own bench, its rows turned so that `a` is what is judged and `b` what it is held against.
import type { Finding } from './results.ts';
import type { StoreRow } from './store.ts';

export function storeFinding({ name, a, b, ratio, limit, rounds }: StoreRow): Finding {
  const isMinimum = limit?.startsWith('>=') ?? false;
  return {
    name: turned(isMinimum ? `${name} (at least)` : name),
    a: b,
    b: a,
    ratio,
    limit: limit === null ? null : Number(limit.replace(/^\D+/, '')),
    rounds,
    unit: '',
    means:
      'Written and fsynced as a real booking is: the intent, then the confirmation; a is the second size named, b the first.',
  };
}

/** The names say which side is which. */
const turned = (name: string): string =>
  name.replace(/\((a|b)\)/g, (_, side) => (side === 'a' ? '(b)' : '(a)'));
