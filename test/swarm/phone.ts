// The phone in a simulated patient's hand: the codes that come to it, and how careful its owner is with them.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../support/product.ts';
import { createDice } from './dice.ts';
import type { Codes } from './moves.ts';
import type { Persona } from './personas.ts';

/** One in four types it wrong once, one in four says that none came. */
export const habitOf = ({ codes, kind }: Persona, seed: number): Codes['habit'] =>
  codes === undefined || kind === 'hostile'
    ? 'right'
    : createDice(seed, 503).pick(['wrong once', 'none once', 'right', 'right'] as const);

/** A text takes a moment; nobody waits long for one that may never come. */
const longestWaitMs = { expected: 5_000, possible: 1_000, unlikely: 150 } as const;

/** The code that came last to this phone (`(518) 555-0198`); waits for another one than `before`. */
export async function latestCode(
  product: Product,
  phone: string,
  hope: keyof typeof longestWaitMs,
  before?: string,
): Promise<string | undefined> {
  const to = `+1${phone.replace(/\D/g, '')}`;
  for (let waitedMs = 0; ; waitedMs += 20) {
    const texts = (await product.control.texts()).filter((text) => text.to === to);
    const code = texts.flatMap(({ body }) => /\b\d{6}\b/.exec(body)?.[0] ?? []).at(-1);
    if ((code !== undefined && code !== before) || waitedMs >= longestWaitMs[hope]) return code;
    await sleep(20);
  }
}
