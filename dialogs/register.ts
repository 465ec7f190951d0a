// A new patient: a code to the phone or e-mail given, one more question, and an explicit yes before a chart is made.
import { doctorId, type Gender } from '../services/domain.ts';
import type { NewContact } from '../services/identity-cases.ts';
import { readPlainYesNo } from './answers.ts';
import { choose, picked } from './choose.ts';
import { putRight } from './claim-again.ts';
import { askCode, hasNoCode, readCode } from './code.ts';
import { readDecision, readerOf } from './decision.ts';
import { identified } from './identify.ts';
import { optionsOf, phoneFor } from './lists.ts';
import { type Memory, withoutClaim } from './memory.ts';
import { missed } from './miss.ts';
import { contactMiss, readContact } from './read-contact.ts';
import { genderIn } from './read-gender.ts';
import { cardText } from './reply.ts';
import { goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { ended } from './visits.ts';
import { fold } from './words.ts';

/** Everybody whose identity was not proven gets the same two ways: register as new, or the phone. The claim is kept for the first. */
export async function askWaysOn(turn: Turn, memory: Memory, sentence?: string): Promise<Step> {
  const ways = wordsFor(memory).waysOn(await phoneFor(turn.desk, memory));
  if (sentence === undefined) return offerWaysOn(memory, ways);
  return offerWaysOn({ ...memory, misses: undefined }, `${sentence} ${ways}`);
}

function offerWaysOn(memory: Memory, text: string): Step {
  const { register: _, ...rest } = memory;
  return waitFor(
    { ...rest, claimOver: true },
    'ways-on',
    text,
    optionsOf(memory, ['register', 'claim-again']),
  );
}

const registering =
  /\b(?:register|new patient|sign up|im new|i am new|registrar(?:me)?|registro|soy nuev[oa]|paciente nuev[oa])\b/;
const claiming = /\b(?:try again|again|correct|wrong|typo|otra vez|de nuevo|corregir|intentar)\b/;

export async function recordWaysOn(turn: Turn, memory: Memory): Promise<Step> {
  const options = optionsOf(memory, memory.shown ?? []);
  const text = fold(turn.text).replace(/'/g, '');
  const named = choose(turn.text, options);
  const key =
    picked(turn, options) ??
    (registering.test(text)
      ? 'register'
      : claiming.test(text)
        ? 'claim-again'
        : named.kind === 'one'
          ? named.key
          : undefined);
  if (key === 'register') return goOn({ ...memory, register: {}, challenge: undefined, misses: undefined });
  if (key === 'claim-again')
    return goOn({ ...withoutClaim(memory), claimOver: undefined, challenge: undefined, misses: undefined });
  const again = key === undefined ? putRight(turn, memory) : undefined;
  if (again !== undefined) return again;
  if (readPlainYesNo(turn.text) === 'no')
    return ended(
      { ...withoutClaim(memory), aside: undefined },
      wordsFor(memory).person(await phoneFor(turn.desk, memory)),
    );
  return missed(turn, memory, 'choice');
}

const genders: readonly Gender[] = ['Female', 'Male', 'Other', 'ASKU'];

/** The first thing that is still open of a registration: contact, its code, gender, the yes. */
export async function askRegister(turn: Turn, memory: Memory): Promise<Step> {
  const words = wordsFor(memory);
  const { register = {}, draft = {} } = memory;
  if (register.proven !== true) {
    if (register.challenge !== undefined) return askCode(memory, 'contact-code');
    const contact = contactOf(register);
    if (contact === undefined)
      return waitFor(memory, 'contact', words.askContact(turn.desk.useCases.contactChannels()));
    const sent = await turn.desk.useCases.proveContact({ ...contact, ...spoken(memory) }, turn);
    if (sent.ok)
      return askCode(
        { ...memory, register: { ...register, challenge: sent.value.challenge } },
        'contact-code',
      );
    if (sent.error.kind === 'not-a-contact') return goOn({ ...memory, register: {} }, words.missed.contact());
    const phone = await phoneFor(turn.desk, memory);
    if (sent.error.kind === 'wait')
      return offerWaysOn(memory, words.claimAgainLater(sent.error.waitMinutes, phone));
    return ended(
      { ...memory, register: undefined, draft: undefined, aside: undefined },
      words.notRegistered(phone),
    );
  }
  if (register.gender === undefined)
    return waitFor(
      memory,
      'gender',
      words.askGender(),
      optionsOf(
        memory,
        genders.map((gender) => `gender:${gender}`),
      ),
    );
  const card = words.askRegister({
    person: `${draft.firstName ?? ''} ${draft.lastName ?? ''}`,
    birthDate: words.fullDate(draft.birthDate ?? ''),
    gender: words.gender[register.gender](),
    contact: register.phone ?? register.email ?? '',
  });
  const asked = waitFor(
    memory,
    'register',
    cardText(card),
    optionsOf(memory, ['register-yes', 'register-no']),
  );
  return { ...asked, replies: asked.replies.map((reply) => ({ ...reply, card })) };
}

/** In the language that is spoken here: the chart will say so, and messages go by it. */
const spoken = ({ language }: Memory): { readonly preferredLanguage?: string } =>
  language === 'es' ? { preferredLanguage: 'spa' } : {};

const contactOf = ({ phone, email }: NonNullable<Memory['register']>): NewContact | undefined =>
  phone !== undefined
    ? { channel: 'sms', phone }
    : email !== undefined
      ? { channel: 'email', email }
      : undefined;

export async function recordContact(turn: Turn, memory: Memory): Promise<Step> {
  const contact = readContact(turn.text);
  const channels = turn.desk.useCases.contactChannels();
  const isOffered = channels.includes(contact?.phone === undefined ? 'email' : 'sms');
  if (contact === undefined || !isOffered) return missed(turn, memory, contactMiss(channels));
  return goOn({ ...memory, register: contact, misses: undefined });
}

export async function recordContactCode(turn: Turn, memory: Memory): Promise<Step> {
  const words = wordsFor(memory);
  const { register = {} } = memory;
  const anew = { ...memory, register: {}, misses: undefined };
  // A typing mistake in the number is the likeliest reason.
  if (hasNoCode(turn, memory)) return goOn(anew, words.contactCodeOver());
  const code = readCode(turn.text);
  if (code === undefined) return missed(turn, memory, 'code');
  const answered = await turn.desk.useCases.answerContactCode(register.challenge ?? '', code, turn);
  if (answered.ok) return goOn({ ...memory, register: { ...register, proven: true }, misses: undefined });
  if (answered.error.kind === 'wrong-code') {
    const sentence = `${words.wrongCode(answered.error.triesLeft)} ${words.askCodeAgain()}`;
    return waitFor(
      { ...memory, misses: undefined },
      'contact-code',
      sentence,
      optionsOf(memory, ['no-code']),
    );
  }
  return goOn(anew, words.contactCodeOver());
}

export async function recordGender(turn: Turn, memory: Memory): Promise<Step> {
  const options = optionsOf(memory, memory.shown ?? []);
  const chosen = choose(turn.text, options);
  const key =
    picked(turn, options) ?? (chosen.kind === 'one' ? chosen.key : undefined) ?? genderIn(turn.text);
  const gender = genders.find((one) => key === `gender:${one}`);
  if (gender === undefined) return missed(turn, memory, 'choice');
  return goOn({ ...memory, register: { ...memory.register, gender }, misses: undefined });
}

const readRegister = readerOf(
  /^(?:(?:yes|si) )?(?:register|register me|registrar|registrarme|registreme)$/,
  /^(?:no )?(?:something is wrong|its wrong|that is wrong|thats wrong|algo esta mal|esta mal)$/,
);

/** Only an explicit yes makes a chart; a no begins the claim again. */
export async function recordRegister(turn: Turn, memory: Memory): Promise<Step> {
  const words = wordsFor(memory);
  const answer = readDecision(turn, memory, 'register-yes', readRegister);
  const { firstName = '', lastName = '', birthDate = '', ...choices } = memory.draft ?? {};
  if (answer === 'no')
    return goOn({ ...memory, register: undefined, claimOver: undefined, draft: choices, misses: undefined });
  if (answer === 'echo') return goOn(memory);
  if (answer !== 'yes') return missed(turn, memory, 'yes');
  const { gender = 'UNK', challenge = '' } = memory.register ?? {};
  const made = await turn.desk.useCases.register(
    {
      ...{ firstName, lastName, birthDate, gender },
      ...spoken(memory),
      ...(choices.doctorId === undefined ? {} : { doctorId: doctorId(choices.doctorId) }),
    },
    challenge,
    turn,
  );
  if (made.ok) return identified(memory, made.value);
  const phone = await phoneFor(turn.desk, memory);
  switch (made.error.kind) {
    case 'ehr-unavailable':
      return waitFor(
        memory,
        'register',
        words.notRegisteredNow(phone),
        optionsOf(memory, ['register-yes', 'register-no']),
      );
    case 'code-over':
      return goOn({ ...memory, register: {} }, words.contactCodeOver());
    case 'front-desk':
    case 'ehr-refused':
      return ended(
        { ...memory, register: undefined, draft: undefined, aside: undefined },
        words.notRegistered(phone),
      );
    case 'unsure':
      return ended(
        { ...memory, register: undefined, draft: undefined, aside: undefined },
        words.registerUnsure(phone),
      );
  }
}
