// A chart's contact, read apart from the chart: only where a message is being sent, so that nothing else ever holds one.
import { z } from 'zod';
import type { Contact } from '../domain.ts';
import { rowOf } from './wire.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() ?? '');

/** `disable_sms_messages`: "suppress SMS/Txt messages to this patient even if we have a cell phone # for them" (DrChrono's OpenAPI). */
const contact = z
  .object({
    first_name: text,
    preferred_language: text,
    email: text,
    cell_phone: text,
    disable_sms_messages: z.boolean().nullish(),
    patient_status: text,
  })
  .transform((row): Contact => {
    // Nobody writes to an inactive chart, or to the family of a person who has died.
    const active = row.patient_status === '' || row.patient_status === 'A';
    return {
      firstName: row.first_name,
      preferredLanguage: row.preferred_language === 'blank' ? '' : row.preferred_language,
      email: active ? row.email : '',
      cellPhone: active ? row.cell_phone : '',
      mayText: active && row.disable_sms_messages !== true,
    };
  });

export const contactRows = rowOf(contact);
