// Who somebody is, by a code: every claim, true or not, gets the same answer for the same work, and only the chart's own contact hears more.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  claimOf,
  type IdentityRig,
  inConversation,
  openIdentity,
  otherThan,
} from '../support/identity-rig.ts';

const opened: IdentityRig[] = [];
const open = async (...args: Parameters<typeof openIdentity>): Promise<IdentityRig> => {
  const rig = await openIdentity(...args);
  opened.push(rig);
  return rig;
};
afterEach(async () => {
  for (const rig of opened.splice(0)) await rig.close();
});
const challengeIn = (
  claimed: Awaited<ReturnType<ReturnType<IdentityRig['world']['now']>['useCases']['claim']>>,
) => {
  if (!claimed.ok || claimed.value.kind !== 'code-asked') throw new Error(JSON.stringify(claimed));
  return claimed.value.challenge;
};

describe('every claim', () => {
  let rig: IdentityRig;
  beforeEach(async () => {
    rig = await open();
    await rig.world.control.addPatients([
      // A father and a son of one name and one birthday, and twins of one name.
      ...[1, 2].map(() => ({
        ...{ first_name: 'Pat', last_name: 'Double', date_of_birth: '1980-01-02' },
        ...{ gender: 'Male', doctor: 511718, cell_phone: '(518) 555-0160' },
      })),
      {
        ...{ first_name: 'Nora', last_name: 'Quiet', date_of_birth: '1981-01-02' },
        ...{ gender: 'Female', doctor: 511718, cell_phone: '(518) 555-0161', disable_sms_messages: true },
      },
    ]);
  });

  it.each<[what: string, name: string, birthDate: string, to: string | undefined]>([
    ['true', 'Ann Bishop', '1984-03-12', '+15185550101'],
    ['true, by the first of two surnames', 'Sofia Hernandez', '1991-07-19', '+15185550106'],
    ['the son', 'Robert Hale', '1979-09-14', '+15185550105'],
    ['the father', 'Robert Hale', '1951-01-30', '+15185550103'],
    ['one twin, of another first name', 'Emma Castellano', '2016-06-02', '+15185550102'],
    ['a wrong birth date', 'Ann Bishop', '1984-03-13', undefined],
    ['a birth date of somebody else', 'Ann Bishop', '2016-06-02', undefined],
    ['a wrong name', 'Anne Bisshop', '1984-03-12', undefined],
    ['nobody', 'Zed Nobody', '1931-05-17', undefined],
    ['two charts that it cannot tell apart', 'Pat Double', '1980-01-02', undefined],
    ['two charts of one person', 'Katherine Brennan', '1982-09-09', undefined],
    ['no contact at all', 'Ingrid Sorensen', '1959-08-17', undefined],
    ['texts turned off, and no address', 'Nora Quiet', '1981-01-02', undefined],
    ['inactive', 'Patricia Lund', '1972-06-15', undefined],
  ])('%s: a code is asked for, with one search and one write of one size', async (_, name, birthDate, to) => {
    const { useCases, store } = rig.world.now();
    await useCases.claim(claimOf('Zed Nobodyelse', '1931-05-18'), inConversation('c2'));
    await rig.world.control.forgetCalls();
    const claimed = await useCases.claim(claimOf(name, birthDate), inConversation('c1'));
    expect(claimed).toEqual({
      ok: true,
      value: { kind: 'code-asked', challenge: expect.stringMatching(/^[a-z0-9]{22}$/) },
    });
    expect((await rig.world.control.calls()).map(({ path }) => path)).toEqual(['/api/patients']);
    const [ofNobody, batch, ...others] = rig.batches.filter((ops) => ops.length > 1);
    // The challenge, the count of the claim, the count of codes, and the audit entry.
    expect(batch?.map((op) => op.replace(/ \d+$/, ''))).toEqual([
      ...['put token', 'put token', 'put token', 'append audit'],
    ]);
    expect(batch).toEqual(ofNobody);
    expect(others).toEqual([]);
    const onFile = JSON.stringify((await store.all('token')).map(({ document }) => document));
    expect((await rig.codes()).map((sent) => sent.to)).toEqual(to === undefined ? [] : [to]);
    for (const { code } of await rig.codes()) expect(onFile).not.toContain(code);
    // And every wrong code gets the same five answers.
    const [sent] = await rig.codes();
    const answers = [];
    for (let at = 0; at < 6; at += 1)
      answers.push(
        await useCases.answerCode(challengeIn(claimed), otherThan(sent?.code ?? ''), inConversation('c1')),
      );
    expect(answers.map((answer) => (answer.ok ? 'right' : answer.error))).toEqual([
      ...[4, 3, 2, 1].map((triesLeft) => ({ kind: 'wrong-code', triesLeft })),
      { kind: 'code-over' },
      { kind: 'code-over' },
    ]);
  });

  it('is sent by text, else by mail; what the carrier says no to goes by mail as well', async () => {
    const { control } = rig.world;
    await control.addPatients(
      ['0171', '0172'].map((number, at) => ({
        ...{ first_name: `Case${at}`, last_name: 'Mailed', date_of_birth: '1980-01-03', gender: 'Other' },
        ...{
          doctor: 511718,
          email: `case${at}@example.com`,
          cell_phone: at === 0 ? '' : `(518) 555-${number}`,
        },
      })),
    );
    await control.optOut('+15185550172');
    for (const [at, name] of ['Case0 Mailed', 'Case1 Mailed'].entries()) {
      const asker = inConversation(name);
      const { useCases } = rig.world.now();
      const challenge = challengeIn(await useCases.claim(claimOf(name, '1980-01-03'), asker));
      const sent = (await rig.codes()).find(({ to }) => to === `case${at}@example.com`);
      expect(await useCases.answerCode(challenge, sent?.code ?? '', asker)).toMatchObject({
        ok: true,
        value: { name },
      });
    }
    expect(await control.texts()).toEqual([]);
  });

  it('that the EHR does not answer is unavailable, for all alike, and is not counted', async () => {
    const { useCases, store } = rig.world.now();
    for (const name of ['Ann Bishop', 'Zed Nobody']) {
      for (let at = 0; at < 4; at += 1) {
        await rig.world.control.fault({ path: '/api/patients', effect: 'status', status: 500, times: 2 });
        expect(await useCases.claim(claimOf(name), inConversation(name))).toEqual({
          ok: false,
          error: { kind: 'ehr-unavailable' },
        });
        await rig.world.control.clearFaults();
        rig.world.clock.advance(120_000);
      }
      expect(await useCases.claim(claimOf(name), inConversation(name))).toMatchObject({ ok: true });
    }
    expect((await store.all('token')).filter(({ document }) => document['what'] === 'claim')).toHaveLength(2);
  });
});

