// One simulated conversation over HTTP, from "hello" to the booking or the last turn, with a practice and a product of its own.

import { createPacedClock, type PacedClock } from '../support/paced-clock.ts';
import { openPerson, type Person, type Seen } from '../support/person.ts';
import { openProduct, type Product } from '../support/product.ts';
import type { Row } from '../support/sandbox-control.ts';
import { type Look, type Move, wrongIn } from './answering.ts';
import { createDice } from './dice.ts';
import { drawGoal, type Goal, type Practice } from './goal.ts';
import type { Persona } from './personas.ts';
import { readScreen, type Screen } from './screen.ts';
import { breaches } from './watch.ts';

export const channelIds = ['webchat', 'msteams', 'sms'] as const;

export interface Outcome {
  readonly persona: Persona;
  readonly seed: number;
  readonly channelId: string;
  readonly isBooked: boolean;
  readonly turns: number;
  readonly misses: number;
  /** What must never happen; empty in a good conversation. */
  readonly broken: readonly string[];
  readonly transcript: string;
}

const instant = '2025-02-17T15:00:00Z'; // a Monday, 10 AM in New York
const today = '2025-02-17';
/** Nobody reads and answers faster; only a second thumb does. */
const readingMs = 8_000;
/** Whoever has no booking by then never gets one. */
const lastTurn = 30;
export const mostTurns = { cooperative: 12, wavering: 20 } as const;

/** The seed decides everything: channel, goal, and every word. */
export async function converse(persona: Persona, seed: number, practice: Practice): Promise<Outcome> {
  const clock = createPacedClock(instant);
  const product = await openProduct({ clock });
  try {
    const goal = drawGoal(createDice(seed), practice, today);
    const family = [goal.patient, goal.relative];
    const charts = await product.control.addPatients(family.map(({ chart }) => chart));
    const people = new Map(charts.map((id, at) => [id, family[at]?.name ?? '']));
    return await talk({ product, clock, persona, seed, goal, people });
  } finally {
    await product.close();
  }
}

const nothing: Screen = { question: 'none', language: 'en', choices: [], isMiss: false, text: '' };

interface Stage {
  readonly product: Product;
  readonly clock: PacedClock;
  readonly persona: Persona;
  readonly seed: number;
  readonly goal: Goal;
  readonly people: ReadonlyMap<number, string>;
}

async function talk({ product, clock, persona, seed, goal, people }: Stage): Promise<Outcome> {
  const channelId = channelIds[seed % channelIds.length] ?? 'webchat';
  const person = openPerson(product, {
    conversation: `${persona.name}-${seed}`,
    channelId,
    locale: persona.locale,
  });
  const lines: string[] = [];
  const broken: string[] = [];
  const past: string[] = [];
  let older: readonly Seen[] = [];
  let screen: Screen = { ...nothing, language: persona.locale === 'es-US' ? 'es' : 'en' };
  let rows: readonly Row[] = await product.control.appointments();
  let [turns, misses, isBooked] = [0, 0, false];

  const deliver = async (
    move: Move,
    send: () => ReturnType<Person['say']>,
    isEcho = false,
  ): Promise<void> => {
    turns += 1;
    if (!isEcho) clock.pass(readingMs);
    const answer = await send();
    const after = readScreen(answer.replies, screen.language);
    const rowsAfter = await product.control.appointments();
    const turn = {
      channelId,
      move,
      isEcho,
      before: screen,
      older,
      answer,
      after,
      rowsBefore: rows,
      rowsAfter,
      people,
    };
    const found = breaches({ ...turn, practice: goal.practice });
    broken.push(...found.map((breach) => `turn ${turns}: ${breach}`));
    lines.push(`> ${move.text}${move.more === undefined ? '' : ` ${JSON.stringify(move.more)}`}`);
    for (const { whole, choices } of answer.replies)
      lines.push(`< ${whole}${whole.includes('\n1') ? '' : buttonsOf(choices)}`);
    for (const breach of found) lines.push(`!! ${breach}`);
    if (after.isMiss) misses += 1;
    // What is booked is what was wanted, or it is no success.
    if (after.reference !== undefined)
      isBooked = wrongIn({ ...look(), screen }, persona.isAnyDoctor).length === 0;
    older = [...older, ...screen.choices];
    rows = rowsAfter;
    screen = after;
    past.push(move.text);
  };
  const look = (): Look => ({ dice: createDice(seed, turns + 1), goal, screen, channelId, past, older });

  while (turns < lastTurn && screen.reference === undefined && broken.length === 0) {
    const move = persona.next(look());
    const fault = persona.misfortune?.(createDice(seed, -turns));
    if (fault !== undefined) await product.control.fault(fault);
    if (fault !== undefined) lines.push(`* ${JSON.stringify(fault)}`);
    const id = `${persona.name}-${seed}-move-${turns}`;
    const activity = { ...move.more, id };
    switch (move.delivery) {
      case undefined:
        await deliver(move, () => person.say(move.text, activity));
        break;
      case 'typed twice':
        await deliver(move, () => person.say(move.text, activity));
        if (screen.reference === undefined || screen.question !== 'none')
          await deliver(move, () => person.say(move.text, { ...move.more, id: `${id}-again` }), true);
        break;
      case 'sent twice':
      case 'sent at once':
        await deliver(move, () => twice(person, move, activity));
        break;
    }
  }
  if (persona.kind === 'hostile') broken.push(...(await aftermath(product, rows, isBooked)));
  else if (isBooked && turns > mostTurns[persona.kind])
    broken.push(`${turns} turns to a booking, ${mostTurns[persona.kind]} are the most`);
  return { persona, seed, channelId, isBooked, turns, misses, broken, transcript: lines.join('\n') };
}

const buttonsOf = (choices: readonly Seen[]): string =>
  choices.length === 0 ? '' : `\n  [${choices.map(({ label }) => label).join(' | ')}]`;

/** The same activity delivered a second time: one answer, whichever delivery carries it. */
async function twice(
  person: Person,
  { text, delivery }: Move,
  activity: Readonly<Record<string, unknown>>,
): ReturnType<Person['say']> {
  const first = person.say(text, activity);
  if (delivery === 'sent twice') await first;
  const [one, two] = await Promise.all([first, person.say(text, activity)]);
  const answers = [one, two].filter(({ replies }) => replies.length > 0);
  return {
    status: Math.max(one.status, two.status),
    replies: answers.length > 1 ? [] : (answers[0]?.replies ?? []),
  };
}

/** After the worst of guests nothing stands that did not stand before, and the next one is served. */
async function aftermath(
  product: Product,
  rows: readonly Row[],
  isBooked: boolean,
): Promise<readonly string[]> {
  const next = openPerson(product, { conversation: 'the next one', channelId: 'webchat' });
  const { status, replies } = await next.say('hello');
  const isServed = status === 200 && readScreen(replies).question === 'offer';
  const ours = rows.filter(({ notes }) => notes.startsWith('Bookadoc '));
  return [
    ...(isServed ? [] : [`the next patient got ${status}`]),
    ...(isBooked || ours.length > 0 ? ['a visit was booked'] : []),
  ];
}
