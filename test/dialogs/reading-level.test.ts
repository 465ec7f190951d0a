// Every flow's sentences can be read by a sixth-grader: Flesch-Kincaid grade 6 at most in English, INFLESZ 65 at least in Spanish; names, dates and numbers left out.
import { describe, expect, test } from 'vitest';
import { type Phrases, phrasesOf } from '../../dialogs/phrases/index.ts';
import { type Card, cardText } from '../../dialogs/reply.ts';
import { gradeOf, perspicuityOf, spanishSyllables } from '../support/reading-level.ts';

const nobody = {
  person: '',
  doctor: '',
  office: '',
  localStart: '2025-02-18T09:30',
  timeZone: 'America/New_York',
};
const nothing = { phone: '', otherVisit: '', leadMinutes: 120, horizonDays: 60 };
const call = { emergency: '', crisis: '', phone: '' };

/** Lines of facts (`With: ...`) are labels and names, not sentences. */
const withoutFacts = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/^[\p{L} ]+: /u.test(`${line} `) || /[.?!]$/.test(line))
    .join('\n');

const all = <T>(of: Readonly<Record<string, (facts: T) => string>>, facts: T): readonly string[] =>
  Object.values(of).map((say) => say(facts));

/** The sentences of each flow, in the order in which they may be met. */
const flows: Readonly<Record<string, (words: Phrases) => readonly string[]>> = {
  greeting: (words) => [
    words.greeting('', false),
    words.greeting('', true),
    words.offerToBook(),
    words.farewell(true),
    words.farewell(false),
    words.privateOnly(),
    words.outdated(),
    words.languageSwitched(),
    words.alreadyBooked(),
    words.addToCalendar(),
  ],
  booking: (words) => [
    words.askName(),
    words.askLastName(),
    words.askBirthDate(),
    words.askBirthDateWhich(),
    words.thanks(''),
    words.askOffice(),
    words.askDoctor(),
    words.askVisitType(),
    words.askDay(''),
    words.askTime('2025-02-18'),
    cardText(words.askConfirm(nobody)),
    words.askConfirmAlso(['']),
    cardText(words.booked(nobody, '')),
  ],
  'several at once': (words) => [
    words.heard(['']),
    words.unknownDoctor(),
    words.notAtOffice('', ''),
    words.noLastDoctor(),
    words.tellWhy(),
    words.maybeVisit(['']),
    words.lookedAt([''], 2),
    words.firstTimes(),
    words.fittingDays(),
    words.onlyOne('doctor'),
    words.askWhich(),
  ],
  repair: (words) => [
    ...all(words.missed, undefined),
    ...all(words.hint, undefined),
    words.missedAgain(''),
    words.askChange(),
    words.askStartOver(),
    words.startedOver(),
    words.stopped(),
    words.nothingBefore(),
    words.forgotten(),
    words.tooLong(),
    words.noText(),
    words.replyToBook(),
    words.missedMove(),
    words.hintMove(),
    words.replyToMove(),
    words.alreadyDone(),
    words.stepOver(),
  ],
  'day and time': (words) => [
    words.shortYear(),
    words.impossibleBirthDate(),
    words.impossibleDay(),
    words.pastDay(),
    words.beyondHorizon(60),
    words.closedDay(),
    words.noTimesThen(),
    words.timeNotOffered(),
    words.nothingEarlier('at-all'),
    words.nothingEarlier('day'),
    words.nothingEarlier('wished'),
    words.nearestOffice(),
    words.thenOffice(''),
    words.closest(),
    words.noOpenTimes(''),
    words.noDoctors(''),
  ],
  help: (words) => [
    words.help('', false),
    words.help('', true),
    words.person(''),
    ...all(words.smallTalk, ''),
  ],
  visits: (words) => [
    ...all(words.visitState, undefined),
    words.yourVisits(),
    words.noVisits(),
    words.untimed(2, ''),
    words.asOf(''),
    words.noVisitLikeThat(),
    words.askWhichToCancel(),
    words.askWhichToMove(),
    words.missedTask(''),
    words.leftAsIs(),
    words.backToBooking(),
    words.visitStands(''),
    words.moveOrCancel(),
    words.otherDoctor(),
    words.askOldVisit(),
    words.onePerson(),
    words.oneByOne(),
    words.nowTheOther(''),
    words.askOther(''),
    words.late(''),
    words.moveOnlyTime(''),
    words.movingFrom(''),
    ...cards([words.askCancel(visitCard), words.askMove(moveCard), words.moved(visitCard, '')]),
  ],
  changes: (words) => [
    words.missedCancel(),
    words.cancelled(''),
    words.reasonKept(),
    words.reasonNotKept(''),
    words.undone(''),
    words.notUndone(''),
    words.undoOver(),
    words.moveTaken(),
    words.cannotMoveThere(),
    words.visitNotFound(''),
    words.changedSince('', ''),
    words.calledOffSince('', ''),
    words.notChangeable('', ''),
    words.tooLate('', 1440, ''),
    words.tooLate('', 0, ''),
    words.notChanged(''),
    words.changeUnsure(''),
    words.changeStillOpen(''),
  ],
  identity: (words) => [
    words.timesFirst(),
    words.whoToBook(),
    words.askCode(),
    words.askCodeAgain(),
    words.whyCode(),
    words.codeUnderWay(2),
    words.askNameForData(),
    words.askContactCode(),
    words.askNameForVisits(),
    words.notSixDigits(),
    words.wrongCode(2),
    words.codeOver(),
    words.contactCodeOver(),
    words.waysOn(''),
    words.claimAgainLater(5, ''),
    words.noWayToProve(''),
    words.askPerson('booking'),
    words.askPerson('visits'),
    words.askPerson('data'),
    words.askContact(['sms', 'email']),
    words.askGender(),
    ...cards([words.askRegister({ person: '', birthDate: '', gender: '', contact: '' })]),
    words.notRegistered(''),
    words.notRegisteredNow(''),
    words.registerUnsure(''),
  ],
  'what is kept': (words) => [
    words.signedOut(),
    words.notSignedIn(),
    words.notice({ conversationDays: 30, sends: ['sms', 'email'] }),
    words.ownData({ visits: 2, messages: 1, conversations: 1, links: 0 }, '', ''),
    words.askDeleteData(''),
    words.visitsOutlastData(),
    words.dataKept(),
    words.dataDeleted(''),
  ],
  alarm: (words) => [...all(words.alarm, call), ...all(words.alarmAgain, call)],
  trouble: (words) => [
    ...all(words.bookingErrors, nothing),
    ...all(words.policy, nothing),
    ...all(words.identifyErrors, ''),
    words.overlapsUnsure(nothing),
    words.missingPermission('', ''),
    words.stillChecking(''),
    words.bookedAfterAll('', '', ''),
    words.notBookedAfterAll('', ''),
    ...Object.values(words.changedAfterAll).map((say) => say('', '')),
  ],
};

