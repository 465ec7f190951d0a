// (b) EHR calls of one booking, counted in the sandbox's own log.
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startChild } from './child.ts';
import { bookVisit } from './patient.ts';
import { person } from './people.ts';
import {
  addPatients,
  apiKey,
  control,
  type Practice,
  settingsFor,
  startPractice,
  writeEmptyCalendar,
} from './practice.ts';
import type { Finding } from './results.ts';
import { openLine } from './talk.ts';
import { countVisitCalls } from './visit-calls.ts';

type Scope = 'doctor' | 'room';
interface Call {
  readonly method: string;
  readonly path: string;
}

const callsShape = z.object({ calls: z.array(z.object({ method: z.string(), path: z.string() })) });
const openDays = z.array(
  z.object({
    date: z.string(),
    open_slots: z.array(z.object({ availability: z.array(z.object({ start: z.string() })) })),
  }),
);
const rounds = 4;
const directory = /^\/api\/(offices|doctors|appointment_profiles)/;

export async function countCalls(folder: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const scope of ['doctor', 'room'] as const)
    findings.push(...(await countIn(scope, folder)), ...(await countVisitCalls(scope, folder)));
  return findings;
}

async function countIn(scope: Scope, folder: string): Promise<readonly Finding[]> {
  const practice = await startPractice(scope, writeEmptyCalendar(folder));
  const settings = settingsFor(practice, mkdtempSync(join(folder, 'calls-')), scope);
  const ours = await startChild('./ours.ts', z.object({ origin: z.string() }), settings);
  const line = await openLine(ours.ready.origin, 'expectReplies');
  const ids = await addPatients(practice, 0, 4 * rounds);
  const taken = new Set<string>();
  const warm: Call[] = [];
  let directoryCalls = 0;

  const callsOf = async (work: () => Promise<unknown>): Promise<number> => {
    await control(practice, 'DELETE', 'calls');
    await work();
    const { calls } = callsShape.parse(await control(practice, 'GET', 'calls'));
    const api = calls.filter(({ path }) => path.startsWith('/api/'));
    directoryCalls += api.filter(({ path }) => directory.test(path)).length;
    warm.push(...api);
    return api.length;
  };
  const failCreateOnce = (effect: Record<string, unknown>) =>
    control(practice, 'POST', 'faults', { method: 'POST', path: '/api/appointments', times: 1, ...effect });

  const most = { fresh: 0, again: 0, rest: 0, conflict: 0, lost: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const number = round * 4;
    const say = line.user(`calls-${number}`);
    const book = (begin: 'arrives' | 'again') => bookVisit(say, person(number), number, taken, begin);
    most.fresh = Math.max(most.fresh, await callsOf(() => book('arrives')));
    most.again = Math.max(most.again, await callsOf(() => book('again')));

    const visit = await freeVisit(practice, ids[number + 1] ?? 0, round);
    most.rest = Math.max(most.rest, await callsOf(() => postVisit(ours.ready.origin, visit)));

    await failCreateOnce({ effect: 'status', status: 409 });
    most.conflict = Math.max(most.conflict, await callsOf(() => bookAs(number + 2)));
    await failCreateOnce({ effect: 'commit-then-drop' });
    most.lost = Math.max(most.lost, await callsOf(() => bookAs(number + 3)));
  }
  function bookAs(number: number) {
    return bookVisit(line.user(`calls-${number}`), person(number), number, taken);
  }

  await line.close();
  await ours.stop();
  await practice.stop();

  const more = scope === 'room' ? 1 : 0;
  const row = (name: string, a: number, limit: number | null, means: string): Finding => ({
    name: `EHR calls, overlap scope ${scope}: ${name}`,
    a,
    b: null,
    ratio: null,
    limit,
    rounds,
    unit: 'calls',
    means,
  });
  return [
    row(
      'new conversation',
      most.fresh,
      3 + more,
      'Patient search, availability, create; the most in any round.',
    ),
    row('patient identified earlier in it', most.again, 2 + more, 'Availability, create.'),
    row('REST with only a patientid', most.rest, 3 + more, 'The chart, availability, create.'),
    row(
      'new conversation, a 409 on the way',
      most.conflict,
      null,
      'Also the office’s day, the alternatives, and the booking of one of them.',
    ),
    row(
      'new conversation, the create’s reply lost',
      most.lost,
      null,
      'Also the look-up that finds the visit.',
    ),
    row(
      'offices, doctors and visit types once warm',
      directoryCalls,
      0,
      `Of all ${warm.length} calls above.`,
    ),
  ];
}

interface Visit {
  readonly patientid: number;
  readonly doctorid: number;
  readonly officeid: number;
  readonly scheduled_time: string;
  readonly duration: number;
}

/** A free half hour, asked of the sandbox behind Bookadoc's back, so that Bookadoc knows nothing of it yet. */
async function freeVisit(practice: Practice, patientid: number, round: number): Promise<Visit> {
  const [doctorid, officeid] = [511722, 540214];
  const from = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const to = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const answer = await fetch(
    `${practice.ready.origin}/api/availability?doctor=${doctorid}&office=${officeid}&duration=30&date_range=${from}/${to}`,
    { headers: { authorization: `Bearer ${practice.ready.curlToken}` } },
  );
  const free = openDays
    .parse(await answer.json())
    .flatMap(({ date, open_slots }) =>
      open_slots.flatMap(({ availability }) => availability.map(({ start }) => `${date}T${start}`)),
    );
  return { patientid, doctorid, officeid, scheduled_time: free[round * 20] ?? '', duration: 30 };
}

async function postVisit(origin: string, visit: Visit): Promise<void> {
  const answer = await fetch(`${origin}/api/appointments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify(visit),
  });
  if (answer.status !== 201) throw new Error(`REST answered ${answer.status}: ${await answer.text()}`);
}
