// (f) Understanding a typical sentence: every slot of it, against what DateTimePrompt's recogniser takes for its day and time alone.
import { createRequire } from 'node:module';
import { z } from 'zod';
import { understand } from '../dialogs/understand.ts';
import type { Hearing, Roster } from '../dialogs/understood.ts';
import { compared, type Finding, type Pair, spread } from './results.ts';

// botbuilder-dialogs brings it along, for its DateTimePrompt; it is no dependency of ours.
const load = createRequire(createRequire(import.meta.url).resolve('botbuilder-dialogs'));
const recognizers = z
  .object({
    recognizeDateTime: z.function({ input: z.tuple([z.string(), z.string()]), output: z.unknown() }),
  })
  .parse(load('@microsoft/recognizers-text-date-time'));

const sentences = [
  'can I see Dr. Alvarez next tue afternoon at Main St',
  'I need a follow up with dr okafor on december 18th at 10:30 am',
  'tomorrow morning please',
  'my son has a fever, is anybody free today after 3?',
  'no, Wednesday',
  'sometime next week between 2 and 4 at the lakeside office',
  'can you move my appointment from tuesday to friday',
  'the week after next, any doctor is fine',
];

const doctor = (id: string, firstName: string, lastName: string, specialty: string) => ({
  id,
  firstName,
  lastName,
  name: `Dr. ${firstName} ${lastName}`,
  specialty,
});
const roster: Roster = {
  offices: [
    { id: '1', name: 'Main Street', address: '12 Main Street', city: 'Albany' },
    { id: '2', name: 'Lakeside', address: '480 Lake Avenue, Suite 3', city: 'Saratoga Springs' },
    { id: '3', name: 'Northgate', address: '2210 Ridge Road', city: 'Evanston' },
  ],
  doctors: [
    doctor('11', 'John', 'Doe', 'Family Practitioner'),
    doctor('12', 'Maria', 'Alvarez', 'Internist'),
    doctor('13', 'Priya', 'Raman', 'Pediatrician'),
    doctor('14', 'Samuel', 'Okafor', 'Family Practitioner'),
    doctor('15', 'Helen', 'Alvarez', 'Dermatologist'),
  ],
  visitTypes: ['Follow-up visit', 'Sick visit', 'Annual physical', 'Vaccination'].map((name) => ({
    id: name,
    name,
  })),
};
const hearing: Hearing = {
  roster,
  language: 'en',
  today: '2026-11-25',
  nowMinute: 540,
  limit: '2027-01-24',
};

function microsEach(times: number, read: (sentence: string) => unknown): number {
  const startedAt = performance.now();
  for (let time = 0; time < times; time += 1) for (const sentence of sentences) read(sentence);
  return ((performance.now() - startedAt) * 1000) / (times * sentences.length);
}

export function measureUnderstanding(rounds: number): readonly Finding[] {
  const ours = () => microsEach(40, (sentence) => understand(sentence, hearing));
  const theirs = () => microsEach(2, (sentence) => recognizers.recognizeDateTime(sentence, 'en-us'));
  for (let warmUp = 0; warmUp < 3; warmUp += 1) {
    ours();
    theirs();
  }
  const pairs = Array.from({ length: rounds }, (_, round): Pair => {
    const halves = { a: 0, b: 0 };
    for (const half of round % 2 === 0 ? (['a', 'b'] as const) : (['b', 'a'] as const))
      halves[half] = half === 'a' ? ours() : theirs();
    return halves;
  });
  return [
    {
      name: 'understanding a typical sentence',
      ...compared(pairs),
      limit: 0.1,
      unit: 'µs',
      means: `a: intent, doctor, office, visit type, day and time of one of ${sentences.length} sentences; b: day and time alone by \`recognizeDateTime\`, which DateTimePrompt uses; ${spread(pairs)}.`,
    },
  ];
}
