// One turn: repeats, locks, saved state, apologies, the graceful stop.
import type { Activity } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseActivity } from '../../bot/activity.ts';
import { createStateStorage } from '../../bot/state.ts';
import { type Edge, message, startEdge, temporaryFolder, testClock } from './support.ts';

const day = 24 * 60 * 60 * 1000;

let edge: Edge;
let folder: string;
let remove: () => Promise<void>;
let said: string[];

beforeEach(async () => {
  said = [];
  ({ folder, remove } = await temporaryFolder());
  edge = await startEdge({ folder });
});
afterEach(async () => {
  edge.conversation.release();
  await edge.close();
  await remove();
});

function activity(fields: object = {}): Activity {
  const parsed = parseActivity(message(fields));
  if (!parsed.ok) throw new Error(`bad test activity: ${parsed.error}`);
  return parsed.value;
}

/** Runs a turn and keeps what was said. */
const run = (fields: object = {}): Promise<'done' | 'repeat'> =>
  edge.turns.run(activity(fields), async (replies) => {
    said.push(...replies.map(({ text }) => text ?? ''));
  });

async function restart(clock = edge.clock): Promise<void> {
  await edge.close();
  edge = await startEdge({ folder, clock: testClock(clock.now()) });
}

describe('a repeated activity', () => {
  it('is not run again, nor delivered', async () => {
    expect(await run()).toBe('done');
    expect(await run()).toBe('repeat');
    expect(said).toEqual(['message 1']);
  });

  it('delivered twice at the same time: one turn, one answer', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => run()));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(said).toEqual(['message 1']);
  });

  it('after a restart is still known', async () => {
    await run();
    await restart();
    expect(await run()).toBe('repeat');
    expect(said).toEqual(['message 1']);
  });

  it('that ended in an apology is not tried again', async () => {
    await run({ text: 'throw' });
    expect(await run({ text: 'throw' })).toBe('repeat');
    expect(edge.conversation.turns).toBe(1);
  });

  it('is forgotten after 24 hours, where nothing newer was said', async () => {
    await run({ text: 'silent' });
    edge.clock.advance(day - 1);
    expect(await run({ text: 'silent' })).toBe('repeat');
    edge.clock.advance(1);
    expect(await run({ text: 'silent' })).toBe('done');
  });

  it.each([
    ['in another conversation', { conversation: { id: 'conversation-2' } }],
    ['on another channel', { channelId: 'webchat' }],
    ['with another id', { id: 'activity-2' }],
    ['without an id', { id: undefined }],
  ])('%s it is none', async (_, fields) => {
    await run();
    expect(await run(fields)).toBe('done');
  });

  it('without an id is never dropped', async () => {
    expect([await run({ id: undefined }), await run({ id: undefined })]).toEqual(['done', 'done']);
    expect(said).toEqual(['message 1', 'message 2']);
  });
});

describe('turns', () => {
  it('of one conversation never overlap, and run in the order they came', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, n) => run({ id: `a${n}` })));
    expect(edge.conversation.mostAtOnce()).toBe(1);
    expect(said).toEqual(Array.from({ length: 10 }, (_, n) => `message ${n + 1}`));
  });

  it('of different conversations run side by side', async () => {
    const waiting = run({ text: 'wait', conversation: { id: 'one' } });
    expect(await run({ conversation: { id: 'two' } })).toBe('done');
    expect(edge.conversation.mostAtOnce()).toBe(2);
    edge.conversation.release();
    await waiting;
    expect(said).toEqual(['message 1', 'message 1']);
  });

  it('deliver once, after the state is saved, also where there is nothing to say', async () => {
    let savedBefore: unknown;
    let deliveries = 0;
    await edge.turns.run(activity({ text: 'silent' }), async (replies) => {
      deliveries += 1;
      expect(replies).toEqual([]);
      savedBefore = await storedCount();
    });
    expect(deliveries).toBe(1);
    expect(savedBefore).toBe(1);
  });

  it('hold the lock while delivering', async () => {
    const gate = Promise.withResolvers<void>();
    const first = edge.turns.run(activity({ id: 'a1' }), () => gate.promise);
    const second = run({ id: 'a2' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(said).toEqual([]);
    gate.resolve();
    await Promise.all([first, second]);
    expect(said).toEqual(['message 2']);
  });

  it('a delivery that throws is logged and ends the turn', async () => {
    const outcome = await edge.turns.run(activity(), async () => {
      throw new Error('Marked words');
    });
    expect(outcome).toBe('done');
    expect(edge.lines.join('')).toContain('replies not delivered');
    expect(edge.lines.join('')).not.toContain('Marked');
  });

  it('idle waits for every running turn', async () => {
    let idle = false;
    const running = run({ text: 'wait' });
    const stopping = edge.turns.idle().then(() => {
      idle = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(idle).toBe(false);
    edge.conversation.release();
    await Promise.all([running, stopping]);
    expect(said).toEqual(['message 1']);
  });
});

describe('a throw', () => {
  it('becomes an apology with a reference, and the state stays as it was', async () => {
    await run({ id: 'a1' });
    await run({ id: 'a2', text: 'throw' });
    await run({ id: 'a3' });
    expect(said).toEqual([
      'message 1',
      'Sorry, something went wrong on our side. Please try again, or call the office. Reference: aaaaa1',
      'message 2',
    ]);
  });

  it('apologises in Spanish to a Spanish client', async () => {
    await run({ text: 'throw', locale: 'es-MX' });
    expect(said[0]).toBe(
      'Lo sentimos, algo falló de nuestro lado. Inténtelo de nuevo o llame al consultorio. Referencia: aaaaa1',
    );
  });

  it('is logged with the same reference and its place, without its words', async () => {
    await run({ text: 'throw' });
    expect(edge.lines.map((line) => JSON.parse(line)).find(({ event }) => event === 'turn failed')).toEqual({
      level: 'error',
      time: edge.clock.now(),
      event: 'turn failed',
      ref: 'aaaaa1',
      channel: 'emulator',
      error: 'Error',
      at: expect.stringMatching(/^bot\/support\.ts:\d+$/),
    });
    expect(edge.lines.join('')).not.toMatch(/Marked|1980|conversation-1|user-1/);
  });
});

/** The count as another reader of the store finds it. */
async function storedCount(): Promise<unknown> {
  const key = 'emulator/conversations/conversation-1/';
  const items = await createStateStorage(edge.store).read([key]);
  return items[key]?.count;
}
