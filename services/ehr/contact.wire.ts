// A chart's contact, read apart from the chart: only where a message is being sent, or may have to be, so that nothing else ever holds one.
import { z } from 'zod';
import type { Contact } from '../domain.ts';
import { rowOf } from './wire.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** `disable_sms_messages`: "suppress SMS/Txt messages to this patient even if we have a cell phone # for them" (DrChrono's OpenAPI). */
export const contactFields = z.object({
  first_name: text,
  preferred_language: text,
  email: text,
  cell_phone: text,
  disable_sms_messages: z.boolean().nullish(),
  patient_status: text,
});

/** Nobody writes to an inactive chart, or to the family of a person who has died. */
export function contactOf(row: z.infer<typeof contactFields>): Contact {
  const status = row.patient_status.trim();
  const active = status === '' || status === 'A';
  const language = row.preferred_language.trim();
  return {
    firstName: row.first_name.trim(),
    preferredLanguage: language === 'blank' ? '' : language,
    email: active ? row.email.trim() : '',
    cellPhone: active ? row.cell_phone.trim() : '',
    mayText: active && row.disable_sms_messages !== true,
  };
}

export const contactRows = rowOf(contactFields.transform(contactOf));
