// The simulated patients: each decides from its dice, its goal and the bot's last messages what it writes next.
import type { Fault } from '../support/sandbox-control.ts';
import { type Look, type Move, plainAnswer } from './answering.ts';
import { anyDoctor, chatty, spanish, terse, typos } from './cooperative.ts';
import type { Dice } from './dice.ts';
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
  /** What goes wrong in the EHR before the next message. */
  readonly misfortune?: (dice: Dice) => Fault | undefined;
}

const person = (
  name: string,
  kind: Persona['kind'],
  next: Persona['next'],
  more: Partial<Persona> = {},
): Persona => ({ name, kind, next, locale: 'en-US', ...more });

/** The EHR fails to answer, answers nonsense, or loses the reply after it has booked. */
const misfortunes: readonly [Fault, ...Fault[]] = [
  { method: 'GET', path: '/api/', effect: 'status', status: 503 },
  { method: 'GET', path: '/api/', effect: 'drop' },
  { method: 'GET', path: '/api/', effect: 'garbage' },
  { method: 'GET', path: '/api/', effect: 'truncate' },
  { method: 'POST', path: '/api/appointments', effect: 'commit-then-drop' },
];

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
  person('unlucky', 'wavering', plainAnswer, {
    misfortune: (dice) => (dice.chance(50) ? dice.pick(misfortunes) : undefined),
  }),
  person('hostile', 'hostile', hostileMove),
];
