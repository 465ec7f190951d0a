// What went wrong, in English: always whether something was booked, and the way on.
import type { Phrases } from './index.ts';

const hours = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} hour${minutes === 60 ? '' : 's'}` : `${minutes} minutes`;

export const trouble = {
  bookingErrors: {
    'missing-fields': () => 'Something is still missing, so nothing was booked yet.',
    'slot-taken': () => 'I am sorry, somebody else just took that time. Nothing was booked.',
    'outside-policy': () => 'That cannot be booked online. Nothing was booked.',
    'patient-not-found': () =>
      'The practice does not find the chart any more, so nothing was booked. I have to ask who you are again.',
    'patient-ambiguous': () =>
      'I cannot tell which chart is the right one, so nothing was booked. I have to ask who you are again.',
    'overlaps-own': ({ otherVisit }) =>
      `You already have a visit then: ${otherVisit}. Nothing new was booked. Please choose another time.`,
    'booking-not-found': ({ phone }) => `I do not find that booking. Please call ${phone}.`,
    'already-cancelled': () => 'That visit was called off before.',
    'ehr-refused': ({ phone }) =>
      `The practice's system did not accept this, so nothing was booked. You can change something, or call ${phone}.`,
    'ehr-unavailable': ({ phone }) =>
      `I cannot reach the practice's calendar right now. Nothing was booked, and I kept your answers. Please try again in a few minutes, or call ${phone}.`,
    unconfirmed: ({ phone }) =>
      `I could not confirm whether your appointment is booked. Please do not book it again: I am checking, and I will tell you here at your next message. If you want to be sure now, call ${phone}.`,
  },
  policy: {
    past: () => 'That time is over, so nothing was booked.',
    'lead-time': ({ leadMinutes }) =>
      `That is too soon: I can book from ${hours(leadMinutes)} ahead. Nothing was booked.`,
    horizon: ({ horizonDays }) =>
      `That is too far away: I can book up to ${horizonDays} days ahead. Nothing was booked.`,
    'not-bookable-here': ({ phone }) =>
      `This doctor cannot be booked online at this office. Please choose another one, or call ${phone}.`,
    'no-time-zone': ({ phone }) =>
      `This doctor's times at this office cannot be booked online. Please choose another one, or call ${phone}.`,
    'impossible-time': () => 'The clocks change at that time, so it cannot be booked. Nothing was booked.',
    'not-offered': () => 'That time is not open any more. Nothing was booked.',
    'unknown-visit-type': () => 'That kind of visit cannot be booked online. Nothing was booked.',
    duration: () => 'A visit of that length cannot be booked online. Nothing was booked.',
  },
  identifyErrors: {
    'no-match': (phone) =>
      `I could not find a chart with that name and date of birth. Please check both and try again, or call ${phone}.`,
    'too-many-tries': (phone) =>
      `I cannot look up more charts right now. Please call ${phone}, and they will book it with you.`,
    'ehr-refused': (phone) => `I cannot look up charts right now. Nothing was booked. Please call ${phone}.`,
    'ehr-unavailable': (phone) =>
      `I cannot reach the practice's system right now. Nothing was booked, and I kept your answers. Please try again in a few minutes, or call ${phone}.`,
  },
  nothingEarlier: (where) =>
    where === 'at-all'
      ? 'Nothing earlier is open.'
      : where === 'day'
        ? 'Nothing earlier is open that day. You can pick another day.'
        : 'Nothing earlier fits what you said.',
  nearestOffice: () => 'I cannot see where you are. These are the addresses:',
  thenOffice: (name) => `Then let us take ${name}.`,
} satisfies Pick<
  Phrases,
  'bookingErrors' | 'policy' | 'identifyErrors' | 'nothingEarlier' | 'nearestOffice' | 'thenOffice'
>;
