// Every sentence in English: short, plain, kind, and true when said.
import { clock, day, fullDate, time, when, zone } from './en-dates.ts';
import { identity } from './en-identity.ts';
import { trouble } from './en-trouble.ts';
import { visits } from './en-visits.ts';
import type { Phrases } from './index.ts';
import { listOf } from './list-of.ts';

const slotNames = {
  office: 'office',
  doctor: 'doctor',
  visitType: 'visit type',
  day: 'day',
  time: 'time',
  who: 'patient',
};
export const en = {
  day,
  dayAndTime: (localStart) => `${day(localStart.slice(0, 10))}, ${time(localStart)}`,
  fullDate,
  when,
  zone,

  bookLabel: () => 'Book an appointment',
  bookAnotherLabel: () => 'Book another appointment',
  yesLabel: () => 'Book it',
  noLabel: () => 'Change something',
  moreLabel: () => 'More',
  earlierLabel: () => 'Earlier',
  otherDayLabel: () => 'Another day',
  retryLabel: () => 'Try again',
  startOverLabel: () => 'Start over',
  keepGoingLabel: () => 'Keep going',
  changeWhenLabel: () => 'Change the day or time',
  changeLabel: (slot) => `Change the ${slotNames[slot]}`,

  theOffice: () => 'the office',
  greeting: (practice, sms) =>
    sms
      ? `Hello! I book visits at ${practice || 'this practice'}. Words that work here: "my visits", "back", "start over", "person", "español".`
      : `Hello! I am the booking assistant of ${practice || 'this practice'}. I can book a doctor's appointment for you, and show, move or cancel your visits. (También hablo español: escriba "español".)`,
  offerToBook: () => 'Would you like to book an appointment?',
  farewell: (isThanked) =>
    `${isThanked ? 'You are welcome.' : 'All right.'} Write "book" whenever you need an appointment.`,
  help: (phone, sms) =>
    `I book, show, move and cancel doctor's appointments. Answer my question in your own words, or pick from the list. You can also write "my appointments", "back", "start over"${sms ? ', "person" or "español"' : ', "stop", "person" or "español"'}. To talk to us, call ${phone}.`,
  person: (phone) => `Of course. Please call ${phone} to talk to a person.`,
  privateOnly: () =>
    'Health information is private, so I do not talk about it in a group. Please write to me in a private chat.',
  outdated: () => 'I was updated since we last talked, so we have to start again. I am sorry about that.',
  forgotten: () => 'It has been a while. For your privacy I forgot who you are, so I have to ask again.',
  tooLong: () => 'That is too long for me to read. Please say it in a few words.',
  noText: () => 'I can only read text messages. Please write your answer in words.',
  languageSwitched: () => 'OK, English it is.',
  alarm: {
    emergency: ({ emergency, phone }) =>
      `This sounds like an emergency. Please call ${emergency} now, or have someone call for you. I cannot help with an emergency. The office's phone is ${phone}. If it is not an emergency, write "go on" to book.`,
    'self-harm': ({ emergency, crisis, phone }) =>
      `I am so sorry that you feel this way. You are not alone. Please call or text ${crisis} now: kind people are there day and night. If you are in danger, call ${emergency}. The office's phone is ${phone}. If you want to book a visit, write "go on".`,
  },
  alarmAgain: {
    emergency: ({ emergency }) => `Please call ${emergency}. To book a visit, write "go on".`,
    'self-harm': ({ crisis }) => `Please call or text ${crisis}. To book a visit, write "go on".`,
  },
  goOnLabel: () => 'Go on',
  smallTalk: {
    hello: () => 'Hello! Good to hear from you.',
    'how-are-you': () => 'I am fine, thank you for asking.',
    thanks: () => 'You are welcome.',
    'who-are-you': () => 'I am a computer program that books visits for this practice.',
    sorry: () => 'No problem at all.',
    hurry: () => 'Take your time.',
    'off-topic': (phone) => `I only handle appointments here. For anything else, please call ${phone}.`,
    rude: (phone) => `I am sorry that this is hard. A person can help you at ${phone}.`,
  },
  chosen: (label) => `You chose: ${label}`,
  alreadyDone: () => 'I have your answer to that already.',
  stepOver: () => 'That step is over, so nothing was changed.',
  nothingBefore: () => 'There is nothing to go back to: this is the first question.',
  askStartOver: () => 'Do you want to start over? Your answers so far will be dropped.',
  startedOver: () => 'OK, we start from the beginning.',
  stopped: () => 'OK, I stopped. Nothing more was booked. Write "book" when you want to begin again.',

  askName: () => 'Who is the appointment for? Please write the first and last name.',
  askLastName: () => 'Please write the first and the last name together, like Ana Smith.',
  askBirthDate: () => 'What is the date of birth? Please write month, day and year, like 03/25/1980.',
  askBirthDateWhich: () => 'Which date of birth do you mean?',
  askOffice: () => 'Which office would you like to visit?',
  askDoctor: () => 'Which doctor would you like to see?',
  askVisitType: () => 'What kind of visit is it?',
  askDay: (zoneLabel) =>
    `Which day suits you? You can also write a day, like "next Friday". All times are in ${zoneLabel}.`,
  askTime: (date) => `What time on ${day(date)}?`,
  askConfirm: (visit) => ({
    title: 'Please check your appointment:',
    rows: [
      { label: 'For', value: visit.person },
      { label: 'With', value: visit.doctor },
      { label: 'Where', value: visit.office },
      ...(visit.visitType === undefined ? [] : [{ label: 'Visit', value: visit.visitType }]),
      { label: 'When', value: when(visit.localStart, visit.timeZone) },
    ],
    closing: 'Shall I book it?',
  }),
  askConfirmAlso: (visits) =>
    `You already have a visit that day: ${visits.join('; ')}. Shall I book this one too?`,
  askChange: () => 'What would you like to change?',
  askWhich: () => 'Which of these do you mean?',
  thanks: (firstName) => `Thank you, ${firstName}.`,
  heard: (parts) => `I understood: ${parts.join(', ')}.`,
  days: (from, to) => `${day(from)} to ${day(to)}`,
  time: clock,
  partOfDay: (from, until) => {
    if (from === 0 && until === 720) return 'in the morning';
    if (from === 720 && until === 1440) return 'in the afternoon';
    if (until === 1440) return `from ${clock(from)} on`;
    if (from === 0) return `before ${clock(until)}`;
    return `between ${clock(from)} and ${clock(until)}`;
  },
  soonest: () => 'as soon as possible',
  anyDoctor: () => 'any doctor',
  unknownDoctor: () => 'I do not know a doctor of that name here.',
  notAtOffice: (doctor, office) => `${doctor} does not see patients at ${office}.`,
  noLastDoctor: () => 'I do not see an earlier visit that was booked with me.',
  tellWhy: () =>
    'Tell me in a few words what it is for, like "checkup" or "sore throat", and I will suggest one.',
  maybeVisit: (names) => `For that, this may fit: ${names.join(', or ')}.`,
  lookedAt: (doctors, notLooked) =>
    `I looked at the times of ${listOf(doctors, 'and')}.${notLooked === 0 ? '' : ` There ${notLooked === 1 ? 'is 1 more doctor' : `are ${notLooked} more doctors`}: write a name to see other times.`}`,
  firstTimes: () => 'These are the first open times. Which one suits you?',
  fittingDays: () => 'These days have a time like that. Which one suits you?',
  lostAgain: (phone) => `That happened twice now: you can also call ${phone}, and they will find you a time.`,
  noSuchVisit: () => 'I do not know that kind of visit here.',
  places: (lines) => lines.join('\n'),
  pickTime: () => 'All of these are open. Please pick the one you like.',
  onlyOne: (slot) => `There is only one ${slotNames[slot]} to choose here.`,

  replyToBook: () => 'Please reply 1 to book it, or 2 to change something.',
  missed: {
    name: () => 'I did not catch a name in that.',
    birthDate: () => 'I did not catch a date in that.',
    choice: () => 'I did not catch which one you mean.',
    day: () => 'I did not catch a day in that.',
    time: () => 'I did not catch a time in that.',
    confirm: () => 'I book only when you clearly say so.',
    code: () => 'I did not catch a code in that.',
    contact: () => 'I did not catch a phone number or an e-mail address in that.',
    phone: () => 'I did not catch a phone number in that.',
    email: () => 'I did not catch an e-mail address in that.',
    yes: () => 'I do that only when you clearly say so.',
  },
  hint: {
    name: () => 'Please write only the first and last name, like Ana Smith.',
    birthDate: () => 'Please write only the date, as month/day/year, like 03/25/1980.',
    choice: () => 'Please pick one from the list.',
    day: () => 'Please pick a day from the list, or write one like 2/18 or "Tuesday".',
    time: () => 'Please pick a time from the list, or write one like 9:30 AM.',
    confirm: () => 'Please pick "Book it" or "Change something".',
    code: () => 'Please write only the 6 digits, or "I have no code".',
    contact: () => 'Please write a number like (518) 555-0123, or an address like ana@example.com.',
    phone: () => 'Please write a number like (518) 555-0123.',
    email: () => 'Please write an address like ana@example.com.',
    yes: () => 'Please pick one from the list.',
  },
  missedAgain: (phone) =>
    `I am sorry, I still do not understand. A person can book it with you: please call ${phone}. I kept your answers, and we can try again here.`,
  shortYear: () => 'Please write the year with four digits.',
  impossibleBirthDate: () => 'That date of birth cannot be right.',
  impossibleDay: () => 'That day is not in the calendar.',
  pastDay: () => 'That day is over.',
  beyondHorizon: (horizonDays) => `I can book only up to ${horizonDays} days ahead.`,
  closedDay: () => 'There is no open time on that day.',
  noTimesThen: () => 'There is no open time then.',
  timeNotOffered: () => 'That time is not open.',
  closest: () => 'These are the closest ones:',
  noOpenTimes: (phone) =>
    `There is no open time to book online for this choice. Please change something, or call ${phone}.`,
  noDoctors: (phone) => `No visit can be booked online here right now. Please call ${phone}.`,

  booked: (visit, reference) => ({
    title: 'Your appointment has been successfully booked.',
    rows: [
      { label: 'With', value: visit.doctor },
      { label: 'When', value: when(visit.localStart, visit.timeZone) },
      { label: 'Where', value: visit.office },
      { label: 'Reference', value: reference },
    ],
  }),
  addToCalendar: () => 'Add to calendar',
  alreadyBooked: () => 'That appointment is already booked. There is nothing more to do.',
  stillChecking: (phone) =>
    `I am still checking your last appointment and will tell you here. Please do not book it again. To be sure now, call ${phone}.`,
  bookedAfterAll: (whenLabel, doctor, reference) =>
    `Good news about the appointment I was not sure of: it is booked. ${doctor}, ${whenLabel}. Reference: ${reference}`,
  notBookedAfterAll: (whenLabel, doctor) =>
    `About the appointment I was not sure of (${doctor}, ${whenLabel}): it was not booked. You can choose a time again.`,
  changedAfterAll: {
    'moved-after-all': (whenLabel, doctor) => `Your visit was moved. It is now ${whenLabel}, with ${doctor}.`,
    'not-moved': (whenLabel, doctor) =>
      `Your visit was not moved. It is still ${whenLabel}, with ${doctor}. You can try again.`,
    'not-cancelled': (whenLabel, doctor) =>
      `Your visit was not cancelled. It is still ${whenLabel}, with ${doctor}. You can try again.`,
    'restored-after-all': (whenLabel, doctor) => `Your visit is on again: ${whenLabel}, with ${doctor}.`,
    'cancelled-after-all': (whenLabel, doctor) =>
      `Your visit does not stand any more: ${whenLabel}, with ${doctor}.`,
    'not-restored': (whenLabel, doctor) =>
      `Your visit stays cancelled: ${whenLabel}, with ${doctor}. You can book a new time.`,
  },

  overlapsUnsure: ({ otherVisit, phone }) =>
    `I am still checking whether this visit of yours is booked: ${otherVisit}. Nothing new was booked. Please choose another time, or call ${phone}.`,
  missingPermission: (scopes, phone) =>
    `Online booking is not fully set up: the practice's system does not give me the permission ${scopes}. Nothing was booked. Please call ${phone}.`,
  ...trouble,
  ...visits,
  ...identity,
} satisfies Phrases;
