// The simulated patients: each decides from its dice, its goal and the bot's last messages what it writes next.
import type { Look, Move } from './answering.ts';
import { anyDoctor, chatty, spanish, terse, typos } from './cooperative.ts';
import { hostileMove } from './hostile.ts';
import { changesOfMind, corrections, doubleSends, family, interruptions } from './wavering.ts';

export interface Persona {
  readonly name: string;
  /** Answers what is asked, all of whom must book; changes and disturbs; or is up to no good and must not book. */
  readonly kind: 'cooperative' | 'wavering' | 'hostile';
  readonly locale: 'en-US' | 'es-US';
  /** Whoever takes any doctor has not failed with another than the goal's. */
  readonly isAnyDoctor?: boolean;
  readonly next: (look: Look) => Move;
}

const person = (
  name: string,
  kind: Persona['kind'],
  next: Persona['next'],
  more: Partial<Persona> = {},
): Persona => ({ name, kind, next, locale: 'en-US', ...more });

export const personas: readonly Persona[] = [
  person('terse', 'cooperative', terse),
  person('chatty', 'cooperative', chatty),
  person('typos', 'cooperative', typos),
  person('spanish', 'cooperative', spanish, { locale: 'es-US' }),
  person('any-doctor', 'cooperative', anyDoctor, { isAnyDoctor: true }),
  person('corrections', 'wavering', corrections),
  person('interruptions', 'wavering', interruptions),
  person('double-sends', 'wavering', doubleSends),
  person('changes-of-mind', 'wavering', changesOfMind),
  person('family', 'wavering', family),
  person('hostile', 'hostile', hostileMove),
];
