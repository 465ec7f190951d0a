// A new patient's phone or e-mail, proven by a code before anything is created: normalised, one at a time, three codes an hour each.
import { z } from 'zod';
import { type ClaimDeps, countsLock } from './claim.ts';
import { type Contact, fail, ok } from './domain.ts';
import type { IdentityCases, NewContact } from './identity-cases.ts';
import { codeAllowed } from './identity-counts.ts';
import { type StoredChallenge, unpacked } from './identity-documents.ts';
import type { Tries } from './tries.ts';

/** As the chart will have it. */
export type ProvenContact = { readonly cellPhone: string } | { readonly email: string };

/**
 * E.164, ten digits being a number of the United States; or one address. Undefined: nothing that can be written to.
 * The same numbers as the text notifier takes (a test holds them alike).
 */
export function normalContact(contact: NewContact): ProvenContact | undefined {
  if (contact.channel === 'email') {
    const email = contact.email.trim();
    return isAddress.test(email) ? { email } : undefined;
  }
  const phone = contact.phone.trim();
  if (!/^\+?[\d\s().-]+$/.test(phone)) return undefined;
  const digits = phone.replace(/\D/g, '');
  if (phone.startsWith('+')) return /^[1-9]\d{7,14}$/.test(digits) ? { cellPhone: `+${digits}` } : undefined;
  return /^1?[2-9]\d{9}$/.test(digits) ? { cellPhone: `+1${digits.slice(-10)}` } : undefined;
}

const isAddress = /^[^\s@<>,;:"()[\]]{1,64}@[^\s@<>,;:"()[\]]+\.[^\s@<>,;:"()[\]]+$/;

/** Whether a chart's contact, free text, is this one. */
export const isContactOf = (contact: ProvenContact, { email, cellPhone }: Contact): boolean =>
  'email' in contact
    ? contact.email.toLowerCase() === email.toLowerCase()
    : isSamePhone(contact.cellPhone, normalContact({ channel: 'sms', phone: cellPhone }));

const isSamePhone = (phone: string, other: ProvenContact | undefined): boolean =>
  other !== undefined && 'cellPhone' in other && other.cellPhone === phone;

/** A challenge's details. */
const proven = z.union([z.object({ cellPhone: z.string() }), z.object({ email: z.string() })]);
export const readProven = (stored: StoredChallenge): ProvenContact => proven.parse(unpacked(stored));

export function createProveContact(
  deps: Pick<ClaimDeps, 'store' | 'clock' | 'keyed' | 'audit' | 'codes' | 'sending' | 'proof' | 'channels'>,
  tries: Tries,
): Pick<IdentityCases, 'canRegister' | 'contactChannels' | 'proveContact' | 'answerContactCode'> {
  const { store, clock, keyed, audit, codes, sending, proof, channels } = deps;
  return {
    canRegister: () => proof === 'code',
    contactChannels: () => (proof === 'code' ? channels : []),
    async proveContact(given, asker) {
      if (proof !== 'code') return fail({ kind: 'front-desk' });
      const contact = channels.includes(given.channel) ? normalContact(given) : undefined;
      if (contact === undefined) return fail({ kind: 'not-a-contact' });
      if (!tries.allowed(asker.conversationId)) return fail({ kind: 'too-many-tries' });
      const address = 'email' in contact ? contact.email.toLowerCase() : contact.cellPhone;
      const subject = audit.pseudonym(keyed('contact', address));
      const code = codes.newCode();
      const asked = await store.withLock(countsLock, async () => {
        const allowance = await codeAllowed(store, keyed('codes', subject), subject, clock.now());
        if (allowance.waitMinutes > 0)
          return fail({ kind: 'wait', waitMinutes: allowance.waitMinutes } as const);
        const question = { purpose: 'contact', subject, claim: '', code, details: { ...contact } } as const;
        const { challenge, op } = codes.ask(question, asker);
        const entry = audit.ofIdentity('code-asked', subject, 'contact');
        const written = await store.batch([op, allowance.op, entry]);
        if (!written.ok) throw new Error(`a challenge was not written (${written.error.kind})`);
        return ok({ challenge });
      });
      if (asked.ok) sending.send(code, addressee(contact, given.preferredLanguage), subject);
      return asked;
    },
    async answerContactCode(challenge, code, asker) {
      const answered = await codes.answer('contact', challenge, code, asker, (_, write) =>
        write('proven', []),
      );
      return answered.ok ? ok(undefined) : answered;
    },
  };
}

const addressee = (contact: ProvenContact, preferredLanguage = ''): Contact => ({
  firstName: '',
  preferredLanguage,
  email: '',
  cellPhone: '',
  ...contact,
  mayText: true,
});
