// The sandbox's replies against the vendor's contract, whose properties are copied here as literals, and against the
// keys of recorded replies. Where the live service is known to differ from the contract, the literal follows the service.
import { describe, expect, test } from 'vitest';
import { DOE, MAIN_STREET, object, page, rig, visit } from './rig.ts';

type Kind = 'integer' | 'number' | 'string' | 'boolean' | 'array' | 'object';
const kinds = (kind: Kind, names: string): Record<string, Kind> =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, kind]),
  );

const APPOINTMENT = {
  ...kinds(
    'integer',
    'office duration doctor profile resubmit_claim_original_id patient cloned_from exam_room recurs_every',
  ),
  ...kinds(
    'string',
    `status base_recurring_appointment color first_billed_date last_billed_date billing_status primary_insurer_payer_id id
     scheduled_time secondary_insurer_name recur_start_date primary_insurance_id_number created_by ins2_status first_edi_date
     billing_provider primary_insurer_name recurrence_instance_key extended_updated_at updated_at reason last_edi_date
     secondary_insurer_payer_id payment_profile secondary_insurance_id_number supervising_provider created_at ins1_status
     custom_status recur_end_date notes`,
  ),
  ...kinds(
    'boolean',
    'appt_is_break is_walk_in allow_overlapping is_virtual_base recurring_appointment deleted_flag',
  ),
  ...kinds(
    'array',
    'icd9_codes custom_fields billing_notes custom_vitals recurring_days status_transitions reminders icd10_codes',
  ),
  ...kinds('object', 'vitals clinical_note'),
};
const APPOINTMENT_REQUIRED = ['doctor', 'exam_room', 'office', 'patient', 'scheduled_time'];

const PATIENT = {
  ...kinds('integer', 'id doctor'),
  ...kinds(
    'string',
    `medication_history_consent last_name emergency_contact_phone primary_care_physician date_of_first_appointment updated_at
     referring_source responsible_party_relation zip_code employer_city employer_state city first_name middle_name employer
     date_of_birth ethnicity home_phone pronouns patient_status patient_photo_date email responsible_party_email patient_photo
     responsible_party_phone state date_of_last_appointment preferred_language_code patient_payment_profile date_of_death
     social_security_number address chart_id preferred_language responsible_party_name nick_name copay created_at
     emergency_contact_relation gender_identity_code office_phone employer_address race emergency_contact_name gender
     default_pharmacy cell_phone employer_zip_code`,
  ),
  ...kinds('boolean', 'disable_sms_messages'),
  ...kinds('array', 'offices race_subcategories preferred_pharmacies'),
};

const OFFICE = {
  ...kinds('integer', 'id doctor'),
  ...kinds(
    'string',
    `phone_number city name country start_time fax_number state end_time address tax_id_number_professional zip_code`,
  ),
  ...kinds('boolean', 'archived online_scheduling'),
  ...kinds('array', 'exam_rooms'),
};

const DOCTOR = {
  ...kinds('integer', 'id practice_group'),
  ...kinds(
    'string',
    `website first_name last_name suffix profile_picture country practice_group_name specialty office_phone npi_number
     group_npi_number home_phone timezone cell_phone email job_title`,
  ),
  ...kinds('boolean', 'is_account_suspended'),
};

const PROFILE = {
  ...kinds('integer', 'id doctor sort_order duration'),
  ...kinds('string', 'name color reason'),
  ...kinds('boolean', 'archived online_scheduling'),
};

const BLOCK = {
  ...kinds('integer', 'id office practice_group exam_room series provider appointment_break'),
  ...kinds('string', 'description color start_time end_time'),
};

const isA: Record<Kind, (value: unknown) => boolean> = {
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && !Array.isArray(value),
};

/** Names of the properties that are absent, or neither null nor of their kind. */
const wrong = (row: Record<string, unknown>, properties: Record<string, Kind>): string[] =>
  Object.entries(properties)
    .filter(([name, kind]) => row[name] === undefined || (row[name] !== null && !isA[kind](row[name])))
    .map(([name]) => name);

test.each([
  ['/api/appointments?date_range=2025-02-10/2025-02-28&verbose=true', APPOINTMENT, APPOINTMENT_REQUIRED],
  ['/api/patients', PATIENT, ['gender', 'doctor']],
  ['/api/offices', OFFICE, ['id', 'exam_rooms']],
  ['/api/doctors', DOCTOR, ['id', 'timezone']],
  ['/api/appointment_profiles', PROFILE, ['name', 'color', 'online_scheduling']],
  ['/api/schedule_blocks', BLOCK, ['provider', 'office', 'start_time', 'end_time']],
])(
  "every row of %s has the contract's properties, and values where it requires them",
  async (path, properties, required) => {
    const { call } = await rig();
    const rows = page(await call('GET', path)).results;
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      expect(wrong(row, properties)).toEqual([]);
      // A break has no patient.
      const missing = required.filter((name) => row[name] === null);
      expect(missing).toEqual(row['appt_is_break'] === true ? ['patient'] : []);
    }
  },
);

test('the check itself sees a missing and a mistyped property', () => {
  expect(
    wrong({ id: '1', name: 'x', color: '#fff' }, { id: 'integer', name: 'string', reason: 'string' }),
  ).toEqual(['id', 'reason']);
});

describe('a created appointment', () => {
  const RECORDED = `allow_overlapping appt_is_break base_recurring_appointment billing_status billing_provider billing_notes
    clinical_note cloned_from color created_at custom_fields custom_vitals deleted_flag doctor duration exam_room
    first_billed_date icd9_codes icd10_codes id ins1_status ins2_status is_walk_in is_virtual_base last_billed_date notes office
    patient primary_insurer_payer_id primary_insurer_name primary_insurance_id_number profile reason recurring_appointment
    reminders secondary_insurer_payer_id secondary_insurer_name secondary_insurance_id_number scheduled_time status
    status_transitions supervising_provider vitals updated_at extended_updated_at`;
  const NEWER = `created_by custom_status payment_profile recur_start_date recur_end_date recurring_days recurs_every is_telehealth
    telehealth_url`;

  test("has every recorded key, the newer ones, and the contract's", async () => {
    const { call } = await rig();
    const made = object(await call('POST', '/api/appointments', visit()));
    const keys = `${RECORDED} ${NEWER}`.split(/\s+/);
    expect(keys.filter((key) => !(key in made))).toEqual([]);
    expect(wrong(made, APPOINTMENT)).toEqual([]);
    expect(made).toMatchObject({ doctor: DOE, office: MAIN_STREET });
  });
});
