// A chart's contact as the wire has it: what is read, and for whom nothing is.
import { expect, it } from 'vitest';
import { contactRows } from '../../services/ehr/contact.wire.ts';
import { parseRow } from '../../services/ehr/wire.ts';

const chart = {
  id: 5,
  first_name: ' Ada ',
  preferred_language: 'spa',
  email: ' ada@example.com ',
  cell_phone: '(518) 555-0190',
  home_phone: '(518) 555-0191',
  disable_sms_messages: false,
  patient_status: 'A',
  social_security_number: '900-11-4107',
};
const contact = {
  firstName: 'Ada',
  preferredLanguage: 'spa',
  email: 'ada@example.com',
  cellPhone: '(518) 555-0190',
  mayText: true,
};
const nothing = { email: '', cellPhone: '', mayText: false };

it.each<[what: string, change: object, value: object]>([
  ['as usual', {}, contact],
  ['sms disabled', { disable_sms_messages: true }, { ...contact, mayText: false }],
  ['sms not said', { disable_sms_messages: null }, contact],
  ['language unset', { preferred_language: 'blank' }, { ...contact, preferredLanguage: '' }],
  ['no contact', { email: null, cell_phone: '' }, { ...contact, email: '', cellPhone: '' }],
  ['inactive', { patient_status: 'I' }, { ...contact, ...nothing }],
  ['died', { patient_status: 'D' }, { ...contact, ...nothing }],
])('%s', (_, change, value) => {
  const parsed = parseRow('contact', contactRows, JSON.stringify({ ...chart, ...change }));
  expect(parsed).toEqual({ ok: true, value });
});

it('an unknown shape names the member, never the value', () => {
  expect(parseRow('contact', contactRows, JSON.stringify({ ...chart, email: { was: 'ada' } }))).toEqual({
    ok: false,
    error: { kind: 'unexpected', path: 'contact: email' },
  });
});
