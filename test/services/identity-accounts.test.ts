// Accounts and charts: a phone number for a family, a Teams identity for one chart, links that outlive sessions but no closed chart; and one's own data.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { patientId } from '../../services/domain.ts';
import type { Asker } from '../../services/identity-cases.ts';
import { claimOf, type IdentityRig, inConversation, openIdentity } from '../support/identity-rig.ts';
import { trailOf } from '../support/trail.ts';

const phone = 'sms|+15185550102';
const teams = 'msteams|an-invented-tenant/an-invented-user';
const people = {
  laura: ['Laura Castellano', '1987-11-23'],
  emma: ['Emma Castellano', '2016-06-02'],
  ann: ['Ann Bishop', '1984-03-12'],
} as const;
type Name = keyof typeof people;

let rig: IdentityRig;
beforeEach(async () => {
  rig = await openIdentity(['sms'], { identityCallsPerHour: 1_000 });
});
afterEach(() => rig.close());

const cases = () => rig.world.now().useCases;
const claim = (who: Name, asker: Asker) => cases().claim(claimOf(...people[who]), asker);
/** Claims and answers the code; `at once` where none was asked for. */
async function prove(who: Name, asker: Asker): Promise<string> {
  const claimed = await claim(who, asker);
  if (!claimed.ok) return claimed.error.kind;
  if (claimed.value.kind === 'identified') return 'at once';
  const code = (await rig.codes()).at(-1)?.code ?? '';
  const answered = await cases().answerCode(claimed.value.challenge, code, asker);
  return answered.ok ? 'by code' : answered.error.kind;
}
const namesOf = async (asker: Asker) => (await cases().peopleOf(asker)).map(({ firstName }) => firstName);

describe('a telephone number', () => {
  const asker = inConversation('t', phone);

  it('answers a code once for each person behind it, and then stands for them all', async () => {
    expect(await namesOf(asker)).toEqual([]);
    expect(await prove('laura', asker)).toBe('by code');
    rig.world.clock.advance(1_000);
    expect(await prove('emma', asker)).toBe('by code');
    await rig.world.restart();
    await rig.world.control.forgetCalls();
    expect(await namesOf(asker)).toEqual(['Laura', 'Emma']);
    expect(await namesOf(inConversation('another', phone))).toEqual(['Laura', 'Emma']);
    expect(await rig.world.control.calls()).toEqual([]);
    expect(await prove('emma', inConversation('another', phone))).toBe('at once');
  });

  it('picks one of its people with one call, and nobody else’s', async () => {
    await prove('laura', asker);
    const [laura] = await cases().peopleOf(asker);
    const id = laura?.id ?? patientId('');
    await rig.world.control.forgetCalls();
    expect(await cases().asLinked(id, asker)).toMatchObject({
      ok: true,
      value: { id, name: 'Laura Castellano' },
    });
    expect(await rig.world.control.calls()).toHaveLength(1);
    await rig.world.control.forgetCalls();
    const nobody = { ok: false, error: { kind: 'no-match' } };
    for (const other of [
      inConversation('t'),
      inConversation('t', 'sms|+15185550177'),
      inConversation('t', teams),
    ]) {
      expect(await cases().asLinked(id, other)).toEqual(nobody);
      expect(await namesOf(other)).toEqual([]);
    }
    expect(await cases().asLinked(patientId('125651758'), asker)).toEqual(nobody);
    expect(await rig.world.control.calls()).toEqual([]);
  });

  it('without an answered code stands for nobody, though it is the number on the chart', async () => {
    await claim('laura', asker);
    expect(await namesOf(asker)).toEqual([]);
  });

  it('whose chart was closed identifies nobody any more', async () => {
    await rig.world.control.addPatients([
      {
        ...{ first_name: 'Ida', last_name: 'Gone', date_of_birth: '1980-02-02', gender: 'Female' },
        ...{ doctor: 511718, cell_phone: '(518) 555-0102' },
      },
    ]);
    const ida = claimOf('Ida Gone', '1980-02-02');
    const claimed = await cases().claim(ida, asker);
    const code = (await rig.codes()).at(-1)?.code ?? '';
    if (!claimed.ok || claimed.value.kind !== 'code-asked') throw new Error('no code');
    const known = await cases().answerCode(claimed.value.challenge, code, asker);
    const id = known.ok ? known.value.id : patientId('');
    await rig.world.control.patchPatient(id, { patient_status: 'I' });
    expect(await cases().asLinked(id, asker)).toEqual({ ok: false, error: { kind: 'no-match' } });
    expect(await cases().claim(ida, asker)).toMatchObject({ value: { kind: 'code-asked' } });
    expect(await rig.codes()).toHaveLength(1);
  });

  it('is never stopped by what others do to its claim; a stranger is', async () => {
    await prove('ann', asker);
    for (const [at, minutes] of [0, 1, 5].entries()) {
      rig.world.clock.advance(minutes * 60_000);
      expect(await claim('ann', inConversation(`stranger${at}`))).toMatchObject({ ok: true });
    }
    expect(await claim('ann', inConversation('stranger'))).toEqual({
      ok: false,
      error: { kind: 'wait', waitMinutes: 30 },
    });
    expect(await claim('ann', inConversation('x', 'sms|+15185550178'))).toMatchObject({ ok: false });
    expect(await prove('ann', asker)).toBe('at once');
  });

  it('of which one person is known waits with the others for the rest', async () => {
    await prove('ann', asker);
    await claim('laura', inConversation('stranger'));
    expect(await claim('laura', asker)).toEqual({ ok: false, error: { kind: 'wait', waitMinutes: 1 } });
  });

  it('is forgotten when nobody has used it for a year', async () => {
    await prove('ann', asker);
    rig.world.clock.advance(200 * 86_400_000);
    const [ann] = await cases().peopleOf(asker);
    await cases().asLinked(ann?.id ?? patientId(''), asker);
    rig.world.clock.advance(200 * 86_400_000);
    await rig.world.now().housekeeping.run();
    expect(await namesOf(asker)).toEqual(['Ann']);
    rig.world.clock.advance(170 * 86_400_000);
    await rig.world.now().housekeeping.run();
    expect(await namesOf(asker)).toEqual([]);
  });
});

