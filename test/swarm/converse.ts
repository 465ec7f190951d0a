// One simulated conversation over HTTP, from "hello" until all is done that the person came for or the last turn, with a practice and a product of its own.
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import { createPacedClock, type PacedClock } from '../support/paced-clock.ts';
import { openPerson, type Person, type Seen } from '../support/person.ts';
import { openProduct, type Product } from '../support/product.ts';
import type { Row } from '../support/sandbox-control.ts';
import { aftermath } from './aftermath.ts';
import { wrongIn } from './answering.ts';
import { apiKey, type Deed, isDone, mannerOf, type OnFile, onFile, putOnFile } from './deeds.ts';
import { createDice } from './dice.ts';
import { drawGoal, type Goal, type Practice, workDays } from './goal.ts';
import type { Look, Move } from './moves.ts';
import type { Persona } from './personas.ts';
import { habitOf, latestCode } from './phone.ts';
import { legible, readScreen, type Screen } from './screen.ts';
import { breaches } from './watch.ts';

export const channelIds = ['webchat', 'msteams', 'sms'] as const;

export interface Outcome {
  readonly persona: Persona;
  readonly seed: number;
  readonly channelId: string;
  /** All that the person came for is done. */
  readonly isReached: boolean;
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
const lunchMs = 3_600_000;
/** Whoever has not got what they came for by then never gets it. */
const lastTurn = 30;

/** The seed decides everything: channel, goal, and every word. Only codes are new each time. */
export async function converse(persona: Persona, seed: number, practice: Practice): Promise<Outcome> {
  const clock = createPacedClock(instant);
  const env = { API_KEY: apiKey, ...(persona.codes === undefined ? {} : { NOTIFY: 'sms' }) };
  const product = await openProduct({ clock, env });
  try {
    const goal = drawGoal(createDice(seed), practice, today);
    const family = persona.codes === 'new' ? [goal.relative] : [goal.patient, goal.relative];
    const charts = await product.control.addPatients(family.map(({ chart }) => chart));
    const people = new Map(charts.map((id, at) => [id, family[at]?.name ?? '']));
    const deeds = persona.plans[seed % persona.plans.length] ?? ['book'];
    const count = persona.visitsOnFile(createDice(seed, 500));
    const stay = { patient: charts[0] ?? 0, today, count };
    const visits = count === 0 ? [] : await putOnFile(product, createDice(seed, 501), goal, stay);
    // What was read of the calendar before those visits is not on offer any more.
    if (visits.length > 0) clock.pass(lunchMs);
    return await talk({ product, clock, persona, seed, goal, people, deeds, visits });
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
  readonly people: Map<number, string>;
  readonly deeds: readonly Deed[];
  readonly visits: readonly OnFile[];
}

async function talk(stage: Stage): Promise<Outcome> {
  const { product, clock, persona, seed, goal, people, deeds, visits } = stage;
  const channelId = channelIds[seed % channelIds.length] ?? 'webchat';
  const person = openPerson(product, {
    conversation: `${persona.name}-${seed}`,
    channelId,
    locale: persona.locale,
  });
  const lines: string[] = [];
  const broken: string[] = [];
  const past: string[] = [];
  const freed: OnFile[] = [];
  let older: readonly Seen[] = [];
  let screen: Screen = { ...nothing, language: persona.locale === 'es-US' ? 'es' : 'en' };
  let rows: readonly Row[] = await product.control.appointments();
  let [turns, misses, done, isWished] = [0, 0, 0, false];
  let target = visits[0];
  let latest: string | undefined;
  let wasCode = false;
  const isReached = (): boolean => deeds.length > 0 && done >= deeds.length;

  const look = (): Look => {
    const days = target === undefined ? [] : workDays(target.provider, target.place, today);
    const others = days.filter(({ date }) => target?.localStart.startsWith(date) === false);
    const moveDate = createDice(seed, 502).any(others)?.date;
    return {
      ...{ dice: createDice(seed, turns + 1), goal, screen, channelId, past, older },
      manner: mannerOf(seed),
      errand: {
        deed: deeds[done] ?? 'book',
        ...(target === undefined ? {} : { target }),
        ...(moveDate === undefined ? {} : { moveDate }),
        isNew: target !== undefined && !visits.some(({ id }) => id === target?.id),
        isWished,
      },
      codes: {
        ...(latest === undefined ? {} : { latest }),
        habit: habitOf(persona, seed),
        isNew: persona.codes === 'new',
      },
    };
  };

  /** What is done is what was wanted, or it is no success. */
  function take(after: Screen): void {
    const { errand } = look();
    const isBooked =
      errand.deed === 'book' &&
      after.outcome !== 'moved' &&
      after.reference !== undefined &&
      wrongIn(look(), persona.isAnyDoctor).length === 0;
    if (!isBooked && !isDone(errand, after, rows)) return;
    done += 1;
    isWished = false;
    const now = rows.find(({ id }) => id === (isBooked ? after.reference : target?.id));
    if (target !== undefined && (errand.deed === 'cancel' || errand.deed === 'move')) freed.push(target);
    if (errand.deed === 'undo') freed.pop();
    if (isBooked || errand.deed === 'move') target = now === undefined ? target : onFile(now, goal);
  }

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
    // A new patient's chart is made in the conversation: its visits are theirs.
    if (persona.codes === 'new')
      for (const { patient, notes } of rowsAfter)
        if (patient !== null && notes.startsWith('Bookadoc ') && !people.has(patient))
          people.set(patient, goal.patient.name);
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
    };
    const found = breaches({ ...turn, people, practice: goal.practice });
    broken.push(...found.map((breach) => `turn ${turns}: ${breach}`));
    lines.push(`> ${move.text}${move.more === undefined ? '' : ` ${JSON.stringify(move.more)}`}`);
    for (const { whole, choices } of answer.replies)
      lines.push(`< ${whole}${whole.includes('\n1') ? '' : buttonsOf(choices)}`);
    for (const breach of found) lines.push(`!! ${breach}`);
    if (after.isMiss) misses += 1;
    rows = rowsAfter;
    if (move.isWish === true) isWished = true;
    take(after);
    older = [...older, ...screen.choices];
    screen = after;
    past.push(move.text);
  };

  /** A code has just been sent for a claim that is true, and to a new patient's phone. */
  async function readPhone(): Promise<string | undefined> {
    const isForNew = screen.text.includes(legible(phrasesOf(screen.language).askContactCode()));
    const isOwn = past.slice(-2).some((text) => text.includes(goal.patient.name));
    const isSent = isForNew || (persona.codes === 'known' && persona.kind !== 'hostile');
    const hope = wasCode ? 'unlikely' : isSent ? 'expected' : isOwn ? 'possible' : 'unlikely';
    return (await latestCode(product, goal.patient.phone, hope, latest)) ?? latest;
  }

  while (turns < lastTurn && !isReached() && broken.length === 0) {
    if (screen.question === 'code') latest = await readPhone();
    wasCode = screen.question === 'code';
    const move = persona.next(look());
    if (move.waitMs !== undefined) clock.pass(move.waitMs);
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
  broken.push(
    ...(await aftermath({ product, persona, rows, visits, freed, deeds: deeds.slice(0, done), people })),
  );
  if (isReached() && turns > persona.mostTurns)
    broken.push(`${turns} turns until all was done, ${persona.mostTurns} are the most`);
  const transcript = lines.join('\n');
  return { persona, seed, channelId, isReached: isReached(), turns, misses, broken, transcript };
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
