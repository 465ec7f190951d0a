// An appointment as DrChrono sends it: every recorded key, the newer ones, and the verbose ones where asked for.
import type { AppointmentRow, JsonObject } from './rows.ts';
import { wallText } from './wall.ts';

/** Fields that a client may set and that rule nothing here, with the value of a new appointment. */
export const OTHER_FIELDS: JsonObject = {
  reason: '',
  notes: '',
  color: null,
  is_walk_in: false,
  billing_status: '',
  billing_provider: null,
  supervising_provider: null,
  payment_profile: '',
  custom_status: null,
  icd9_codes: [],
  icd10_codes: [],
  recurring_appointment: false,
  recur_start_date: null,
  recur_end_date: null,
  recurring_days: [],
  recurs_every: null,
  is_telehealth: false,
  resubmit_claim_original_id: null,
};

const NEVER_SET: JsonObject = {
  base_recurring_appointment: null,
  billing_notes: [],
  cloned_from: null,
  created_by: 'Riverbend API',
  first_edi_date: null,
  last_edi_date: null,
  ins1_status: '',
  ins2_status: '',
  is_virtual_base: false,
  primary_insurer_payer_id: '',
  primary_insurer_name: '',
  primary_insurance_id_number: '',
  recurrence_instance_key: null,
  secondary_insurer_payer_id: '',
  secondary_insurer_name: '',
  secondary_insurance_id_number: '',
  telehealth_url: null,
};

const NO_VITALS: JsonObject = {
  height: null,
  height_units: 'inches',
  weight: null,
  weight_units: 'lbs',
  bmi: null,
  blood_pressure_1: null,
  blood_pressure_2: null,
  temperature: null,
  temperature_units: 'f',
  pulse: null,
  respiratory_rate: null,
  oxygen_saturation: null,
  pain: null,
  smoking_status: 'blank',
  head_circumference: null,
  head_circumference_units: 'inches',
};

/** The object of a list row or a plain GET. */
export function appointmentObject(row: AppointmentRow): JsonObject {
  const scheduled = wallText(row.startMinute);
  return {
    id: row.id,
    doctor: row.doctor,
    office: row.office,
    patient: row.patient,
    exam_room: row.examRoom,
    scheduled_time: scheduled,
    duration: row.durationMinutes,
    profile: row.profile,
    status: row.status,
    appt_is_break: row.isBreak,
    allow_overlapping: row.allowOverlapping,
    deleted_flag: row.deleted,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    first_billed_date: scheduled,
    last_billed_date: scheduled,
    ...NEVER_SET,
    ...row.other,
  };
}

/** The object of a POST's reply and of `verbose=true`. */
export const verboseAppointment = (row: AppointmentRow): JsonObject => ({
  ...appointmentObject(row),
  clinical_note: null,
  custom_fields: [],
  custom_vitals: [],
  extended_updated_at: row.updatedAt,
  reminders: [],
  status_transitions: row.transitions.map(({ at, from, to }) => ({
    appointment: Number(row.id),
    datetime: at,
    from_status: from,
    to_status: to,
  })),
  vitals: NO_VITALS,
});
