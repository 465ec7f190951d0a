// The part of a marked day that is about who people are and the visits they have: codes, a registration, moves, cancellations, own data,
// each well and with the EHR failing.
import { expect } from 'vitest';
import type { SandboxControl } from '../support/sandbox-control.ts';
import { converse, person, type Said, type Say, textOf } from './marked-people.ts';

export interface Codes {
  /** The code that has come to the person's phone and was not read before; waits for it. */
  of(n: number): Promise<string>;
  /** Every code that has come to any phone, as long as the sandbox has been up. */
  all(): Promise<readonly string[]>;
}

export function codesOf(control: () => SandboxControl): Codes {
  const read = new Set<string>();
  const arrived = async () =>
    (await control().texts()).flatMap(({ to, body }) => {
      const [code] = /\b\d{6}\b/.exec(body) ?? [];
      return code === undefined ? [] : [{ to, code }];
    });
  return {
    async of(n) {
      const phone = `+1${person(n).cell_phone.replace(/\D/g, '')}`;
      for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 50) {
        const found = (await arrived()).find(({ to, code }) => to === phone && !read.has(code));
        if (found !== undefined) {
          read.add(found.code);
          return found.code;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`no code has come to ${phone}`);
    },
    all: async () => (await arrived()).map(({ code }) => code),
  };
}

export interface Day {
  write(channel: string, conversation: string, text: string): Promise<Said>;
  readonly control: () => SandboxControl;
  readonly codes: Codes;
}

const moved = /Your visit was moved\./;
const cancelled = /Your visit is cancelled/;

/** Sees, moves, calls off and takes back a visit that was booked a moment ago by a person who is still known. */
export async function changeVisit(n: number, say: Say, code: Codes['of']): Promise<void> {
  expect(textOf(await say('my appointments'))).toMatch(/Dr\. John Doe/);
  await converse(n, say, moved, code, 'move it');
  await converse(n, say, cancelled, code, 'cancel my visit');
  expect(textOf(await say('undo'))).toMatch(/Your visit stands again/);
  expect(textOf(await say('my data'))).toMatch(/1 visit/);
}

/** The same while the EHR fails in several ways; whatever is said, it goes on. */
export async function failToChange(say: Say, control: () => SandboxControl): Promise<void> {
  for (const effect of ['status', 'commit-then-drop', 'wrong-shape'] as const) {
    for (const words of [
      ['my appointments'],
      ['cancel my visit', 'yes', 'undo'],
      ['move my visit', '1', '1', 'yes'],
    ]) {
      await control().fault({ effect, times: 2, ...(effect === 'status' ? { status: 500 } : {}) });
      for (const text of words) await say(text);
      await control().clearFaults();
      await say('stop');
    }
  }
}

/** A new patient, whose chart's create loses its reply; and one who is on file, guesses, and registers in vain. */
export async function register({ write, control, codes }: Day): Promise<void> {
  const { first_name, last_name, cell_phone } = person(6);
  const say = (text: string) => write('webchat', 'registers', text);
  for (const text of [
    'my appointments',
    `${first_name} ${last_name}`,
    '07/16/1971',
    '123456',
    'no code',
    'register',
    'Markedwords',
  ])
    await say(text);
  expect(textOf(await say(cell_phone))).toContain('What is the code?');
  await say('654321');
  expect(textOf(await say(await codes.of(6)))).toContain('gender');
  expect(textOf(await say('female'))).toContain('Shall I register you?');
  await control().fault({ method: 'POST', path: '/api/patients', effect: 'commit-then-drop' });
  expect(textOf(await say('yes'))).toContain(`Thank you, ${first_name}.`);
  await control().clearFaults();

  const guess = (text: string) => write('webchat', 'guesses', text);
  const { first_name: first } = person(4);
  for (const text of ['my appointments', `${first} ${last_name}`, '07/14/1971']) await guess(text);
  for (let at = 0; at < 5; at += 1) await guess(`71717${at}`);
  for (const text of ['register', 'marked4@mail.example', person(4).cell_phone]) await guess(text);
}

/** Deletes what is kept of a person who is known there. */
export async function deleteData(say: Say): Promise<void> {
  await say('delete my data');
  expect(textOf(await say('1'))).toContain('I deleted what I kept about you');
}
