// Every kind of reply that the bot gives, as the dialogs make them, for looking at on each channel.
import { phrasesOf, type VisitFacts } from '../../dialogs/phrases/index.ts';
import { type Choice, cardText, type Language, type Reply } from '../../dialogs/reply.ts';

const visit: VisitFacts = {
  person: 'Ann Bishop',
  doctor: 'Dr. María Álvarez',
  office: 'Main Street, 12 Main Street, Albany',
  visitType: 'Follow-up visit',
  localStart: '2025-02-18T09:30',
  timeZone: 'America/New_York',
};
const days = ['2025-02-17', '2025-02-18', '2025-02-19', '2025-02-20'];
const times = ['08:00', '08:30', '09:00', '09:30'].map((time) => `2025-02-18T${time}`);

const choice = (key: string, label: string): Choice => ({ key, label, value: label });
const question = (step: string) => ({ step, nonce: 'Zk3v9QxT' });

function repliesIn(language: Language): Readonly<Record<string, readonly Reply[]>> {
  const words = phrasesOf(language);
  const confirm = words.askConfirm(visit);
  const when = words.when(visit.localStart, visit.timeZone);
  const onFile = { person: visit.person, doctor: visit.doctor, office: 'Main Street' };
  const cancel = words.askCancel({ ...onFile, when });
  const move = words.askMove({
    ...onFile,
    from: when,
    to: words.when('2025-02-20T13:00', visit.timeZone),
  });
  const booked = words.booked(visit, '342545051');
  const reply = (text: string, more: Partial<Reply> = {}): Reply => ({ text, language, ...more });
  const more = choice('more', words.moreLabel());
  return {
    'a sentence': [reply(words.askName())],
    'a question with a list': [
      reply(`${words.thanks('Ann')}\n${words.askDoctor()}`, {
        question: question('doctor'),
        choices: ['Dr. John Doe', 'Dr. María Álvarez', 'Dr. Samuel Okafor-Whitfield'].map((name, n) =>
          choice(`5117${n}`, name),
        ),
      }),
    ],
    'a list of eight': [
      reply(words.askVisitType(), {
        question: question('visitType'),
        choices: Array.from({ length: 8 }, (_, n) => choice(`type${n}`, `Visit type ${n + 1}`)),
      }),
    ],
    'days in a grid': [
      reply(words.askDay(words.zone(visit.timeZone)), {
        question: question('day'),
        layout: 'grid',
        choices: [...days.map((day) => choice(day, words.day(day))), more],
      }),
    ],
    'times in a grid, with more': [
      reply(words.askTime('2025-02-18'), {
        question: question('time'),
        layout: 'grid',
        choices: [
          ...times.map((start) => choice(start, words.dayAndTime(start))),
          more,
          choice('other-day', words.otherDayLabel()),
        ],
      }),
    ],
    'the visit to confirm': [
      reply(`${words.onlyOne('office')}\n${cardText(confirm)}`, {
        question: question('confirm'),
        card: confirm,
        choices: [choice('yes', words.yesLabel()), choice('no', words.noLabel())],
      }),
    ],
    'the visit to cancel': [
      reply(cardText(cancel), {
        question: question('cancel'),
        card: cancel,
        choices: [choice('cancel-it', words.cancelItLabel()), choice('keep-it', words.keepItLabel())],
      }),
    ],
    'the move to confirm': [
      reply(cardText(move), {
        question: question('confirm'),
        card: move,
        choices: [choice('move-it', words.moveItLabel()), choice('no', words.noLabel())],
      }),
    ],
    'a booked visit': [
      reply(cardText(booked), {
        question: question('another'),
        card: booked,
        receipt: words.yesLabel(),
        choices: [choice('book-another', words.bookAnotherLabel())],
        confirmation: {
          message: 'Your appointment has been successfully booked.',
          appointmentDetails: {
            appointmentId: '342545051',
            date: '02/18/2025',
            time: '09:30 AM',
            provider: visit.doctor,
          },
        },
      }),
    ],
    'an error with another try': [
      reply(
        words.bookingErrors['ehr-unavailable']({
          phone: '(518) 555-0112',
          otherVisit: '',
          leadMinutes: 120,
          horizonDays: 60,
        }),
        { question: question('retry'), choices: [choice('retry', words.retryLabel())] },
      ),
    ],
    'an emergency': [
      reply(words.alarm.emergency({ emergency: '911', crisis: '988', phone: '(518) 555-0112' }), {
        question: question('emergency'),
        choices: [choice('go-on', words.goOnLabel())],
      }),
    ],
    'several replies': [
      reply(words.languageSwitched()),
      reply(words.askStartOver(), {
        question: question('start-over'),
        choices: [choice('start-over', words.startOverLabel()), choice('keep-going', words.keepGoingLabel())],
      }),
    ],
  };
}

const bad = '<b>Bo</b> [x](http://e.example) **o** `c` &lt; www.f.example\n- l';
const hostileLine = '<b>Bo</b> [x](http://e.example) **o** `c` &lt;';

/** Names as somebody hostile would have them in a chart, wherever a reply can hold one. */
export const hostileReply: Reply = {
  text: `${bad}\nPlease check:\nFor: ${hostileLine}\nShall I book it?`,
  language: 'en',
  question: question('confirm'),
  card: {
    title: 'Please check:',
    rows: [{ label: 'For', value: hostileLine }],
    closing: 'Shall I book it?',
  },
  choices: [choice('yes', hostileLine)],
};

export const everyReply = { en: repliesIn('en'), es: repliesIn('es') };
