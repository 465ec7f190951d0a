// What can happen in a journey between two messages: time passes, the front desk works, the EHR goes away, a text arrives.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Phones } from './phones.ts';
import type { Product } from './product.ts';

export interface Stage {
  readonly product: Product;
  readonly phones: Phones;
  readonly wait: (minutes: number) => void;
  /** From here on somebody writes in a conversation of its own. */
  readonly meet: (isGroup: boolean) => void;
}

/** Does what the line says. */
export async function happen(stage: Stage, text: string): Promise<void> {
  for (const [pattern, event] of events) {
    const found = pattern.exec(text);
    if (found !== null) return event(stage, ...found.slice(1));
  }
  throw new Error(`Nobody knows how to do this: ${text}`);
}

type Event = (stage: Stage, ...said: readonly string[]) => Promise<void> | void;

const events: readonly (readonly [RegExp, Event])[] = [
  [/^(\d+) minutes pass$/, ({ wait }, minutes = '') => wait(Number(minutes))],
  [/^in a group$/, ({ meet }) => meet(true)],
  [/^in private$/, ({ meet }) => meet(false)],
  [/^in a new conversation$/, ({ meet }) => meet(false)],
  [/^a code arrives$/, ({ phones }) => phones.ring()],
  [
    /^the front desk gives Dr\. Doe's (\S+) (\S+) to somebody else$/,
    ({ product }, day = '', time = '') =>
      product.control.addAppointment(visitOf('Noah Castellano', day, time)),
  ],
  [
    /^the front desk books (.+) with Dr\. Doe on (\S+) at (\S+)$/,
    ({ product }, name = '', day = '', time = '') => product.control.addAppointment(visitOf(name, day, time)),
  ],
  [
    /^the front desk moves Dr\. Doe's (\S+) (\S+) to (\S+) (\S+)$/,
    ({ product }, day = '', time = '', toDay = '', toTime = '') =>
      patched(product, `${day}T${time}:00`, { scheduled_time: `${toDay}T${toTime}:00` }),
  ],
  [
    /^the front desk marks Dr\. Doe's (\S+) (\S+) as (.+)$/,
    ({ product }, day = '', time = '', status = '') => patched(product, `${day}T${time}:00`, { status }),
  ],
  [
    /^the EHR is down$/,
    ({ product }) => product.control.fault({ path: '/api/', effect: 'status', status: 503, times: 0 }),
  ],
  [/^the EHR is back$/, ({ product }) => product.control.clearFaults()],
];

const doctorDoe = 511718;
const mainStreet = 123456;
const firstPatient = 125651758;

const names = z
  .object({ patients: z.array(z.object({ first_name: z.string(), last_name: z.string() })) })
  .parse(JSON.parse(readFileSync(new URL('../../data/practice.json', import.meta.url), 'utf8')))
  .patients.map(({ first_name, last_name }) => `${first_name} ${last_name}`);

function visitOf(name: string, day: string, time: string): Readonly<Record<string, unknown>> {
  const at = names.indexOf(name);
  if (at === -1) throw new Error(`Nobody is called ${name}`);
  return {
    doctor: doctorDoe,
    office: mainStreet,
    patient: firstPatient + at,
    exam_room: 4,
    scheduled_time: `${day}T${time}:00`,
    duration: 30,
  };
}

async function patched(product: Product, start: string, fields: Record<string, unknown>): Promise<void> {
  const rows = await product.control.appointments();
  const [row, second] = rows.filter(
    ({ doctor, scheduled_time, status }) =>
      doctor === doctorDoe && scheduled_time === start && status !== 'Cancelled',
  );
  if (row === undefined || second !== undefined) throw new Error(`Dr. Doe has no single visit at ${start}`);
  await product.control.patchAppointment(row.id, fields);
}
