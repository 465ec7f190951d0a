// (b) EHR calls of seeing, moving, cancelling and taking back a visit: the use cases themselves, counted in the sandbox's own log.
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseConfig } from '../services/config.ts';
import { storeIndexes } from '../services/documents.ts';
import { doctorId, officeId, patientId, type Result } from '../services/domain.ts';
import { createDrchronoEhr } from '../services/ehr/drchrono.ts';
import { storeTokenVault } from '../services/ehr/token-vault.ts';
import type { Clock, Log } from '../services/ports.ts';
import { openJsonStore } from '../services/store/json.ts';
import type { Visit } from '../services/visit-cases.ts';
import { createUseCases } from '../services/wiring.ts';
import {
  addPatients,
  control,
  type Practice,
  settingsFor,
  startPractice,
  writeEmptyCalendar,
} from './practice.ts';
import type { Finding } from './results.ts';

const rounds = 4;
const callsShape = z.object({ calls: z.array(z.object({ path: z.string() })) });
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
let aheadMs = 0;
const clock: Clock = {
  now: () => Date.now() + aheadMs,
  async sleep(ms) {
    aheadMs += ms;
  },
};
let count = 0;
const ids = { next: (length: number) => String(count++).padStart(length, '0') };

export async function countVisitCalls(scope: 'doctor' | 'room', folder: string): Promise<readonly Finding[]> {
  const practice = await startPractice(scope, writeEmptyCalendar(folder));
  const opened = await composed(practice, mkdtempSync(join(folder, 'visits-')), scope);
  const { useCases, close } = opened;
  const [patient = 0] = await addPatients(practice, 0, 1);
  const callsOf = async (work: () => Promise<unknown>): Promise<number> => {
    await control(practice, 'DELETE', 'calls');
    await work();
    const { calls } = callsShape.parse(await control(practice, 'GET', 'calls'));
    return calls.filter(({ path }) => path.startsWith('/api/')).length;
  };

  const at = { doctorId: doctorId('511718'), officeId: officeId('123456'), durationMinutes: 30 };
  const who = { patientId: patientId(String(patient)), patientName: 'Invented Patient', channel: 'bench' };
  const { slots } = gained(await useCases.openTimes(at));
  const most = { upcoming: 0, move: 0, cancel: 0, undo: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const start = (place: number): string => slots[100 + round * 40 + place * 10]?.localStart ?? '';
    gained(await useCases.book({ ...at, ...who, localStart: start(0) }));
    let visit: Visit | undefined;
    const done = async (work: () => Promise<Result<Visit, unknown>>) => {
      visit = gained(await work());
    };
    const asked = () => {
      if (visit === undefined) throw new Error('the visit is not shown');
      return { visit, channel: 'bench' };
    };
    const look = async () => {
      visit = gained(await useCases.upcoming(who.patientId)).visits[0];
    };
    const cancel = async () =>
      ({ ok: true, value: gained(await useCases.cancelVisit(asked())).visit }) as const;
    most.upcoming = Math.max(most.upcoming, await callsOf(look));
    // No reading of the calendar is fresh any more: the move makes its own.
    aheadMs += 61_000;
    const move = () => useCases.moveVisit({ ...asked(), to: start(1) });
    most.move = Math.max(most.move, await callsOf(() => done(move)));
    most.cancel = Math.max(most.cancel, await callsOf(() => done(cancel)));
    most.undo = Math.max(most.undo, await callsOf(() => done(() => useCases.undoCancel(asked()))));
    await done(cancel);
  }
  await close();
  await practice.stop();

  const row = (name: string, a: number, limit: number | null, means: string): Finding => ({
    ...{ name: `EHR calls, overlap scope ${scope}: ${name}`, a, b: null, ratio: null, limit, rounds },
    ...{ unit: 'calls', means },
  });
  const verified = scope === 'room' ? ', and who else is there' : '';
  return [
    row('"my appointments"', most.upcoming, 1, 'The patient’s list; the most in any round.'),
    row('cancelling a visit', most.cancel, 2, 'The visit, the change.'),
    row(
      'moving a visit',
      most.move,
      scope === 'room' ? 4 : 3,
      `The visit, availability, the change${verified}.`,
    ),
    row(
      'taking a cancellation back',
      most.undo,
      null,
      'The visit, the day, the change, and who else is there.',
    ),
  ];
}

async function composed(practice: Practice, folder: string, scope: 'doctor' | 'room') {
  const config = parseConfig(settingsFor(practice, folder, scope));
  if (!config.ok) throw new Error(config.error.join('\n'));
  const opened = await openJsonStore({ folder, indexes: storeIndexes, clock, log: quiet });
  if (!opened.ok) throw new Error('the store did not open');
  const store = opened.value;
  const { origin, clientId, clientSecret, refreshToken } = practice.ready;
  const ehr = createDrchronoEhr({
    ...{ baseUrl: origin, clientId, clientSecret, refreshTokenSetting: refreshToken },
    ...{ tokens: storeTokenVault(store), openHours: config.value.openHours, clock, log: quiet },
    limits: { perHour: 1e9, perSecond: 1e9 },
  });
  await ehr.start();
  const { useCases } = createUseCases({
    ...{ ehr, store, clock, ids, log: quiet, auditSecret: 'an invented secret', settings: config.value },
  });
  return {
    useCases,
    async close() {
      await ehr.stop();
      await store.close();
    },
  };
}

function gained<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`not done: ${JSON.stringify(result.error)}`);
  return result.value;
}
