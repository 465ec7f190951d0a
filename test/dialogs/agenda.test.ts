// A provider's day in Teams, as transcripts; and the same words from everybody else.
import { expect, test } from 'vitest';
import type { AgendaEntry } from '../../services/agenda-cases.ts';
import { appointmentId, ok } from '../../services/domain.ts';
import { greeting, toName } from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { fakeUseCases } from '../support/fake-use-cases.ts';
import { play } from '../support/transcript.ts';

const nowMs = Date.parse('2025-02-10T15:00:00Z');
const account = 'msteams|tenant/doctor';
const entry = (localStart: string, more: Partial<AgendaEntry>): AgendaEntry => ({
  appointment: appointmentId('1'),
  localStart,
  timeZone: 'America/New_York',
  durationMinutes: 30,
  officeName: 'Main Street',
  visitType: 'Checkup',
  state: 'booked',
  patient: 'M. L.',
  ...more,
});

function open(by: string | undefined) {
  const useCases = fakeUseCases('2025-02-10');
  const asked: unknown[] = [];
  const provided = {
    ...useCases,
    isProvider: ({ account: asking }: { account?: string }) => asking === account,
    agenda: async (_: unknown, span: string, { names }: { names: boolean }) => {
      asked.push([span, names]);
      const entries =
        span === 'tomorrow'
          ? []
          : [
              entry('2025-02-10T10:30', { state: 'arrived', patient: names ? 'Maria Lopez' : 'M. L.' }),
              entry('2025-02-10T13:00', { patient: '', visitType: '' }),
            ];
      const toDate = span === 'week' ? '2025-02-16' : '2025-02-10';
      return ok({
        doctorName: 'Dr. John Doe',
        fromDate: '2025-02-10',
        toDate,
        entries,
        more: span === 'week' ? 12 : 0,
      });
    },
  };
  const chat = openChat({
    useCases: provided,
    nowMs,
    channelId: 'msteams',
    ...(by === undefined ? {} : { account: by }),
  });
  return { asked, chat };
}

test('my day, names, tomorrow, the week', async () => {
  const { asked, chat } = open(account);
  const choices = '[Show names | Tomorrow | Next patient | This week]';
  await play(
    chat,
    `> my day
    ${greeting}
    Mon Feb 10
    10:30 AM (Eastern Time, 30 min): M. L., Checkup, Main Street, is here
    1:00 PM (Eastern Time, 30 min): Main Street
    ${choices}
    > show names
    < Mon Feb 10
    10:30 AM (Eastern Time, 30 min): Maria Lopez, Checkup, Main Street, is here
    1:00 PM (Eastern Time, 30 min): Main Street
    [Tomorrow | Next patient | This week]
    > Tomorrow
    < You have no visits tomorrow.
    [My day | Next patient | This week]
    > this week
    < Mon Feb 10 to Sun Feb 16
    Mon Feb 10, 10:30 AM (Eastern Time, 30 min): M. L., Checkup, Main Street, is here
    Mon Feb 10, 1:00 PM (Eastern Time, 30 min): Main Street
    12 later visits are not shown here.
    [Show names | My day | Tomorrow | Next patient]`,
  );
  expect(asked).toEqual([
    ['today', false],
    ['today', true],
    ['tomorrow', false],
    ['week', false],
  ]);
  expect(JSON.stringify(await chat.kept())).not.toMatch(/Maria|M\. L\./);
});

test.each([undefined, 'msteams|tenant/other'])(
  'by %s: nothing is asked, and nothing revealed',
  async (by) => {
    const { asked, chat } = open(by);
    for (const text of ['my day', 'show names', 'next patient', 'this week', 'my agenda', 'tomorrow'])
      expect((await chat.say(text)).join()).not.toMatch(/Maria|M\. L\.|10:30/);
    expect(asked).toEqual([]);
  },
);

test('a provider is a patient, too: an open question is answered as by everybody', async () => {
  const { asked, chat } = open(account);
  await play(chat, toName);
  await chat.say('today');
  expect(asked).toEqual([]);
});
