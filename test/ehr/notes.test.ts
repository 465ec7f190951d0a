// What stands in an appointment's notes: ours alone, or the desk's words too. A table.
import { expect, test } from 'vitest';
import { notesOf, readNotes } from '../../services/ehr/notes.wire.ts';

test.each([
  ['', { held: 'free' }],
  [' ', { held: 'free' }],
  ['Bookadoc ref1', { ref: 'ref1', held: 'free' }],
  ['Bookadoc ref1. Cancelled by the patient: "I have to work"', { ref: 'ref1', held: 'reason' }],
  ['Cancelled by the patient: "Bookadoc says so"', { held: 'reason' }],
  // The desk has written before, behind, in between, or in our words' place.
  ['Bookadoc ref1 bring insurance card', { ref: 'ref1' }],
  ['call back. Bookadoc ref1', { ref: 'ref1' }],
  ['Bookadoc ref1. Cancelled by the patient: "I have to work" called back', { ref: 'ref1' }],
  ['Bookadoc ref1. Late. Cancelled by the patient: "I have to work"', { ref: 'ref1' }],
  ['Cancelled by the patient', {}],
  ['needs an interpreter', {}],
])('%j', (notes, read) => {
  expect(readNotes(notes)).toEqual(read);
});

test.each([
  [{}, 'free'],
  [{ ref: 'ref1' }, 'free'],
  [{ ref: 'ref1', cancelReason: 'my son said: "no". Bookadoc ref2' }, 'reason'],
  [{ cancelReason: 'work' }, 'reason'],
])('what we write is ours when it is read: %j', (own, held) => {
  expect(readNotes(notesOf(own))).toEqual({ ...('ref' in own ? { ref: own.ref } : {}), held });
});
