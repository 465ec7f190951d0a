// A marked day of people whom a channel vouches for: links, visits by first name, a provider's agenda with names, each also while the EHR
// fails. Then logs, the audit trail and the unsealed data folder are searched.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { doctorId } from '../../services/domain.ts';
import { trailOf } from '../support/trail.ts';
import { openMessages } from './authenticated.ts';
import { isMarked, person } from './marked-people.ts';

const tenant = '11111111-2222-3333-4444-555555555555';
const teams = (aadObjectId: string) => ({
  ...{ channelId: 'msteams', from: { id: '29:Marked', name: 'Markedname', aadObjectId } },
  channelData: { tenant: { id: tenant } },
});
const doctor = teams('aaaaaaaa-0000-0000-0000-000000000001');
const patient = teams('bbbbbbbb-0000-0000-0000-000000000002');
const sms = { channelId: 'sms', from: { id: '+15185557171' } };

let open: Awaited<ReturnType<typeof openMessages>>;
beforeAll(async () => {
  const account = `msteams|${tenant}/${doctor.from.aadObjectId}`;
  open = await openMessages('with credentials', { providers: new Map([[account, doctorId('511718')]]) });
});
afterAll(() => open.close());

it('accounts, names and codes stay where they belong', async () => {
  const { rig, say } = open;
  const { control } = rig.world;
  const ids = await control.addPatients([0, 1, 2].map((n) => ({ ...person(n), doctor: 511718 })));
  for (const [n, id] of ids.entries())
    await control.addAppointment({
      ...{ doctor: 511718, office: 123456, patient: id, exam_room: 4, duration: 30 },
      ...{ scheduled_time: `2026-03-03T1${n + 3}:00:00`, reason: 'Markedreason', notes: 'Markednote' },
    });
  const heard: string[] = [];
  const tell = async (conversation: string, text: string, fields: object): Promise<string> => {
    const said = await say(conversation, text, fields);
    heard.push(said);
    return said;
  };
  const code = async () => (await rig.codes()).at(-1)?.code ?? '';

  // Two people of one phone, and one in Teams; the code once, then by first name.
  for (const [n, from, at] of [
    [0, sms, 's0'],
    [1, sms, 's1'],
    [2, patient, 't2'],
  ] as const) {
    await tell(at, 'my appointments', from);
    if (n === 1) await tell(at, 'someone else', from);
    await tell(at, `${person(n).first_name} Markedlast`, from);
    await tell(at, `07/1${n}/1971`, from);
    await tell(at, '999999', from);
    expect(await tell(at, await code(), from)).toContain(`Thank you, ${person(n).first_name}.`);
    await tell(at, 'my data', from);
  }
  const asked = await tell('s3', 'my appointments', sms);
  expect(asked).toContain(person(0).first_name);
  expect(asked).toContain(person(1).first_name);
  expect(asked).not.toContain('Markedlast');
  await control.fault({ effect: 'status', status: 500, times: 2 });
  await tell('s3', person(1).first_name, sms);
  await control.clearFaults();
  expect(await tell('s4', 'cancel my visit', sms)).toContain('Whose visits are they?');
  for (const text of [person(1).first_name, '1', 'undo', 'delete my data', '1']) await tell('s4', text, sms);
  expect(await tell('s5', 'my appointments', sms)).not.toContain(person(1).first_name);

  // The provider: initials, then names; a patient hears what everybody hears.
  const initials = await tell('d', 'my day', doctor);
  expect(initials).toContain('M. M.');
  expect(isMarked(initials.replaceAll('29:Marked', ''))).toBe(false);
  expect(await tell('d', 'show names', doctor)).toContain(`${person(2).first_name} Markedlast`);
  for (const words of ['next patient', 'this week', 'tomorrow']) await tell('d', words, doctor);
  for (const effect of ['status', 'garbage', 'wrong-shape'] as const) {
    await control.fault({ effect, times: 2, ...(effect === 'status' ? { status: 500 } : {}) });
    await tell('d', 'show names', doctor);
    await control.clearFaults();
  }
  for (const other of [patient, { ...doctor, channelId: 'webchat' }, { ...doctor, channelData: {} }, sms])
    for (const words of ['show names', 'next patient'])
      expect(await tell(`other-${other.channelId}`, words, other)).not.toMatch(/Markedlast|M\. M\./);

  // No chat is told which chart it is about.
  for (const id of ids) expect(heard.filter((said) => new RegExp(`\\b${id}\\b`).test(said))).toEqual([]);
  const lines = [...open.lines, ...rig.world.logLines];
  expect(
    lines.filter((line) => isMarked(line) || /aaaaaaaa-0000|bbbbbbbb-0000|1111-2222/.test(line)),
  ).toEqual([]);
  const { store } = rig.world.now();
  const trail = JSON.stringify(await trailOf(store));
  expect(trail).toMatch(/"names \d+"/);
  expect(isMarked(trail)).toBe(false);
  // Without a key: neither a code nor an account is in any file, nor what the practice wrote about a visit.
  const { folder } = rig.world;
  const files = await Promise.all(
    (await readdir(folder)).map((file) => readFile(path.join(folder, file), 'utf8')),
  );
  const packed = files.flatMap((text) =>
    [...text.matchAll(/[A-Za-z0-9+/]{80,}={0,2}/g)].map(([found]) => Buffer.from(found, 'base64').toString()),
  );
  const onDisk = [...files, ...packed].join('\n');
  expect(onDisk).toContain(person(0).first_name);
  expect(onDisk).not.toContain(person(1).first_name);
  expect(onDisk).not.toMatch(
    /Markedreason|Markednote|555-?717|518555717|aaaaaaaa-0000|bbbbbbbb-0000|1111-2222/,
  );
  const sent = (await rig.codes()).map((each) => each.code);
  expect(sent).toHaveLength(3);
  expect(
    sent.filter((one) => new RegExp(`(?<![\\w.-])${one}(?![\\w.-])`).test(onDisk + lines.join())),
  ).toEqual([]);
});
