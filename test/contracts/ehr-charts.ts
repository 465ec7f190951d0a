// The EHR contract, new charts: created once or not at all, with one contact, and never beside one that the EHR knows.
import { expect, test } from 'vitest';
import { doctorId, type NewChart } from '../../services/domain.ts';
import type { EhrError } from '../../services/ports.ts';
import { type Disturbance, type EhrUnderTest, failure, valueIn } from './ehr-under-test.ts';

export function chartCases(current: () => EhrUnderTest): void {
  const chart = (more: Partial<NewChart> = {}): NewChart => ({
    firstName: 'Zoë',
    lastName: 'Neumann Ortiz',
    birthDate: current().practice.nobodyBornOn,
    gender: 'Female',
    doctorId: current().practice.doctorId,
    contact: { cellPhone: '+15185550171' },
    ...more,
  });
  const found = async () =>
    valueIn(await current().ehr.patientsBornOn(current().practice.nobodyBornOn, 'booking'));

  test.each<[string, NewChart['contact'], object]>([
    ['a phone', { cellPhone: '+15185550171' }, { cellPhone: '+15185550171', email: '', mayText: true }],
    ['an address', { email: 'zoe@example.com' }, { cellPhone: '', email: 'zoe@example.com' }],
  ])('a new chart with %s is found by its birth date, and is active', async (_, contact, expected) => {
    const created = valueIn(await current().ehr.createPatient(chart({ contact, preferredLanguage: 'spa' })));
    expect(created).toMatchObject({
      firstName: 'Zoë',
      lastName: 'Neumann Ortiz',
      birthDate: current().practice.nobodyBornOn,
      preferredLanguage: 'spa',
      active: true,
    });
    expect(await found()).toMatchObject([{ patient: created, contact: { firstName: 'Zoë', ...expected } }]);
  });

  test.each(['refused-409', 'refused-400'] as const)(
    'a second chart of one person (%s) is a conflict',
    async (policy) => {
      await current().duplicates(policy);
      valueIn(await current().ehr.createPatient(chart()));
      expect(await current().ehr.createPatient(chart())).toEqual(failure({ kind: 'conflict' }));
      expect(await found()).toHaveLength(1);
    },
  );

  test.each<[string, Partial<NewChart>, string]>([
    ['without a first name', { firstName: ' ' }, 'first_name'],
    ['without a last name', { lastName: '' }, 'last_name'],
    ['without a birth date', { birthDate: '' }, 'date_of_birth'],
    ['of an impossible day', { birthDate: '1990-02-30' }, 'date_of_birth'],
    ['of an unknown doctor', { doctorId: doctorId('1') }, 'doctor'],
    ['of a doctor that is no id', { doctorId: doctorId('x') }, 'doctor'],
  ])('a chart %s is refused by the name of the field', async (_, change, field) => {
    expect(await current().ehr.createPatient(chart(change))).toEqual(
      failure({ kind: 'refused', fields: [field] }),
    );
    expect(await found()).toEqual([]);
  });

  test.each<[Disturbance, EhrError['kind'], number | undefined]>([
    ['cut-after', 'unknown', 1],
    ['cut-before', 'unknown', 0],
    ['server-error', 'unknown', 0],
    ['rubbish', 'unexpected', undefined],
  ])('a create that meets %s is sent once and is %s', async (how, kind, charts) => {
    await current().disturbNextCreate(how, 'patient');
    const before = await current().counts();
    expect(await current().ehr.createPatient(chart())).toMatchObject({ ok: false, error: { kind } });
    expect((await current().counts()).creates - before.creates).toBe(1);
    if (charts !== undefined) expect(await found()).toHaveLength(charts);
  });
}
