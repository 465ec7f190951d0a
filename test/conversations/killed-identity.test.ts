// The process is killed between a question about somebody and its answer, or while a change is under way: after the next start it goes on, once.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replies, type Said, textOf } from '../bot/marked-people.ts';
import { type Program, runProgram } from '../support/program.ts';
import { createSandboxControl } from '../support/sandbox-control.ts';

let program: Program;
beforeEach(async () => {
  program = await runProgram({ NOTIFY: 'sms', TWILIO_FROM: '+15185550112', RATE_USER_PER_MINUTE: '10000' });
});
afterEach(() => program.close());

const control = () => createSandboxControl(program.sandbox());
let sent = 0;
async function write(conversation: string, text: string): Promise<Said> {
  sent += 1;
  const response = await fetch(`${program.origin()}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ type: 'message', id: `k${sent}`, channelId: 'webchat', serviceUrl: 'http://127.0.0.1:9/' },
      ...{ conversation: { id: conversation }, from: { id: 'user' }, recipient: { id: 'bot' } },
      ...{ locale: 'en-US', deliveryMode: 'expectReplies', text },
    }),
  });
  return replies.parse(await response.json()).activities;
}
const say = async (conversation: string, text: string): Promise<string> =>
  textOf(await write(conversation, text));
const code = async (): Promise<string> => {
  const arrived = async () =>
    (await control().texts()).flatMap(({ body }) => /\b\d{6}\b/.exec(body)?.[0] ?? []);
  await expect.poll(arrived, { timeout: 10_000 }).not.toEqual([]);
  return (await arrived()).at(-1) ?? '';
};
const ann = 'Ann Bishop, 03/12/1984';
const annsLive = async () =>
  (await control().appointments()).filter(({ patient, status }) => patient === 125651758 && status === '');
const kill = () => program.restart('SIGKILL');

test('between a claim and its code: the code still counts, once; one that was not sent yet never comes', async () => {
  await say('a', 'my appointments');
  expect(await say('a', ann)).toContain('What is the code?');
  const right = await code();
  // Not sent yet: it waits until the turn's answer is out.
  await say('b', 'my appointments');
  expect(await say('b', 'Grace Kim, 12/01/1985')).toContain('What is the code?');
  await kill();
  expect(await say('b', '123456')).toMatch(/That is not the code/);
  expect(await say('b', 'it did not come')).toContain('You can register as a new patient here');
  expect(await say('b', right)).not.toContain('Thank you');
  expect(await say('a', right)).toContain('Thank you, Ann.');
  await kill();
  expect(await say('a', 'sign out')).toContain('I forgot who you are');
  expect(await say('a', right)).not.toContain('Thank you');
  // What slows claims down is on disk as well.
  await say('c', 'my appointments');
  expect(await say('c', 'Grace Kim, 12/01/1985')).toContain('Please wait 1 minute');
}, 60_000);

test('between a cancellation and its undo', async () => {
  await say('a', 'my appointments');
  await say('a', ann);
  expect(await say('a', await code())).toContain('Thank you, Ann.');
  const [before] = await annsLive();
  await say('a', 'cancel it');
  await kill();
  expect(await say('a', 'yes')).toContain('Your visit is cancelled');
  await kill();
  expect(await annsLive()).toEqual([]);
  expect(await say('b', 'undo')).not.toContain('stands again');
  expect(await say('a', 'undo')).toContain('Your visit stands again');
  await kill();
  expect((await annsLive()).map(({ id }) => id)).toEqual([before?.id]);
}, 60_000);

test('while a cancellation is under way: its patient is told what became of it, nobody else', async () => {
  await say('a', 'my appointments');
  await say('a', ann);
  await say('a', await code());
  await say('a', 'cancel it');
  await control().fault({ method: 'PATCH', effect: 'commit-then-delay', ms: 60_000 });
  const unanswered = say('a', 'yes');
  await expect.poll(annsLive).toEqual([]);
  await Promise.all([expect(unanswered).rejects.toThrow('fetch failed'), kill()]);
  await expect.poll(program.printed, { timeout: 15_000 }).toContain('"event":"change ended"');
  expect(await say('b', 'hello')).not.toMatch(/does not stand|Dr\. /);
  const told = await say('a', 'yes');
  expect(told).toMatch(/^Your visit does not stand any more: .*\nYou have no visits coming up\./);
  expect(await annsLive()).toEqual([]);
}, 60_000);

test('with a time held: it stays held for whoever picked it, and is booked once', async () => {
  const wish = 'book with Dr. Doe at Main Street, a sick visit';
  await say('a', wish);
  await say('a', ann);
  let said = await write('a', await code());
  while (!textOf(said).includes('Shall I book')) said = await write('a', said.at(-1)?.first ?? '');
  const time = /When: (.+)/.exec(textOf(said))?.[1] ?? '';
  await kill();
  await say('b', wish);
  await say('b', 'Laura Castellano, 11/23/1987');
  let other = await write('b', await code());
  while (!textOf(other).includes('Shall I book')) other = await write('b', other.at(-1)?.first ?? '');
  expect(/When: (.+)/.exec(textOf(other))?.[1]).not.toBe(time);
  const booked = await say('a', 'yes');
  expect(booked).toContain('successfully booked');
  expect(booked).toContain(time);
  expect(await annsLive()).toHaveLength(2);
}, 60_000);

test('while a new chart is made: it is found, and made once', async () => {
  await say('n', 'my appointments');
  for (const text of ['Newly Invented, 05/06/1977', 'no code', 'register', '(518) 555-0177'])
    await say('n', text);
  for (const text of [await code(), 'female']) await say('n', text);
  await control().fault({ method: 'POST', path: '/api/patients', effect: 'commit-then-delay', ms: 60_000 });
  const unanswered = say('n', 'yes');
  const posts = async () =>
    (await control().calls()).filter(({ method, path }) => method === 'POST' && path === '/api/patients');
  await expect.poll(posts).toHaveLength(1);
  await Promise.all([expect(unanswered).rejects.toThrow('fetch failed'), kill()]);
  expect(await say('n', 'yes')).toContain('Thank you, Newly.');
  expect(await posts()).toEqual([]);
}, 60_000);
