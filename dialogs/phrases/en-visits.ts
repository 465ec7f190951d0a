// Visits on file, in English.
import type { Card } from '../reply.ts';
import type { VisitPhrases } from './visit-phrases.ts';

const notice = (minutes: number): string =>
  minutes % 1440 === 0 && minutes > 1440
    ? `${minutes / 1440} days`
    : minutes % 60 === 0
      ? `${minutes / 60} hour${minutes === 60 ? '' : 's'}`
      : `${minutes} minutes`;

const forWhom = (person: string | undefined): Card['rows'] =>
  person === undefined ? [] : [{ label: 'For', value: person }];

export const visits = {
  agendaLabel: {
    today: () => 'My day',
    tomorrow: () => 'Tomorrow',
    next: () => 'Next patient',
    week: () => 'This week',
  },
  showNamesLabel: () => 'Show names',
  agendaEmpty: {
    today: () => 'You have no visits today.',
    tomorrow: () => 'You have no visits tomorrow.',
    next: () => 'Nobody else comes today.',
    week: () => 'You have no visits this week.',
  },
  agendaMore: (count) => `${count} later visit${count === 1 ? ' is' : 's are'} not shown here.`,
  agendaState: {
    booked: () => '',
    confirmed: () => 'confirmed',
    arrived: () => 'is here',
    'in-session': () => 'in session',
    complete: () => 'done',
    'no-show': () => 'did not come',
    cancelled: () => 'cancelled',
    rescheduled: () => 'moved',
  },
  noAgenda: () => "I cannot reach the practice's system right now. Please try again in a few minutes.",
  visitState: {
    booked: () => '',
    confirmed: () => 'confirmed',
    arrived: () => 'you have checked in',
    'in-session': () => 'it is under way',
    complete: () => 'it is over',
    'no-show': () => 'it was marked as missed',
    cancelled: () => 'it was called off',
    rescheduled: () => 'it was moved',
    other: () => 'please ask the office about it',
  },
  yourVisits: () => 'Your next visits:',
  yourVisit: () => 'Your next visit:',
  noVisits: () => 'You have no visits coming up.',
  untimed: (count, phone) =>
    `${count === 1 ? 'There is a visit' : `There are ${count} visits`} that I cannot show here. Please call ${phone} about ${count === 1 ? 'it' : 'them'}.`,
  asOf: (day) =>
    `I cannot reach the practice's system right now. This is what I knew on ${day}; visits made by phone may be missing, and I cannot change any now.`,
  noVisitLikeThat: () => 'I see no visit like that.',
  askWhichToCancel: () => 'Which visit would you like to cancel?',
  askWhichToMove: () => 'Which visit would you like to move?',
  missedTask: (phone) =>
    `I am sorry, I still do not understand. A person can help you: please call ${phone}. Nothing was changed, and we can try again here.`,
  leftAsIs: () => 'OK, everything stays as it is.',
  backToBooking: () => 'Back to your new appointment.',
  visitStands: (visit) => `Your visit is unchanged: ${visit}.`,
  onePerson: () => 'I book for one person at a time. After this one we can book the next.',
  oneByOne: () => 'One thing at a time: first this, then the other.',
  nowTheOther: (wish) => `Now the other thing: "${wish}".`,
  askOther: (wish) => `You also wrote: "${wish}". Shall we do that now?`,
  goOnWithIt: () => 'Yes, go on',
  otherDoctor: () =>
    'A visit cannot be moved to another doctor. We book the new one first, and then you can cancel the old one.',
  askOldVisit: () => 'Shall we cancel the old visit now?',
  moveOrCancel: () => 'We can move it to another time, or cancel it.',
  late: (phone) => `Please call ${phone} and tell them. I cannot pass that on.`,

  moveLabel: () => 'Move it',
  cancelLabel: () => 'Cancel it',
  directionsLabel: () => 'Directions',
  listLabel: () => 'Other visits',
  doneLabel: () => 'Done',
  moveItLabel: () => 'Move it',
  leaveItLabel: () => 'Leave it as it is',
  cancelItLabel: () => 'Cancel it',
  keepItLabel: () => 'Keep it',
  undoLabel: () => 'Undo',

  askCancel: ({ person, doctor, office, when }) => ({
    title: 'Please check the visit:',
    rows: [
      ...forWhom(person),
      { label: 'With', value: doctor },
      { label: 'When', value: when },
      { label: 'Where', value: office },
    ],
    closing: 'Shall I cancel it? If you like, say why: "yes, because ..."',
  }),
  missedCancel: () => 'I cancel only when you clearly say so.',
  missedMove: () => 'I move it only when you clearly say so.',
  hintMove: () => 'Please pick "Move it" or "Change something".',
  replyToMove: () => 'Please reply 1 to move it, or 2 to change something.',
  cancelled: (visit) => `Your visit is cancelled: ${visit}. For one minute you can write "undo".`,
  reasonKept: () => 'The office can read your reason.',
  reasonNotKept: (phone) => `I could not pass your reason on; you can tell the office at ${phone}.`,
  undone: (visit) => `Your visit stands again: ${visit}.`,
  notUndone: (phone) =>
    `I could not take that back: the visit stays cancelled. You can book a new one, or call ${phone}.`,
  undoOver: () => 'It is too late to take that back: the visit stays cancelled. You can book a new one.',

  movingFrom: (visit) => `We will move this visit: ${visit}.`,
  askMove: ({ person, doctor, office, from, to }) => ({
    title: 'Please check the move:',
    rows: [
      ...forWhom(person),
      { label: 'With', value: doctor },
      { label: 'Where', value: office },
      { label: 'From', value: from },
      { label: 'To', value: to },
    ],
    closing: 'Shall I move it?',
  }),
  moved: ({ doctor, office, when }, reference) => ({
    title: 'Your visit was moved.',
    rows: [
      { label: 'With', value: doctor },
      { label: 'When', value: when },
      { label: 'Where', value: office },
      { label: 'Reference', value: reference },
    ],
  }),
  moveTaken: () => 'I am sorry, somebody else just took that time.',
  cannotMoveThere: () => 'That time cannot be had.',
  moveOnlyTime: (phone) =>
    `I can only move this visit to another time. For another doctor or office, book a new one and cancel this one, or call ${phone}.`,

  visitNotFound: (phone) => `I do not find that visit any more, so I changed nothing. Please call ${phone}.`,
  changedSince: (visit, phone) =>
    `That visit was changed since, so I changed nothing. It is now: ${visit}. If that is not right, call ${phone}.`,
  calledOffSince: (visit, phone) =>
    `That visit was called off since: ${visit}. I changed nothing. If that is not right, call ${phone}.`,
  notChangeable: (visit, phone) => `I cannot change this visit here: ${visit}. Please call ${phone}.`,
  tooLate: (visit, noticeMinutes, phone) =>
    noticeMinutes === 0
      ? `This visit has begun, so I cannot change it: ${visit}. Please call ${phone}.`
      : `This visit is less than ${notice(noticeMinutes)} away, so I cannot change it here: ${visit}. Please call ${phone}.`,
  notChanged: (phone) =>
    `I cannot reach the practice's system right now. Your visit is unchanged. Please try again in a few minutes, or call ${phone}.`,
  changeUnsure: (phone) =>
    `I could not find out whether that was done. I am checking, and I will tell you here at your next message. To be sure now, call ${phone}.`,
  changeStillOpen: (phone) =>
    `I am still checking your last change of this visit, so I did nothing more. Please write again in a minute. To be sure now, call ${phone}.`,
} satisfies VisitPhrases;
