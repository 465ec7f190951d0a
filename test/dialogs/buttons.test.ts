// Buttons: each list has its mark, so that a second tap, an old card and another conversation's card change nothing.
import { expect, test } from 'vitest';
import type { Reply } from '../../dialogs/reply.ts';
import {
  at930,
  booked,
  confirmQuestion,
  doctorQuestion,
  officeQuestion,
  toConfirm,
  toName,
} from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { fakeUseCases } from '../support/fake-use-cases.ts';
import { play } from '../support/transcript.ts';

const open = (conversation = 'c1') => {
  const useCases = fakeUseCases('2025-02-10');
  const chat = openChat({ useCases, nowMs: Date.parse('2025-02-10T15:00:00Z'), conversation });
  const last = async (text: string): Promise<Reply | undefined> =>
    (await chat.send({ type: 'message', text })).at(-1);
  return { useCases, chat, last };
};

test('a tap answers its question; a second one has been answered, a later one is over', async () => {
  const { chat, last } = open();
  await play(chat, toName);
  const offices = await last('Maria Lopez 3/25/1980');
  expect(await chat.tap(offices, 'Lakeside')).toEqual([expect.stringContaining('Which doctor')]);
  const already = 'I have your answer to that already.';
  expect(await chat.tap(offices, 'Lakeside')).toEqual([`${already}\n${lines(doctorQuestion)}`]);
  expect(await chat.tap(offices, 'Main Street')).toEqual([
    `That step is over, so nothing was changed.\n${lines(doctorQuestion)}`,
  ]);
  await chat.say('doe');
  expect(await chat.tap(offices, 'Lakeside')).toEqual([expect.stringContaining('What kind of visit')]);
});

test('"Book it" books once, however often it is tapped, and only from the list shown last', async () => {
  const { useCases, chat, last } = open();
  await play(chat, toConfirm);
  const old = await last('hold on');
  await chat.say('no');
  await chat.say('the day');
  await chat.say('feb 18 at 9:30');
  expect(await chat.tap(old, 'Book it')).toEqual([
    `That step is over, so nothing was changed.\n${lines(confirmQuestion(at930))}`,
  ]);
  expect(useCases.requests).toEqual([]);
  const current = await last('hold on');
  expect(await chat.tap(current, 'Book it')).toEqual([lines(booked(at930, '901'))]);
  expect(await chat.tap(current, 'Book it')).toEqual([
    expect.stringContaining('I have your answer to that already.'),
  ]);
  expect(useCases.requests.length).toBe(1);
});

test("another conversation's card, and a forged key, change nothing", async () => {
  const [one, other] = [open('c1'), open('c2')];
  await play(one.chat, toName);
  await play(other.chat, toName);
  const offices = await one.last('Maria Lopez 3/25/1980');
  await other.last('Sam Stone 12/1/1975');
  expect(await other.chat.tap(offices, 'Lakeside')).toEqual([
    `That step is over, so nothing was changed.\n${lines(officeQuestion)}`,
  ]);
  const forged = { tap: { step: 'office', nonce: offices?.question?.nonce, key: '__proto__' } };
  const [reply] = await one.chat.send({ type: 'message', text: 'x', value: forged });
  expect(reply?.text).toContain('That step is over');
});

test('every list has a mark of its own, and a text without choices has none', async () => {
  const { last } = open();
  const marks = [];
  for (const text of ['hello', 'book', 'Maria Lopez 3/25/1980', 'xyzzy', 'main', 'doe'])
    marks.push((await last(text))?.question?.nonce);
  const given = marks.filter((mark) => mark !== undefined);
  expect(marks[1]).toBeUndefined();
  expect(new Set(given).size).toBe(given.length);
});

/** A transcript's reply as it is said. */
const lines = (reply: string): string =>
  reply
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
