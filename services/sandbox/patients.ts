// /api/patients: search, read, create. Charts carry what DrChrono's carry, the social security number in clear included.
import type { ApiRequest } from './api.ts';
import type { Fields } from './appointment-fields.ts';
import { detail, json, noContent, notFound, type Reply } from './http.ts';
import { page } from './pages.ts';
import { asOf, type Json, type JsonObject, type PatientRow, type Practice } from './rows.ts';
import { dayNumber, wallClock, wallMinute } from './wall.ts';

const GENDERS: ReadonlySet<unknown> = new Set(['', 'Male', 'Female', 'Other', 'UNK', 'ASKU']);
/** Filters that must equal the chart's field; names and mail without regard to case. There is no phone filter. */
const FILTERS = [
  'first_name',
  'last_name',
  'date_of_birth',
  'gender',
  'doctor',
  'email',
  'chart_id',
  'race',
  'ethnicity',
  'preferred_language',
] as const;

/** An empty chart: the recorded keys of a list row. */
const EMPTY_CHART: JsonObject = {
  first_name: '',
  middle_name: '',
  last_name: '',
  nick_name: '',
  date_of_birth: null,
  gender: '',
  gender_identity_code: '',
  gender_identity_description: '',
  pronouns: '',
  social_security_number: '',
  doctor: null,
  chart_id: '',
  cell_phone: '',
  home_phone: '',
  office_phone: '',
  email: '',
  address: '',
  city: '',
  state: '',
  zip_code: '',
  preferred_language: 'blank',
  preferred_language_code: '',
  preferred_language_description: '',
  race: 'blank',
  race_subcategories: [],
  ethnicity: 'blank',
  disable_sms_messages: false,
  patient_status: 'A',
  offices: [],
  date_of_first_appointment: null,
  date_of_last_appointment: null,
  date_of_death: null,
  emergency_contact_name: '',
  emergency_contact_phone: '',
  emergency_contact_relation: null,
  responsible_party_name: '',
  responsible_party_relation: null,
  responsible_party_phone: '',
  responsible_party_email: '',
  employer: '',
  employer_address: '',
  employer_city: '',
  employer_state: '',
  employer_zip_code: '',
  primary_care_physician: '',
  referring_source: '',
  copay: '',
  default_pharmacy: '',
  preferred_pharmacies: [],
  patient_payment_profile: 'Cash',
  patient_photo: null,
  patient_photo_date: null,
  medication_history_consent: null,
};

/** Only single replies and `verbose=true` carry these. */
const NO_INSURANCE: JsonObject = {
  auto_accident_insurance: {},
  custom_demographics: [],
  patient_flags: [],
  patient_flags_attached: [],
  primary_insurance: {},
  secondary_insurance: {},
  tertiary_insurance: {},
  workers_comp_insurance: {},
  referring_doctor: {},
};

const listObject = (row: PatientRow): JsonObject => ({ id: row.id, ...row.fields });
const wholeObject = (row: PatientRow): JsonObject => ({ ...listObject(row), ...NO_INSURANCE });

export function listPatients(practice: Practice, request: ApiRequest): Reply {
  const { query } = request;
  const wanted = FILTERS.filter((name) => query.has(name)).map(
    (name) => [name, fold(query.get(name))] as const,
  );
  const since = query.get('since');
  const sinceMinute = since === null ? 0 : wallMinute(since.length === 10 ? `${since}T00:00` : since);
  if (sinceMinute === undefined) return detail(400, 'since must be a timestamp without offset.');
  const rows = [...practice.patients.values()]
    .map((row) => asOf(row, request.readAt))
    .filter((row) => row !== undefined)
    .filter((row) => wanted.every(([name, value]) => fold(row.fields[name]) === value))
    .filter((row) => since === null || (wallMinute(String(row.fields['updated_at'])) ?? 0) >= sinceMinute);
  return page(request, rows, query.get('verbose') === 'true' ? wholeObject : listObject);
}

const fold = (value: Json | undefined): string => String(value ?? '').toLowerCase();

export function readPatient(practice: Practice, id: string): Reply {
  const row = practice.patients.get(Number(id));
  return row ? json(200, wholeObject(row)) : notFound();
}

