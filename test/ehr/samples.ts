// Rows as the EHR sends them, a visit to create, and the four calls that the failure tests make.
import { appointmentId, doctorId, type NewAppointment, officeId, patientId } from '../../services/domain.ts';
import type { Ehr } from '../../services/ports.ts';

export const chart = { id: 5, first_name: 'Ada', last_name: 'Example', date_of_birth: '1990-01-02' };
export const row = {
  id: '77',
  doctor: 1,
  office: 2,
  patient: 5,
  exam_room: 1,
  scheduled_time: '2026-03-19T09:00:00',
  duration: 30,
  status: '',
  notes: 'Bookadoc r1',
};
export const visit: NewAppointment = {
  officeId: officeId('2'),
  doctorId: doctorId('1'),
  patientId: patientId('5'),
  room: 3,
  localStart: '2026-03-19T09:00',
  durationMinutes: 30,
  ref: 'r1',
};
export const read = (ehr: Ehr) => ehr.patient(patientId('5'), 'booking');
export const browse = (ehr: Ehr) => ehr.patient(patientId('5'), 'browsing');
export const create = (ehr: Ehr) => ehr.createAppointment(visit);
export const cancel = (ehr: Ehr) => ehr.changeAppointment(appointmentId('77'), { status: 'Cancelled' });

export const throttle = (seconds: number) => ({
  status: 429,
  body: { detail: `Request was throttled. Expected available in ${seconds} seconds.` },
});