describe('the audit trail', () => {
  const ofLinks = async () =>
    (await trailOf(rig.world.now().store))
      .map(({ document: { who, what, patient, outcome } }) => ({ who, what, patient, outcome }))
      .filter(({ what }) => what === 'linked' || what === 'known-by-account');

  it.each([
    ['a telephone number', phone, 'sms'],
    ['a Teams identity', teams, 'once'],
  ])('says each time that %s tells who it is, and nothing else', async (_, account, outcome) => {
    const asker = inConversation('t', account);
    await prove('ann', asker);
    const [ann] = await cases().peopleOf(asker);
    const id = ann?.id ?? patientId('');
    await cases().asLinked(id, asker);
    await prove('ann', asker);
    // Also where it is noted that the link was used.
    rig.world.clock.advance(2 * 86_400_000);
    rig.batches.length = 0;
    await cases().asLinked(id, asker);
    expect(rig.batches.map((ops) => ops.length)).toEqual([2]);
    await cases().asLinked(patientId('1'), asker);
    const [linked, ...known] = await ofLinks();
    const { patient } = linked ?? {};
    expect(linked).toEqual({ who: 'visitor', what: 'linked', patient, outcome });
    expect(known).toEqual(
      Array.from({ length: 3 }, () => ({ who: 'visitor', what: 'known-by-account', patient, outcome })),
    );
    expect(JSON.stringify(await trailOf(rig.world.now().store))).not.toMatch(
      /Ann|Bishop|125651758|5550102|invented-/,
    );
  });

  it('and a link that is deleted while its chart is read tells nobody', async () => {
    const asker = inConversation('t', phone);
    await prove('ann', asker);
    const [ann] = await cases().peopleOf(asker);
    const id = ann?.id ?? patientId('');
    const { ehr } = rig.world.now();
    for (const how of ['patient', 'patientsBornOn'] as const) {
      await prove('ann', asker);
      const read = ehr[how];
      Object.assign(ehr, {
        async [how](...args: never[]) {
          await cases().deleteOwnData(id);
          return Reflect.apply(read, ehr, args);
        },
      });
      expect(await (how === 'patient' ? cases().asLinked(id, asker) : claim('ann', asker))).toMatchObject(
        how === 'patient' ? { error: { kind: 'no-match' } } : { value: { kind: 'code-asked' } },
      );
      Object.assign(ehr, { [how]: read });
    }
  });
});

describe('a Teams identity', () => {
  it('is linked once: a second chart is identified for now, and asks for its code again', async () => {
    const asker = inConversation('t', teams);
    expect(await prove('laura', asker)).toBe('by code');
    expect(await prove('emma', asker)).toBe('by code');
    expect(await namesOf(asker)).toEqual(['Laura']);
    expect(await prove('laura', asker)).toBe('at once');
    expect(await prove('laura', asker)).toBe('at once');
    expect(await prove('emma', asker)).toBe('by code');
    // A claim whose code was right counts against nobody: a family may be longer than three.
    expect(await prove('ann', asker)).toBe('by code');
  });

  it('is linked once, though two conversations answer at once', async () => {
    const askers = [inConversation('one', teams), inConversation('two', teams)] as const;
    const codeAfter = async () => (await rig.codes()).at(-1)?.code ?? '';
    const first = await claim('laura', askers[0]);
    const firstCode = await codeAfter();
    const second = await claim('ann', askers[1]);
    const secondCode = await codeAfter();
    if (!first.ok || !second.ok) throw new Error('no codes');
    if (first.value.kind !== 'code-asked' || second.value.kind !== 'code-asked') throw new Error('no codes');
    const answers = await Promise.all([
      cases().answerCode(first.value.challenge, firstCode, askers[0]),
      cases().answerCode(second.value.challenge, secondCode, askers[1]),
    ]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await cases().peopleOf(askers[0])).toHaveLength(1);
  });
});

