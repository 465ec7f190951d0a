// The simulated patients: each decides from its dice, its goal and the bot's last messages what it writes next.
import type { Fault } from '../support/sandbox-control.ts';
import { plainAnswer } from './answering.ts';
import { anyDoctor, chatty, spanish, terse, typos } from './cooperative.ts';
import type { Deed } from './deeds.ts';
import type { Dice } from './dice.ts';
import { hostileMove } from './hostile.ts';
import type { Look, Move } from './moves.ts';
import { asideVisitor, visitor } from './visitors.ts';
import { changesOfMind, corrections, doubleSends, family, interruptions } from './wavering.ts';

export interface Persona {
  readonly name: string;
  /** Answers what is asked, all of whom must get what they came for; changes and disturbs; or is up to no good and must get nothing. */
  readonly kind: 'cooperative' | 'wavering' | 'hostile';
  readonly locale: 'en-US' | 'es-US';
  /** What they come for, in order; one of these by the seed. None: only harm. */
  readonly plans: readonly (readonly Deed[])[];
  readonly visitsOnFile: (dice: Dice) => number;
  /** Codes are on: the phone is read; `new`: is on no chart, and registers. */
  readonly codes?: 'known' | 'new';
  readonly mostTurns: number;
  /** Whoever takes any doctor has not failed with another than the goal's. */
  readonly isAnyDoctor?: boolean;
  readonly next: (look: Look) => Move;
  /** What goes wrong in the EHR before the next message. */
  readonly misfortune?: (dice: Dice) => Fault | undefined;
}

const mostTurns = { cooperative: 12, wavering: 20, hostile: 30 } as const;

const person = (
  name: string,
  kind: Persona['kind'],
  next: Persona['next'],
  more: Partial<Persona> = {},
): Persona => ({
  ...{
    name,
    kind,
    next,
    locale: 'en-US',
    plans: [['book']],
    visitsOnFile: () => 0,
    mostTurns: mostTurns[kind],
  },
  ...more,
});

const oneToThree = (dice: Dice): number => 1 + dice.roll(3);
const noneOrOne = (dice: Dice): number => dice.roll(2);

/** The same errand in English and in Spanish. */
const visitors = (name: string, plan: readonly Deed[], more: Partial<Persona> = {}): readonly Persona[] =>
  (['en-US', 'es-US'] as const).map((locale) =>
    person(locale === 'es-US' ? `${name}-es` : name, 'cooperative', visitor, {
      ...{ locale, plans: [plan], visitsOnFile: oneToThree, mostTurns: 16 },
      ...more,
    }),
  );

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
  ...visitors('sees', ['see']),
  ...visitors('moves', ['move']),
  ...visitors('cancels', ['cancel']),
  ...visitors('undoes', ['cancel', 'undo']),
  ...visitors('books-then-moves', ['book', 'move'], { visitsOnFile: noneOrOne, mostTurns: 24 }),
  ...visitors('books-then-cancels', ['book', 'cancel'], { visitsOnFile: noneOrOne, mostTurns: 24 }),
  ...visitors('aside', ['cancel', 'book'], {
    ...{
      plans: [
        ['cancel', 'book'],
        ['see', 'book'],
        ['move', 'book'],
      ],
    },
    ...{ next: asideVisitor, mostTurns: 24 },
  }),
  ...visitors('codes', ['see'], {
    ...{ plans: [['book'], ['see'], ['move'], ['cancel']] },
    ...{ codes: 'known', mostTurns: 20 },
  }),
  ...visitors('registers', ['book'], { codes: 'new', visitsOnFile: () => 0, mostTurns: 24 }),
  person('hostile', 'hostile', hostileMove, { plans: [[]], codes: 'known', visitsOnFile: oneToThree }),
];
