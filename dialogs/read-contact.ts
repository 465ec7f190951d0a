// Reads a phone number or an e-mail address as people write them. Pure; only the form is looked at, a code proves the rest.
import type { MessageChannel } from '../services/domain.ts';
import type { Memory } from './memory.ts';
import type { ContactMiss } from './phrases/index.ts';

const address = /[^\s@<>,;:"()]{1,64}@[^\s@<>,;:"()]{1,190}\.[a-z]{2,24}/i;
/** A US number, with or without its country code; or any with a plus. */
const number = /(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)|\+\d[\d\s.-]{6,18}\d/;

/** Exactly one of both; undefined where the text has neither. */
export function readContact(text: string): NonNullable<Memory['register']> | undefined {
  const short = text.slice(0, 400);
  const email = address.exec(short)?.[0];
  if (email !== undefined) return { email };
  const phone = number.exec(short)?.[0];
  return phone === undefined ? undefined : { phone };
}

/** What was not found in an answer, by what was asked for. */
export const contactMiss = (channels: readonly MessageChannel[]): ContactMiss => {
  const [only, second] = channels;
  return second !== undefined || only === undefined ? 'contact' : only === 'sms' ? 'phone' : 'email';
};