/**
 * What the account does about a second chart of the same names, birth date and gender: nothing, or (its feature
 * `api_prevent_patient_duplicate`) a refusal, as 409 or as 400: both are told of, so both can be had.
 */
export type DuplicatePolicy = 'made' | 'refused-409' | 'refused-400';

export interface ChartWriter {
  readonly now: number;
  readonly duplicates: DuplicatePolicy;
}

const SAME = ['first_name', 'last_name', 'date_of_birth', 'gender'] as const;
const DUPLICATE = 'Potential duplicate patient(s) found.';

/** 201 with the whole chart. Only `gender` and `doctor` are required, as recorded: names and birth date are not. */
export function createPatient(practice: Practice, body: Fields, { now, duplicates }: ChartWriter): Reply {
  const errors: Record<string, string[]> = {};
  for (const name of ['gender', 'doctor'])
    if (body[name] === undefined) errors[name] = ['This field is required.'];
  const { gender, doctor, date_of_birth: birthDate } = body;
  if (gender !== undefined && !GENDERS.has(gender)) errors['gender'] = [`"${gender}" is not a valid choice.`];
  const owner = practice.doctors.find((row) => row.id === Number(doctor));
  if (doctor !== undefined && !owner) errors['doctor'] = [`Invalid pk "${doctor}" - object does not exist.`];
  if (birthDate !== undefined && birthDate !== null && dayNumber(String(birthDate)) === undefined)
    errors['date_of_birth'] = ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'];
  if (Object.keys(errors).length > 0 || !owner) return json(400, errors);
  const isThere = [...practice.patients.values()].some(({ fields }) =>
    SAME.every((name) => fold(fields[name]) === String(body[name] ?? '').toLowerCase()),
  );
  if (isThere && duplicates === 'refused-409') return detail(409, DUPLICATE);
  if (isThere && duplicates === 'refused-400') return json(400, [DUPLICATE]);
  const row = addPatient(practice, { ...body, doctor: owner.id }, wallClock(now, owner.timezone), now);
  practice.written('PATIENT_CREATE', wholeObject(row));
  return json(201, wholeObject(row));
}

/** The front desk changes a chart's fields; the API's PATCH of a chart is not played. */
export function changePatient(practice: Practice, id: string, body: Fields, now: number): Reply {
  const base = practice.patients.get(Number(id));
  if (!base) return notFound();
  const row: PatientRow = {
    id: base.id,
    fields: { ...base.fields, ...chartFields(body) },
    writtenAt: now,
    previous: base,
  };
  practice.record({ patient: row });
  practice.patients.set(base.id, row);
  practice.written('PATIENT_MODIFY', wholeObject(row));
  return noContent();
}

/** Files a chart: known fields of `given` over an empty one, with the chart id DrChrono makes up. */
export function addPatient(practice: Practice, given: Fields, at: string, writtenAt: number): PatientRow {
  const id = practice.nextIds.patient++;
  const fields: JsonObject = { ...EMPTY_CHART, ...chartFields(given), created_at: at, updated_at: at };
  const chartId =
    fields['chart_id'] || chartIdOf(String(fields['last_name']), String(fields['first_name']), id);
  const row: PatientRow = { id, fields: { ...fields, chart_id: chartId }, writtenAt };
  practice.record({ patient: row });
  practice.patients.set(id, row);
  return row;
}

const chartFields = (given: Fields): JsonObject =>
  Object.fromEntries(
    Object.keys(EMPTY_CHART).flatMap((name) => {
      const value = given[name];
      return isChartValue(value) ? [[name, value] as const] : [];
    }),
  );

const isChartValue = (value: unknown): value is string | number | boolean | null | readonly number[] =>
  value === null ||
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (Array.isArray(value) && value.every((item) => typeof item === 'number'));

/** Two letters of the last name, two of the first, six digits. */
const chartIdOf = (lastName: string, firstName: string, id: number): string =>
  `${lastName.slice(0, 2)}${firstName.slice(0, 2)}`.toUpperCase() + String(id % 1_000_000).padStart(6, '0');