describe('how long a claim waits that comes to nothing', () => {
  it.each(['Ann Bishop', 'Zed Nobody'])('%s: 1, 5, then 30 minutes, from wherever it comes', async (name) => {
    const { world } = await open();
    const claim = async (conversation: string, as = name) => {
      const claimed = await world.now().useCases.claim(claimOf(as), inConversation(conversation));
      return claimed.ok ? 'asked' : JSON.stringify(claimed.error);
    };
    const wait = (minutes: number) => `{"kind":"wait","waitMinutes":${minutes}}`;
    expect(await claim('a')).toBe('asked');
    expect(await claim('b')).toBe(wait(1));
    expect(await claim('b', name.toUpperCase().replace(' ', '  '))).toBe(wait(1));
    world.clock.advance(60_000);
    expect(await claim('b')).toBe('asked');
    world.clock.advance(60_000);
    expect(await claim('a')).toBe(wait(4));
    await world.restart();
    expect(await claim('a')).toBe(wait(4));
    world.clock.advance(240_000);
    expect(await claim('c')).toBe('asked');
    for (const conversation of ['d', 'e', 'f']) {
      world.clock.advance(60_000);
      expect(await claim(conversation)).toMatch(/"waitMinutes":(29|28|27)/);
      world.clock.advance(29 * 60_000);
      expect(await claim(conversation)).toBe('asked');
    }
    world.clock.advance(24 * 3_600_000);
    await world.now().housekeeping.run();
    expect(await claim('g')).toBe('asked');
    expect(await claim('h')).toBe(wait(1));
  });

  it('of fifty at once one gets through', async () => {
    const { world } = await open();
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, at) => world.now().useCases.claim(claimOf(), inConversation(`c${at}`))),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(all.map((claimed) => (claimed.ok ? 'asked' : claimed.error.kind)))).toEqual(
      new Set(['asked', 'wait']),
    );
  });

  it('the right code takes it back', async () => {
    const rig = await open();
    const { useCases } = rig.world.now();
    const challenge = challengeIn(await useCases.claim(claimOf(), inConversation('a')));
    const [sent] = await rig.codes();
    expect(await useCases.answerCode(challenge, sent?.code ?? '', inConversation('a'))).toMatchObject({
      ok: true,
    });
    expect(await useCases.claim(claimOf(), inConversation('b'))).toMatchObject({ ok: true });
  });

  it('three claims a conversation in an hour, and so many in all, as ever', async () => {
    const { world } = await open(undefined, { identityCallsPerHour: 4 });
    const claim = async (name: string, conversation: string) => {
      const claimed = await world.now().useCases.claim(claimOf(name), inConversation(conversation));
      return claimed.ok ? 'asked' : claimed.error.kind;
    };
    for (const name of ['Ann Bishop', 'A Nobody', 'B Nobody']) expect(await claim(name, 'a')).toBe('asked');
    expect(await claim('C Nobody', 'a')).toBe('too-many-tries');
    expect(await claim('C Nobody', 'b')).toBe('asked');
    expect(await claim('D Nobody', 'c')).toBe('too-many-tries');
  });
});

