// Anything at all may be said: understanding stays fast, repeatable and inside the practice and its calendar. Seeded, so that a failure repeats.
import { expect, test } from 'vitest';
import { askReason } from '../../dialogs/ask-reason.ts';
import { understand } from '../../dialogs/understand.ts';
import type { Mention, Understood } from '../../dialogs/understood.ts';
import { cpuTimeMs } from '../support/cpu-time.ts';
import { hearingOn, roster, week } from './hearing.ts';
import { english } from './phrases-en.ts';
import { spanish } from './phrases-es.ts';

const inputs = 10_000;
const limitMs = 20;

/** Repeatable numbers below `limit` (Park and Miller). */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}

const pieces = [
  ...'0 1 7 12 42 9999999999 3/4 2/30 12/31/1999 1-1-1 2-4 10-2 2026-13-45 9:30 25:61 9:30:59 3pm 15h 1.5 18th 0th 99th'.split(
    ' ',
  ),
  ...': :: . .. , ; ! ? - -- --- / // ( ) (((( )))) [] {} \' " \\ < > & # @ * _ ` ~ ^ | = +'.split(' '),
  ...'tuesday martes next this last and or y o to a between entre from de del al not no dont except menos until hasta'.split(
    ' ',
  ),
  ...'dr doctor dra doe lee alvarez maria john with con for para my mi son main street lakeside albany office'.split(
    ' ',
  ),
  ...'week weeks in en two dos january enero may march mar manana tarde morning noon after before at las half past quarter'.split(
    ' ',
  ),
  ...'cancel move my appointment cita mi see when help person change different other otro asap any anyone cualquier'.split(
    ' ',
  ),
  ...['🙂', '👨‍👩‍👧', '🏥🏥', 'مرحبا', 'שלום', '日本', 'ß', 'İ', 'ﷺ', 'é', 'ñ', 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉', '½', '٣', '３', 'ⅷ'],
  ...[
    '\u200b',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\u0000',
    '\n',
    '\t',
    '\r\n',
    '\u2028',
    '\ud800',
    '\u00a0',
    '’',
    '–',
  ],
];

function hostile(seed: number): string {
  const roll = dice(seed + 1);
  const some = (): string => pieces[roll(pieces.length)] ?? '';
  const kind = roll(8);
  if (kind === 0) return some().repeat(1 + roll(400));
  if (kind === 1) return `${some()} `.repeat(1 + roll(250));
  if (kind === 2) return `${some()} ${some()} `.repeat(1 + roll(125));
  if (kind === 3) return '('.repeat(roll(250)) + some() + ')'.repeat(roll(250));
  if (kind === 4) {
    const phrases = [...english, ...spanish];
    const text = phrases[roll(phrases.length)]?.[0] ?? '';
    const at = roll(text.length + 1);
    return text.slice(0, at) + some() + text.slice(at + roll(3));
  }
  const join = ['', ' ', ' ', '-', '/', ', '][roll(6)] ?? '';
  return Array.from({ length: 1 + roll(kind === 5 ? 250 : 30) }, some).join(join);
}

const ids = {
  doctors: roster.doctors.map(({ id }) => id),
  offices: roster.offices.map(({ id }) => id),
  types: roster.visitTypes.map(({ name }) => name),
};

function mentionIds(mention: Mention | undefined): readonly string[] {
  return mention?.kind === 'one' ? [mention.id] : mention?.kind === 'several' ? mention.ids : [];
}

/** What is wrong with a reading; empty: all of it exists and can be booked. */
function wrongs(understood: Understood, today: string, limit: string): readonly string[] {
  const { doctor, office, visitType, day, time, unwanted } = understood;
  const days = [
    ...(day?.kind === 'days' ? [day.from, day.to] : []),
    ...(day?.kind === 'choices' ? day.dates : []),
    ...(unwanted?.days ?? []),
  ];
  const minutes = [
    ...(time?.kind === 'at' ? time.readings : []),
    ...(time?.kind === 'between' ? [time.from, time.until] : []),
  ];
  const names = visitType === undefined ? [] : visitType.kind === 'one' ? [visitType.name] : visitType.names;
  return [
    ...days.filter((date) => !/^\d{4}-\d{2}-\d{2}$/.test(date) || date < today || date > limit),
    ...minutes.filter((minute) => !Number.isInteger(minute) || minute < 0 || minute > 1440).map(String),
    ...(day?.kind === 'days' && day.from > day.to ? ['days turned round'] : []),
    ...(time?.kind === 'between' && time.from >= time.until ? ['times turned round'] : []),
    ...(day?.kind === 'choices' && day.dates.length === 0 ? ['no choice'] : []),
    ...(time?.kind === 'at' && time.readings.length === 0 ? ['no reading'] : []),
    ...[...mentionIds(doctor), ...(unwanted?.doctors ?? [])].filter((id) => !ids.doctors.includes(id)),
    ...[...mentionIds(office), ...(unwanted?.offices ?? [])].filter((id) => !ids.offices.includes(id)),
    ...names.filter((name) => !ids.types.includes(name)),
    ...(doctor?.kind === 'several' && doctor.ids.length < 2 ? ['several of one'] : []),
  ];
}

test(`${inputs} hostile sentences: valid, repeatable, none over ${limitMs} ms`, { timeout: 120_000 }, () => {
  for (let seed = 0; seed < 500; seed++) understand(hostile(seed), hearingOn('2026-11-25'));
  const worst = { ms: 0, seed: -1 };
  for (let seed = 0; seed < inputs; seed++) {
    const today = week[seed % week.length] ?? '';
    const hearing = hearingOn(today, seed % 2 === 0 ? 'en' : 'es');
    const text = hostile(seed);
    const startedAt = cpuTimeMs();
    let understood = understand(text, hearing);
    let ms = cpuTimeMs() - startedAt;
    // What the machine puts into a call (seen: 31 ms for what takes one) is not there again: a slow one is measured anew, and its fastest time counts.
    for (let again = 0; ms > limitMs / 4 && again < 3; again++) {
      const againAt = cpuTimeMs();
      understood = understand(text, hearing);
      ms = Math.min(ms, cpuTimeMs() - againAt);
    }
    if (ms > worst.ms) Object.assign(worst, { ms, seed });
    expect(wrongs(understood, today, hearing.limit), `seed ${seed}`).toEqual([]);
    if (seed % 10 === 0) expect(understand(text, hearing), `seed ${seed}`).toEqual(understood);
    expect(() => askReason(understood)).not.toThrow();
  }
  expect(worst.ms, `seed ${worst.seed}`).toBeLessThan(limitMs);
  console.log(`worst of ${inputs}: ${worst.ms.toFixed(2)} ms (seed ${worst.seed})`);
});

test('a hundred kilobytes are read no further than anything else', () => {
  for (const piece of [
    'a',
    'tuesday ',
    '1',
    '(',
    ' ',
    'dr ',
    '🙂',
    '\u0301',
    'not tuesday or ',
    'between ',
    'ﷺ',
    '3/4 ',
    "'",
  ]) {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    const hearing = hearingOn('2026-11-25');
    const understood = understand(text, hearing);
    // The least of several: what is slow is slow each time, what was interrupted by the machine is not.
    const times = Array.from({ length: 5 }, () => {
      const startedAt = cpuTimeMs();
      understand(text, hearing);
      return cpuTimeMs() - startedAt;
    });
    expect(Math.min(...times), piece).toBeLessThan(limitMs);
    expect(wrongs(understood, '2026-11-25', hearingOn('2026-11-25').limit), piece).toEqual([]);
  }
});

test('what stands behind the first 500 characters is not read', () => {
  const far = `${' '.repeat(500)}dr lee tomorrow`;
  expect(understand(far, hearingOn('2026-11-25'))).toEqual({});
});
