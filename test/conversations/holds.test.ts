// Two people in two conversations want one time: whoever picked it first keeps it while they read the check, and no longer.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPacedClock } from '../support/paced-clock.ts';
import { openProduct, type Product } from '../support/product.ts';

let product: Product;
let clock: ReturnType<typeof createPacedClock>;
beforeEach(async () => {
  // Monday, February 17, 2025, 10 AM in New York.
  clock = createPacedClock('2025-02-17T15:00:00Z');
  product = await openProduct({ clock });
});
afterEach(() => product.close());

const ann = 'Ann Bishop, 3/12/1984';
const laura = 'Laura Castellano, 11/23/1987';

/** Everything that was said and every button, as one text. */
async function say(conversation: string, text: string): Promise<string> {
  clock.pass(5_000);
  const replies = await product.say(conversation, text);
  return replies.map(({ text: said, buttons }) => [said, ...buttons].join('\n')).join('\n');
}

/** To the list of a day's times. */
async function toTimes(conversation: string, person: string): Promise<string> {
  await say(conversation, 'book with Dr. John Doe at Main Street, a sick visit');
  await say(conversation, person);
  const list = await say(conversation, 'Tue Feb 25');
  expect(list).toContain('What time on Tue Feb 25?');
  return list;
}

const asked = 'Shall I book it?';
const taken = 'somebody else just took that time';
const booked = 'Your appointment has been successfully booked.';

test('a time that is being checked is not offered to anybody else, and picking it from an older list is refused with others', async () => {
  expect(await toTimes('one', ann)).toContain('9:00 AM');
  expect(await toTimes('two', laura)).toContain('9:00 AM');
  expect(await say('one', '9:00 AM')).toContain(asked);
  const refused = await say('two', '9:00 AM');
  expect(refused).toContain(taken);
  expect(refused).toContain('8:30 AM');
  expect(refused).toContain('9:30 AM');
  expect(await toTimes('three', laura)).not.toContain('9:00 AM');
  expect(await say('one', 'yes')).toContain(booked);
});

test.each([
  ['another choice', 'no, 10:00 AM', asked],
  ['another day', 'another day', 'Which day suits you?'],
  ['another person', 'this is for somebody else', 'Who is the appointment for?'],
  ['the end of it', 'stop', 'OK, I stopped.'],
])('%s lets the time go', async (_, words, answer) => {
  await toTimes('one', ann);
  expect(await say('one', '9:00 AM')).toContain(asked);
  expect(await say('one', words)).toContain(answer);
  expect(await toTimes('two', laura)).toContain('9:00 AM');
});

test('"start over" lets it go once it is meant; a question in between does not', async () => {
  await toTimes('one', ann);
  await say('one', '9:00 AM');
  expect(await say('one', 'where is it?')).toContain(asked);
  expect(await say('one', 'start over')).toContain('Do you want to start over?');
  expect(await toTimes('two', laura)).not.toContain('9:00 AM');
  await say('one', 'yes');
  expect(await say('two', 'another day')).toContain('Which day');
  expect(await say('two', 'Tue Feb 25')).toContain('9:00 AM');
});

test('whoever says nothing for five minutes has lost it to whoever picks it then, and is told so', async () => {
  await toTimes('one', ann);
  await say('one', '9:00 AM');
  clock.pass(301_000);
  expect(await toTimes('two', laura)).toContain('9:00 AM');
  expect(await say('two', '9:00 AM')).toContain(asked);
  expect(await say('one', 'yes')).toContain(taken);
  expect(await say('two', 'yes')).toContain(booked);
});

test('whoever says nothing for five minutes still has it if nobody else wants it', async () => {
  await toTimes('one', ann);
  await say('one', '9:00 AM');
  clock.pass(301_000);
  expect(await say('one', 'yes')).toContain(booked);
});

test('a restart between the check and the yes changes nothing', async () => {
  await toTimes('one', ann);
  await say('one', '9:00 AM');
  await product.restart();
  expect(await toTimes('two', laura)).not.toContain('9:00 AM');
  expect(await say('one', 'yes')).toContain(booked);
});

test('one person in two conversations holds one time: what the second picks, the first lets go', async () => {
  await toTimes('phone', ann);
  await say('phone', '9:00 AM');
  expect(await toTimes('page', ann)).toContain('9:00 AM');
  expect(await say('page', '9:30 AM')).toContain(asked);
  const seen = await toTimes('two', laura);
  expect(seen).toContain('9:00 AM');
  expect(seen).not.toContain('9:30 AM');
});
