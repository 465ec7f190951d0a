// Open times are shown to anybody; who somebody is, is asked before a booking, as transcripts and a table of sentences.
import { describe, expect, test } from 'vitest';
import { wantsToLook } from '../../dialogs/browse.ts';
import {
  booked,
  confirmQuestion,
  greeting,
  officeQuestion,
  timeQuestion,
  toName,
} from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { fakeUseCases } from '../support/fake-use-cases.ts';
import { play } from '../support/transcript.ts';

const nowMs = Date.parse('2025-02-10T15:00:00Z');
function open() {
  const useCases = fakeUseCases('2025-02-10');
  return { useCases, chat: openChat({ useCases, nowMs }) };
}
const eleventh = 'Tuesday, February 11, 2025 at 9:30 AM';

test('times first, then who it is for, then the check', async () => {
  const { useCases, chat } = open();
  await play(
    chat,
    `> What times does Dr. Doe have on Tuesday?
    ${greeting}
    I understood: Dr. John Doe, Tue Feb 11.
    ${officeQuestion}
    > main
    < What kind of visit is it?
    [Checkup | New patient visit]
    > checkup
    < ${timeQuestion('Tue Feb 11')}`,
  );
  expect(useCases.claims).toEqual([]);
  await play(
    chat,
    `> 9:30
    < To book it, I need to know who it is for. Who is the appointment for? Please write the first and last name.
    > Maria Lopez 3/25/1980
    < Thank you, Maria.
    ${confirmQuestion(eleventh)}
    > yes
    < ${booked(eleventh, '901')}`,
  );
});

test('at the question for the name, too; the doctor of last time is somebody’s', async () => {
  await play(
    open().chat,
    `${toName}
    > just looking
    < ${officeQuestion}
    > the same doctor as last time
    < To book it, I need to know who it is for. Who is the appointment for? Please write the first and last name.`,
  );
});

test('visits on file are not looked at by nobody', async () => {
  await play(
    open().chat,
    `${toName}
    > just looking
    < ${officeQuestion}
    > my visits
    < Whose visits are they? Please write the first and last name.
    > what times are there
    < I did not catch a name in that.
    Whose visits are they? Please write the first and last name.`,
  );
});

describe('sentences', () => {
  test.each([
    'what times do you have',
    'which days are open?',
    'show me open times',
    "I'm just looking",
    'when is Dr. Lee available?',
    'availability',
    'solo estoy mirando',
    '¿qué horarios tiene la doctora?',
    'horarios',
    'cuando hay cita con el Dr. Doe',
  ])('%s', (text) => expect(wantsToLook(text)).toBe(true));
  test.each([
    'book',
    'Maria Lopez',
    'I need an appointment at 3',
    'what is your address',
    'my time is short',
    'quiero una cita',
    'many times I was late',
    'when is my appointment',
  ])('not: %s', (text) => expect(wantsToLook(text)).toBe(false));
});
