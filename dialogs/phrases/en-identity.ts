// Who somebody is, in English.
import type { IdentityPhrases } from './identity-phrases.ts';
import { listOf } from './list-of.ts';

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/** Of this very conversation there is a record only when its turn is over. */
function kept(counts: readonly string[], since: string | undefined): string {
  const some = counts.filter((counted) => !counted.startsWith('0 '));
  if (some.length === 0) return 'I keep nothing about you but this conversation.';
  return `I keep this about you: ${listOf(some, 'and')}${since === undefined ? '' : `; the oldest is from ${since}`}.`;
}

export const identity = {
  timesFirst: () => 'To see open times first, write "times".',
  whoToBook: () => 'To book it, I need to know who it is for.',
  askCode: () =>
    'If these details match our records, a code is on its way to the phone or e-mail we have on file. What is the code? It has 6 digits.',
  codeUnderWay: (minutes) =>
    `The code may take a moment. I can ask for a new one in ${count(minutes, 'minute')}.`,
  askNameForData: () => 'Whose data is it? Please write the first and last name.',
  askCodeAgain: () => 'What is the code?',
  askNameForVisits: () => 'Whose visits are they? Please write the first and last name.',
  askContactCode: () => 'A code is on its way there. What is the code? It has 6 digits.',
  noCodeLabel: () => 'I have no code',
  whyCode: () => 'The code shows that it is you, so that nobody else can see or change your visits.',
  notSixDigits: () => 'A code has 6 digits.',
  wrongCode: (triesLeft) => `That is not the code. You can try ${count(triesLeft, 'more time')}.`,
  codeOver: () => 'I could not confirm who you are.',
  contactCodeOver: () => 'That code does not count any more. Let us try again.',
  waysOn: (phone) => `You can register as a new patient here, or call ${phone}, and they will help you.`,
  registerLabel: () => 'Register as new',
  claimAgainLabel: () => 'Correct my details',
  claimAgainLater: (minutes, phone) =>
    `Please wait ${count(minutes, 'minute')} before you try that again, or call ${phone}.`,
  noWayToProve: (phone) =>
    `For your privacy I must be sure who you are, and I have no way to check that here. Please call ${phone}, and they will book it with you.`,
  askPerson: (about) =>
    ({ booking: 'Who is this visit for?', visits: 'Whose visits are they?', data: 'Whose data is it?' })[
      about
    ],
  someoneElseLabel: () => 'Someone else',

  askContact: (channels) => {
    const both = channels.includes('sms') && channels.includes('email');
    const what = both
      ? 'mobile number or e-mail address'
      : channels.includes('sms')
        ? 'mobile number'
        : 'e-mail address';
    return `What is your ${what}? I will send a code there.`;
  },
  askGender: () => 'What should the chart say for gender?',
  gender: {
    Female: () => 'Female',
    Male: () => 'Male',
    Other: () => 'Other',
    UNK: () => 'Unknown',
    ASKU: () => 'I would rather not say',
  },
  askRegister: ({ person, birthDate, gender, contact }) => ({
    title: 'Please check the new patient:',
    rows: [
      { label: 'Name', value: person },
      { label: 'Born', value: birthDate },
      { label: 'Gender', value: gender },
      { label: 'Contact', value: contact },
    ],
    closing: 'Shall I register you?',
  }),
  registerYesLabel: () => 'Register me',
  registerNoLabel: () => 'Something is wrong',
  notRegistered: (phone) =>
    `I cannot register you here, so nothing was changed. Please call ${phone}, and they will do it with you.`,
  notRegisteredNow: (phone) =>
    `I cannot reach the practice's system right now, so you are not registered yet. Please try again in a few minutes, or call ${phone}.`,
  registerUnsure: (phone) =>
    `I could not find out whether you are registered. Please call ${phone} before you try again.`,

  signedOut: () => 'OK, I forgot who you are. Write "book" when you need an appointment.',
  notSignedIn: () => 'I do not know who you are, so there is nothing to forget.',
  notice: ({ conversationDays, sends }) =>
    `I keep what you write for ${count(conversationDays, 'day')}, and your visits while the practice keeps its records.${sends.length === 0 ? '' : ` I send codes and confirmations by ${sends.map((channel) => (channel === 'sms' ? 'text' : 'e-mail')).join(' or ')}.`} Write "my data" to see or delete it.`,
  ownData: ({ visits, messages, conversations, links }, since, phone) =>
    `${kept([count(visits, 'visit'), count(messages, 'message'), count(conversations, 'conversation'), count(links, 'linked account')], since)} Your chart is kept by the practice: call ${phone}. To delete what I keep, write "delete my data".`,
  askDeleteData: (phone) =>
    `I will delete what I keep about you. Your chart and your visits stay with the practice (call ${phone} about those). Shall I delete it?`,
  deleteItLabel: () => 'Delete it',
  keepDataLabel: () => 'Keep it',
  visitsOutlastData: () =>
    'Your visits stay booked at the practice: this cancels none of them. To cancel one, write "cancel my visit".',
  dataKept: () => 'OK, nothing was deleted.',
  dataDeleted: (phone) =>
    `Done: I deleted what I kept about you, and I do not know who you are any more. For your chart, call ${phone}.`,
} satisfies IdentityPhrases;