const visitCard = { doctor: '', office: '', when: '' };
const moveCard = { doctor: '', office: '', from: '', to: '' };
const cards = (shown: readonly Card[]): readonly string[] =>
  shown.map(({ title, closing = '' }) => `${title}\n${closing}`);

const text = (flow: (words: Phrases) => readonly string[], language: 'en' | 'es'): string =>
  flow(phrasesOf(language)).map(withoutFacts).join('\n');

describe('English, Flesch-Kincaid grade', () => {
  test.each(Object.entries(flows))('%s', (_, flow) => {
    expect(gradeOf(text(flow, 'en'))).toBeLessThanOrEqual(6);
  });
});

describe('Spanish, INFLESZ', () => {
  test.each(Object.entries(flows))('%s', (_, flow) => {
    expect(perspicuityOf(text(flow, 'es'))).toBeGreaterThanOrEqual(65);
  });
  test.each([
    ['sol', 1],
    ['médico', 3],
    ['día', 2],
    ['cita', 2],
    ['bien', 1],
    ['quiero', 2],
    ['guerra', 2],
    ['leer', 2],
    ['muy', 1],
    ['consultorio', 4],
    ['ahí', 2],
    ['usted', 2],
  ])('"%s" has %i syllables', (word, count) => {
    expect(spanishSyllables(word)).toBe(count);
  });
});

test('the measure tells hard from easy', () => {
  const hard =
    'Notwithstanding administrative irregularities, reimbursement eligibility necessitates comprehensive documentation.';
  expect(gradeOf(hard)).toBeGreaterThan(20);
  const dificil =
    'La administración institucional correspondiente desestimará sistemáticamente irregularidades documentales.';
  expect(perspicuityOf(dificil)).toBeLessThan(0);
});
