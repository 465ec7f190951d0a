// The DrChrono adapter keeps the Ehr port's contract with the sandbox practice behind it, over HTTP.
import { doctorId, officeId, visitTypeId } from '../../services/domain.ts';
import { createDrchronoEhr } from '../../services/ehr/drchrono.ts';
import { startSandbox } from '../../services/sandbox/server.ts';
import { ehrContract } from '../contracts/ehr.ts';
import type { Disturbance } from '../contracts/ehr-under-test.ts';
import { createSandboxControl, type Fault } from '../support/sandbox-control.ts';
import { createTestClock } from '../support/test-clock.ts';
import { seedPath } from '../support/world.ts';
import { adapterOptions } from './scripted-ehr.ts';

const faults: Readonly<Record<Disturbance, Pick<Fault, 'effect' | 'status'>>> = {
  'cut-before': { effect: 'drop' },
  'cut-after': { effect: 'commit-then-drop' },
  'server-error': { effect: 'status', status: 502 },
  rubbish: { effect: 'garbage' },
};

ehrContract({
  name: 'DrChrono',
  async make() {
    const clock = createTestClock('2026-03-03T14:00:00Z');
    const sandbox = await startSandbox({
      seedPath,
      port: 0,
      now: () => clock.now(),
      limits: { perHour: 100_000, perSecond: 100_000 },
    });
    const control = createSandboxControl(sandbox.origin);
    let open = true;
    const shutDown = async () => {
      if (open) await sandbox.close();
      open = false;
    };
    const ehr = createDrchronoEhr({
      ...adapterOptions(sandbox.origin),
      clientId: sandbox.clientId,
      clientSecret: sandbox.clientSecret,
      refreshTokenSetting: sandbox.refreshToken,
      clock,
      timeoutMs: 2_000,
    });
    return {
      ehr,
      clock,
      practice: {
        officeId: officeId('123456'),
        doctorId: doctorId('511718'),
        timeZone: 'America/New_York',
        room: 1,
        visitTypeId: visitTypeId('284051'),
        visitTypeMinutes: 15,
        // A Thursday and a Friday at Main Street, and the Sunday after.
        openDate: '2026-03-19',
        laterDate: '2026-03-20',
        closedDate: '2026-03-22',
        twinsBornOn: '2016-06-02',
        nobodyBornOn: '1931-05-17',
      },
      disturbNextChange: (how) =>
        control.fault({ method: 'PATCH', path: '/api/appointments', ...faults[how], times: 2 }),
      deskBooks: ({ localStart, patient, notes = '' }) =>
        control.addAppointment({
          doctor: 511718,
          office: 123456,
          patient: patient === null ? null : Number(patient),
          exam_room: 2,
          scheduled_time: `${localStart}:00`,
          duration: 30,
          notes,
        }),
      disturbNextCreate: (how, of = 'appointment') =>
        control.fault({ method: 'POST', path: `/api/${of}s`, ...faults[how] }),
      duplicates: control.duplicates,
      async addCharts(count, birthDate) {
        await control.addPatients(
          Array.from({ length: count }, (_, index) => ({
            first_name: 'Chart',
            last_name: `Number ${index}`,
            date_of_birth: birthDate,
            gender: 'Other',
            doctor: 511718,
          })),
        );
      },
      async appendToNotes(id, text) {
        const row = (await control.appointments()).find((appointment) => appointment.id === id);
        await control.patchAppointment(id, { notes: `${row?.notes}${text}` });
      },
      async counts() {
        const calls = await control.calls();
        const creates = calls.filter(({ method }) => method === 'POST');
        return { calls: calls.length, creates: creates.length };
      },
      shutDown,
      async close() {
        await ehr.stop();
        await shutDown();
      },
    };
  },
});
