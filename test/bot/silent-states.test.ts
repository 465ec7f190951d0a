// Conversations that fell silent forget who was there on disk, and no turn ever notices but by being asked again.
import { BotAdapter, TurnContext } from 'botbuilder';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createConversationState } from '../../bot/state.ts';
import { type Memory, parseMemory, wake } from '../../dialogs/memory.ts';
import type { Document, Store } from '../../services/ports.ts';
import { openStore, temporaryFolder, testClock, testLog } from './support.ts';

class SimpleAdapter extends BotAdapter {
  override sendActivities = async () => [];
  override updateActivity = async () => undefined;
  override deleteActivity = async () => undefined;
  override continueConversation = async () => undefined;
}

const minute = 60_000;
const start = Date.parse('2025-02-17T13:00:00Z');
const clock = testClock(start);
let store: Store;
let remove: () => Promise<void>;
let folder: string;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  store = await openStore(folder, clock, testLog(clock).log);
});
afterEach(async () => {
  await store.close();
  await remove();
});

const person: Memory = {
  v: 1,
  language: 'en',
  lastTurnMs: start,
  who: { id: '5', name: 'Markedname', firstName: 'Markedfirst' },
  draft: { firstName: 'Markedfirst', lastName: 'Markedname', birthDate: '1971-07-17', officeId: '9' },
  answered: ['who', 'office'],
  asked: 'doctor',
};
const visit: NonNullable<NonNullable<Memory['undo']>['visit']> = {
  appointment: '8',
  doctorId: '3',
  doctorName: 'Dr. Marked Doctor',
  officeId: '9',
  officeName: 'Main Street',
  startsAt: '2026-02-18T14:30:00.000Z',
  localStart: '2026-02-18T09:30',
  timeZone: 'America/New_York',
  durationMinutes: 30,
  state: 'booked',
  changeable: true,
};
const between = { ...person, draft: undefined, asked: undefined };
const contextOf = (id: string): TurnContext =>
  new TurnContext(new SimpleAdapter(), {
    type: 'message',
    channelId: 'emulator',
    conversation: { id, isGroup: false, conversationType: '', name: '' },
  });

/** A conversation state over the store, and a turn of one conversation that leaves this memory. */
function states() {
  const state = createConversationState(store, 15);
  const memory = state.createProperty<Memory>('memory');
  const turn = async (id: string, left: Memory): Promise<void> => {
    const context = contextOf(id);
    await memory.set(context, left);
    await state.saveChanges(context);
  };
  return { state, memory, turn };
}
const stored = async (): Promise<readonly Document[]> =>
  (await store.all('conversation')).map(({ document }) => document);

it.each<[name: string, before: Memory]>([
  ['who was identified, in the middle of a booking', person],
  ['who was identified, between bookings', { ...person, draft: undefined, asked: undefined }],
  [
    'whose visits were shown',
    { ...between, task: { kind: 'see', visits: [visit], chosen: '8' }, latest: '8' },
  ],
  [
    'whose visit was being moved',
    { ...person, draft: { moving: visit, day: '2026-02-20' }, aside: { officeId: '9' } },
  ],
  ['who can take a cancellation back', { ...between, undo: { visit, untilMs: start } }],
  [
    'who is registering',
    {
      ...person,
      who: undefined,
      register: { email: 'marked@example.test', challenge: 'c' },
      draft: { firstName: 'Markedfirst' },
    },
  ],
  ['half of a claim', { ...person, who: undefined, draft: { lastName: 'Markedname', officeId: '9' } }],
])('after 15 minutes of silence: %s', async (_, before) => {
  const { state, memory, turn } = states();
  await turn('a', before);
  expect(await state.forgetSilent(start + 15 * minute)).toBe(0);
  expect(JSON.stringify(await stored())).toContain('Marked');
  expect(await state.forgetSilent(start + 15 * minute + 1)).toBe(1);
  expect(JSON.stringify(await stored())).not.toMatch(/Marked|1971/);
  expect(await state.forgetSilent(start + 99 * minute)).toBe(0);

  // The next turn goes on exactly as if the memory had waited for it: asked again, and told why.
  const nowMs = start + 20 * minute;
  const found = parseMemory(await memory.get(contextOf('a')));
  if (typeof found === 'string') throw new Error(`the memory is ${found}`);
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  expect(plain(wake(found, nowMs, 15))).toEqual(plain(wake(before, nowMs, 15)));
  expect(wake(found, nowMs, 15).forgotten).toBe(true);
  // Whatever the clock does, what is blank is never taken for a name.
  expect(wake(found, start, 15).forgotten).toBe(true);
});

it('what a life before this one left is forgotten by the first sweep', async () => {
  await states().turn('a', person);
  await store.close();
  store = await openStore(folder, clock, testLog(clock).log);
  expect(await states().state.forgetSilent(start + 16 * minute)).toBe(1);
  expect(JSON.stringify(await stored())).not.toContain('Marked');
});

it('conversations without anybody in them are not written', async () => {
  const { state, turn } = states();
  await turn('a', { v: 1, language: 'en', lastTurnMs: start, draft: { officeId: '9' } });
  await store.insert('conversation', 'other', { memory: 'of another version' });
  expect(await state.forgetSilent(start + 60 * minute)).toBe(0);
  expect((await store.all('conversation')).map(({ version }) => version)).toEqual([1, 1]);
});

it('a turn that has the conversation is left alone, and saves', async () => {
  const { state, memory, turn } = states();
  await turn('a', person);
  const context = contextOf('a');
  await memory.set(context, { ...person, language: 'es', lastTurnMs: start + 30 * minute });
  expect(await state.forgetSilent(start + 30 * minute)).toBe(0);
  await state.saveChanges(context);
  expect(await stored()).toMatchObject([{ memory: { language: 'es', who: { name: 'Markedname' } } }]);
  expect(await state.forgetSilent(start + 46 * minute)).toBe(1);
});

it('a turn that failed and never gave back does not keep the name for ever', async () => {
  const { state, memory, turn } = states();
  await turn('a', person);
  await memory.get(contextOf('a'));
  const sweeps: number[] = [];
  for (let sweep = 0; sweep < 4; sweep += 1) sweeps.push(await state.forgetSilent(start + 60 * minute));
  expect(sweeps).toEqual([0, 0, 1, 0]);
});

it('turns that begin while the sweep writes wait for it, and save: 200 conversations', async () => {
  const { state, turn, memory } = states();
  const ids = Array.from({ length: 200 }, (_, n) => `c${n}`);
  await Promise.all(ids.map((id) => turn(id, person)));
  const later = start + 30 * minute;
  const sweep = state.forgetSilent(later);
  const turns = ids.map(async (id, n) => {
    for (let wait = 0; wait < n % 7; wait += 1) await new Promise((resolve) => setImmediate(resolve));
    const context = contextOf(id);
    const found = await memory.get(context);
    if (found !== undefined) await memory.set(context, { ...found, lastTurnMs: later });
    await new Promise((resolve) => setTimeout(resolve, n % 5));
    await state.saveChanges(context);
  });
  await Promise.all([sweep, ...turns]);
  expect(await sweep).toBeGreaterThan(0);
  expect(await stored()).toHaveLength(200);
  for (const document of await stored()) expect(document).toMatchObject({ memory: { lastTurnMs: later } });
});
