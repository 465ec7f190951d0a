// Links to a visit's calendar file: for a quarter of an hour, and nobody can read in one whose visit it is.
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Language } from '../dialogs/reply.ts';
import { appointmentId, fail, ok, patientId, type Result } from '../services/domain.ts';
import type { Clock } from '../services/ports.ts';
import type { VisitOf } from '../services/visit-cases.ts';

interface Linked extends VisitOf {
  /** The conversation's: the file speaks it, too. */
  readonly language: Language;
}

export interface CalendarLinks {
  /** `/calendar/<token>.ics` */
  pathOf(linked: Linked): string;
  read(token: string): Result<Linked, 'invalid' | 'expired'>;
}

const minutesValid = 15;
/** Between the two ids; no patient's id has it. */
const between = '\n';
const cipher = 'aes-256-gcm';
const [ivBytes, tagBytes, headBytes] = [12, 16, 5];
const languages: readonly Language[] = ['en', 'es'];

/**
 * Sealed, not only signed: the ids are whose visit it is. The keys are for this purpose alone, so that no other
 * token of the same secret is one of these, nor the other way round. The nonce is made of what is sealed: the same only for the
 * same link. Letters, digits, `.` and `-`: nothing that a client could take for markup.
 */
export function createCalendarLinks(secret: string, clock: Pick<Clock, 'now'>): CalendarLinks {
  // Key objects: of bytes Node makes one for every use, which costs more than the sealing.
  const keyFor = (purpose: string): KeyObject =>
    createSecretKey(createHmac('sha256', secret).update(`bookadoc calendar ${purpose}`).digest());
  const [sealKey, nonceKey] = [keyFor('seal'), keyFor('nonce')];

  const seal = (plain: Buffer): Buffer => {
    const iv = createHmac('sha256', nonceKey).update(plain).digest().subarray(0, ivBytes);
    const sealing = createCipheriv(cipher, sealKey, iv, { authTagLength: tagBytes });
    return Buffer.concat([iv, sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
  };
  const unseal = (sealed: Buffer): Buffer | undefined => {
    if (sealed.length <= ivBytes + headBytes + tagBytes) return undefined;
    const opening = createDecipheriv(cipher, sealKey, sealed.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    opening.setAuthTag(sealed.subarray(-tagBytes));
    try {
      return Buffer.concat([opening.update(sealed.subarray(ivBytes, -tagBytes)), opening.final()]);
    } catch {
      return undefined;
    }
  };

  return {
    pathOf({ patientId: patient, appointment, language }) {
      const head = Buffer.alloc(headBytes);
      head.writeUInt32BE(Math.floor(clock.now() / 1_000) + minutesValid * 60);
      head.writeUInt8(languages.indexOf(language), 4);
      const token = seal(Buffer.concat([head, Buffer.from(`${patient}${between}${appointment}`)])).toString(
        'base64url',
      );
      return `/calendar/${token.replaceAll('_', '.')}.ics`;
    },
    read(token) {
      const text = token.replaceAll('.', '_');
      const sealed = Buffer.from(token.length > 200 ? '' : text, 'base64url');
      // One link has one spelling: the last letter has bits to spare.
      const plain = sealed.toString('base64url') === text ? unseal(sealed) : undefined;
      const language = plain === undefined ? undefined : languages[plain.readUInt8(4)];
      if (plain === undefined || language === undefined) return fail('invalid');
      if (clock.now() >= plain.readUInt32BE() * 1_000) return fail('expired');
      const ids = plain.subarray(headBytes).toString();
      const at = ids.indexOf(between);
      return ok({
        patientId: patientId(ids.slice(0, at)),
        appointment: appointmentId(ids.slice(at + 1)),
        language,
      });
    },
  };
}
