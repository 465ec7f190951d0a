// The offer to book, as a reply's choice: at the greeting, between two bookings, after one.
import type { Option } from './choose.ts';
import { bookAnother } from './finish.ts';
import type { Memory } from './memory.ts';
import type { Reply } from './reply.ts';
import { say, wordsFor } from './turn.ts';

export const bookOption = (memory: Memory): Option => ({ key: 'book', label: wordsFor(memory).bookLabel() });
export const bookAnotherOption = (memory: Memory): Option => ({
  key: bookAnother,
  label: wordsFor(memory).bookAnotherLabel(),
});
export const offer = (memory: Memory): Reply =>
  say(memory, wordsFor(memory).offerToBook(), [bookOption(memory)]);
export const withOffer = (memory: Memory, reply: Reply): Reply =>
  say(memory, reply.text, [bookOption(memory)]);