it('a conversation without an account links nothing', async () => {
  expect(await prove('ann', inConversation('web'))).toBe('by code');
  expect(await prove('ann', inConversation('web'))).toBe('by code');
  expect(await rig.world.now().store.all('contact')).toEqual([]);
});

describe('one’s own data', () => {
  const onDisk = async (): Promise<string> => {
    const { folder } = rig.world;
    const texts = (await readdir(folder)).map((file) => readFile(path.join(folder, file), 'latin1'));
    return (await Promise.all(texts)).join('');
  };

  it('are shown in numbers, then deleted from every file: links, challenges and counts too, and nobody else’s', async () => {
    await rig.world.control.addPatients([
      {
        ...{ first_name: 'Markedfirst', last_name: 'Markedlast', date_of_birth: '1980-03-03' },
        ...{ gender: 'Other', doctor: 511718, cell_phone: '(518) 555-0190' },
      },
    ]);
    const asker = inConversation('m', phone);
    const marked = claimOf('Markedfirst Markedlast', '1980-03-03');
    const claimed = await cases().claim(marked, asker);
    const code = (await rig.codes()).at(-1)?.code ?? '';
    if (!claimed.ok || claimed.value.kind !== 'code-asked') throw new Error('no code');
    const known = await cases().answerCode(claimed.value.challenge, code, asker);
    if (!known.ok) throw new Error('not known');
    const { id, name } = known.value;
    await prove('laura', asker);
    // A claim of theirs that is still open, in another conversation: its challenge and two counts.
    await cases().claim(marked, inConversation('m2'));
    await rig.codes();
    const { store } = rig.world.now();
    await store.insert('conversation', 'c1', { memory: { lastTurnMs: 0, who: { id, name } } });
    expect(await cases().ownData(id)).toEqual({
      visits: 0,
      messages: 0,
      conversations: 1,
      links: 1,
      oldestAt: expect.stringMatching(/^2026-03-03T14:00/),
    });
    const countsBefore = (await store.all('token')).length;
    expect(await onDisk()).toContain('Markedfirst');

    await cases().deleteOwnData(id);
    const left = await onDisk();
    expect(left).not.toContain('Marked');
    // What a challenge leads to is kept in base64: the name could begin at any of three places in it.
    for (const at of [0, 1, 2])
      expect(left).not.toContain(btoa(`${'x'.repeat(at)}Markedfirst`).slice(at === 0 ? 0 : 4, 12));
    expect((await store.all('token')).length).toBe(countsBefore - 3);
    expect(await namesOf(asker)).toEqual(['Laura']);
    expect(await cases().ownData(id)).toEqual({ visits: 0, messages: 0, conversations: 0, links: 0 });
    const trail = (await trailOf(store)).map(({ document }) => document);
    expect(trail.slice(-3).map(({ what, outcome }) => [what, outcome])).toEqual([
      ['data-shown', 'bookings 0, conversations 1, messages 0, links 1'],
      ['data-deleted', 'bookings 0, conversations 1, messages 0, links 1'],
      ['data-shown', 'bookings 0, conversations 0, messages 0, links 0'],
    ]);
    expect(new Set(trail.slice(-3).map(({ who }) => who)).size).toBe(1);
    expect(JSON.stringify(trail)).not.toContain(id);
  });

  it('go with a claim that was typed elsewhere, however it was spelled, long after its code was given here', async () => {
    const asker = inConversation('d', phone);
    const { store, housekeeping } = rig.world.now();
    const half = (firstName: string, lastName: string, birthDate = '1984-03-12') => ({
      memory: { lastTurnMs: rig.world.clock.now(), draft: { firstName, lastName, birthDate } },
    });
    await prove('ann', asker);
    rig.world.clock.advance(14 * 60_000);
    await housekeeping.run();
    await store.insert('conversation', 'theirs', half('ANN', 'bishop'));
    await store.insert('conversation', 'nobody', half('Ann', 'Bishop', '1984-03-13'));
    await store.insert('conversation', 'begun', { memory: { lastTurnMs: 0, draft: { firstName: 'Ann' } } });
    await store.insert('conversation', 'blank', half('', '', ''));
    await cases().deleteOwnData(patientId('125651758'));
    const left = (await store.all('conversation')).map(({ id }) => id);
    expect(left.toSorted()).toEqual(['begun', 'blank', 'nobody']);
  });

  it('deleted while a code is on its way: the code is over', async () => {
    const asker = inConversation('d', phone);
    await prove('ann', asker);
    const claimed = await claim('ann', inConversation('other'));
    const code = (await rig.codes()).at(-1)?.code ?? '';
    await cases().deleteOwnData(patientId('125651758'));
    if (!claimed.ok || claimed.value.kind !== 'code-asked') throw new Error('no code');
    expect(await cases().answerCode(claimed.value.challenge, code, inConversation('other'))).toEqual({
      ok: false,
      error: { kind: 'code-over' },
    });
  });
});