it('a chart gets three codes an hour, however its name is written; the fourth claim looks like the others', async () => {
  const rig = await open(undefined, { identityCallsPerHour: 1_000 });
  const { control, clock, now } = rig.world;
  await control.addPatients([
    {
      ...{ first_name: 'Mary', middle_name: 'Jane', last_name: 'Solano Vidal', nick_name: 'Mimi' },
      ...{ date_of_birth: '1980-01-04', gender: 'Female', doctor: 511718, cell_phone: '(518) 555-0181' },
    },
  ]);
  const spellings = ['Mary Solano Vidal', 'Mary Solano', 'Mimi Solano', 'Mary J Solano', 'Mary Jane Solano'];
  for (const name of spellings) {
    const claimed = await now().useCases.claim(claimOf(name, '1980-01-04'), inConversation(name));
    expect(claimed).toMatchObject({ ok: true, value: { kind: 'code-asked' } });
  }
  const sizes = rig.batches
    .filter(([first]) => first?.startsWith('put token'))
    .map(([challenge]) => challenge);
  expect(sizes).toHaveLength(5);
  expect(new Set(sizes).size).toBe(1);
  expect(await rig.codes()).toHaveLength(3);
  await rig.world.restart();
  clock.advance(3_500_000);
  await now().useCases.claim(claimOf('Mary Solano', '1980-01-04'), inConversation('late'));
  expect(await rig.codes()).toHaveLength(3);
  clock.advance(1_801_000);
  await now().useCases.claim(claimOf('Mary Solano', '1980-01-04'), inConversation('later'));
  expect(await rig.codes()).toHaveLength(4);
});

describe('without a way to send codes', () => {
  it('the sandbox believes a claim that fits, and says so of one that does not', async () => {
    const { world } = await open([]);
    const { useCases } = world.now();
    expect(await useCases.claim(claimOf(), inConversation('a'))).toMatchObject({
      ok: true,
      value: { kind: 'identified', patient: { name: 'Ann Bishop' } },
    });
    expect(await useCases.claim(claimOf('Zed Nobody'), inConversation('a'))).toEqual({
      ok: false,
      error: { kind: 'no-match' },
    });
    expect(useCases.canRegister()).toBe(false);
  });

  it('a real practice’s front desk has to say who it is, and the EHR is not asked', async () => {
    const { world } = await open([], { proof: 'front-desk' });
    const { useCases } = world.now();
    await world.control.forgetCalls();
    const toTheDesk = { ok: false, error: { kind: 'front-desk' } };
    expect(await useCases.claim(claimOf(), inConversation('a'))).toEqual(toTheDesk);
    expect(
      await useCases.proveContact({ channel: 'email', email: 'a@example.com' }, inConversation('a')),
    ).toEqual(toTheDesk);
    expect(useCases.canRegister()).toBe(false);
    expect(await world.control.calls()).toEqual([]);
  });
});
