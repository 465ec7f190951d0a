// What simulated patients come for, the visits that they have on file, and the marks of a deed that is done.
import { z } from 'zod';
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import type { Product } from '../support/product.ts';
import type { Row } from '../support/sandbox-control.ts';
import type { Dice } from './dice.ts';
import { type Goal, type Place, type Provider, workDays } from './goal.ts';
import { legible, type Screen } from './screen.ts';

export type Deed = 'book' | 'see' | 'move' | 'cancel' | 'undo';

/** How a person writes: with care, with slips of the finger, or with other things on their mind. */
export const manners = ['clean', 'typos', 'wandering'] as const;
export type Manner = (typeof manners)[number];

/** Three seeds in a row have every channel and every manner once, nine have all of their pairs. */
export const mannerOf = (seed: number): Manner =>
  manners[(seed + Math.floor(seed / manners.length)) % manners.length] ?? 'clean';

/** A visit on file. */
export interface OnFile {
  readonly id: string;
  readonly provider: Provider;
  readonly place: Place;
  /** `YYYY-MM-DDTHH:MM` on the office's clock. */
  readonly localStart: string;
  readonly minutes: number;
}

/** What a person wants done now. */
export interface Errand {
  readonly deed: Deed;
  /** The visit that it is about. */
  readonly target?: OnFile;
  /** When it is to be instead, `YYYY-MM-DD`. */
  readonly moveDate?: string;
  /** That visit was booked in this conversation. */
  readonly isNew: boolean;
  /** Was asked for, in whatever words. */
  readonly isWished: boolean;
}

const answerSchema = z.object({
  open_slots: z.array(z.object({ availability: z.array(z.object({ start: z.string() })) })),
});

export const apiKey = 'an-invented-key-of-the-swarm';

/** Starts on offer on that day, as REST shows them. */
async function starts(
  product: Product,
  { provider, place, minutes }: Omit<OnFile, 'id' | 'localStart'>,
  date: string,
): Promise<readonly string[]> {
  const query = `date=${date}&office=${place.id}&doctor=${provider.id}&duration=${minutes}`;
  const answer = await fetch(`${product.origin()}/api/availability?${query}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`availability: ${answer.status} ${text}`);
  const { open_slots: windows } = answerSchema.parse(JSON.parse(text));
  return windows.flatMap(({ availability }) => availability.map(({ start }) => `${date}T${start}`));
}

/** Is that start on offer, again or still? */
export const isOnOffer = async (product: Product, visit: OnFile): Promise<boolean> =>
  (await starts(product, visit, visit.localStart.slice(0, 10))).includes(visit.localStart);

const minutes = 30;

/** Visits that the front desk has made, each on a day of its own, at times that were open. */
export async function putOnFile(
  product: Product,
  dice: Dice,
  { practice }: Goal,
  stay: { readonly patient: number; readonly today: string; readonly count: number },
): Promise<readonly OnFile[]> {
  const visits: OnFile[] = [];
  for (let tries = 0; visits.length < stay.count && tries < 20; tries += 1) {
    const provider = dice.any(practice.providers.filter((one) => one.visits.length > 0));
    const office = provider === undefined ? undefined : dice.any(provider.hours)?.office;
    const place = practice.places.find(({ id }) => id === office);
    if (provider === undefined || place === undefined) continue;
    const days = workDays(provider, place, stay.today).map(({ date }) => date);
    const date = dice.any(days.filter((day) => !visits.some(({ localStart }) => localStart.startsWith(day))));
    if (date === undefined || days.length < 2) continue;
    const localStart = dice.any(await starts(product, { provider, place, minutes }, date));
    if (localStart === undefined) continue;
    const before = await product.control.appointments();
    await product.control.addAppointment({
      ...{ doctor: provider.id, office: place.id, patient: stay.patient, exam_room: 1 },
      ...{
        scheduled_time: `${localStart}:00`,
        duration: minutes,
        profile: dice.any([...provider.visitNames.keys()]),
      },
    });
    const row = (await product.control.appointments()).find(({ id }) => !before.some((one) => one.id === id));
    if (row === undefined) throw new Error('The visit is not on file');
    visits.push({ id: row.id, provider, place, localStart, minutes });
  }
  return visits;
}

/** A visit that was booked in the conversation. */
export function onFile(row: Row, { practice }: Goal): OnFile | undefined {
  const provider = practice.providers.find(({ id }) => id === row.doctor);
  const place = practice.places.find(({ id }) => id === row.office);
  if (provider === undefined || place === undefined) return undefined;
  return { id: row.id, provider, place, localStart: row.scheduled_time.slice(0, 16), minutes: row.duration };
}

/** Is this visit named on the screen: in a sentence or a card, or on a button? */
export const names = ({ text, choices }: Screen, { provider, localStart }: OnFile): boolean => {
  const everything = [text, ...choices.map(({ label }) => legible(label))].join(' ');
  return (['en', 'es'] as const).some((language) => {
    const words = phrasesOf(language);
    const when = words.when(localStart, provider.timeZone);
    const label = `${words.dayAndTime(localStart)}, ${provider.name}`;
    return (
      (everything.includes(legible(when)) && everything.includes(legible(provider.name))) ||
      everything.includes(legible(label))
    );
  });
};

/** Is that done which the person came for? The screen says so, and the EHR's rows do. */
export function isDone({ deed, target }: Errand, screen: Screen, rows: readonly Row[]): boolean {
  const row = rows.find(({ id }) => id === target?.id);
  if (target === undefined || row === undefined) return false;
  switch (deed) {
    case 'book':
      return false;
    case 'see':
      return names(screen, target);
    case 'cancel':
      return screen.outcome === 'cancelled' && row.status === 'Cancelled';
    case 'undo':
      return screen.outcome === 'undone' && row.status !== 'Cancelled';
    case 'move':
      return screen.outcome === 'moved' && !row.scheduled_time.startsWith(target.localStart);
  }
}
