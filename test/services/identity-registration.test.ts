// New patients: a code to the contact they give, then one chart or none: duplicates, near ones, lost replies and a dying process.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Patient } from '../../services/domain.ts';
import { patientId } from '../../services/domain.ts';
import type { Asker, NewContact, NewPatient } from '../../services/identity-cases.ts';
import { isNear } from '../../services/near-match.ts';
import { normalContact } from '../../services/new-contact.ts';
import { createSmsNotifier } from '../../services/notify/sms.ts';
import { sandboxAccount } from '../../services/sandbox/twilio.ts';
import { type IdentityRig, inConversation, openIdentity, otherThan } from '../support/identity-rig.ts';
import { practice, sampleContact } from '../support/sample-notice.ts';
import { trailOf } from '../support/trail.ts';

const zoe: NewPatient = { firstName: 'Zoe', lastName: 'Winter', birthDate: '1990-05-06', gender: 'Female' };
const byText: NewContact = { channel: 'sms', phone: '(518) 555-0188' };
const a = inConversation('a');

let rig: IdentityRig;
beforeEach(async () => {
  rig = await openIdentity(['email', 'sms'], { identityCallsPerHour: 1_000 });
});
afterEach(() => rig.close());

const cases = () => rig.world.now().useCases;
const lastCode = async () => (await rig.codes()).at(-1)?.code ?? '';
async function asked(contact: NewContact, asker: Asker): Promise<string> {
  const sent = await cases().proveContact(contact, asker);
  if (!sent.ok) throw new Error(JSON.stringify(sent.error));
  return sent.value.challenge;
}
async function proven(asker: Asker = a, contact = byText): Promise<string> {
  const challenge = await asked(contact, asker);
  expect(await cases().answerContactCode(challenge, await lastCode(), asker)).toEqual({
    ok: true,
    value: undefined,
  });
  await rig.world.control.forgetCalls();
  return challenge;
}
const register = async (challenge: string, patient = zoe, asker = a): Promise<string> => {
  const registered = await cases().register(patient, challenge, asker);
  return registered.ok ? `registered ${registered.value.name}` : registered.error.kind;
};
const posts = async () => (await rig.world.control.calls()).filter(({ method }) => method === 'POST').length;
const charts = async (birthDate = zoe.birthDate) => {
  const found = await rig.world.now().ehr.patientsBornOn(birthDate, 'booking');
  return found.ok ? found.value : [];
};

describe('a contact', () => {
  it.each<[NewContact, string]>([
    [byText, '+15185550188'],
    [{ channel: 'sms', phone: '+34 911 55 01 90' }, '+34911550190'],
    [{ channel: 'email', email: ' Zoe.Winter@example.com ' }, 'Zoe.Winter@example.com'],
  ])('%j gets the code, and the chart', async (contact, to) => {
    const challenge = await proven(a, contact);
    expect((await rig.codes()).map((sent) => sent.to)).toEqual([to]);
    expect(await register(challenge)).toBe('registered Zoe Winter');
    const [chart] = await charts();
    expect([chart?.contact.cellPhone, chart?.contact.email]).toContain(to);
  });

  it.each<NewContact>([
    { channel: 'sms', phone: '555-0188' },
    { channel: 'sms', phone: '(518) 555-0188 ext 4' },
    { channel: 'sms', phone: '1234567890123456' },
    { channel: 'email', email: 'zoe' },
    { channel: 'email', email: 'zoe@example.com, other@example.com' },
    { channel: 'email', email: 'Zoe <zoe@example.com>' },
  ])('%j is none', async (contact) => {
    expect(await cases().proveContact(contact, a)).toEqual({ ok: false, error: { kind: 'not-a-contact' } });
  });

  it('is one of a channel that NOTIFY names', async () => {
    expect([cases().canRegister(), cases().contactChannels()]).toEqual([true, ['email', 'sms']]);
    const mailOnly = await openIdentity(['email']);
    const { useCases } = mailOnly.world.now();
    expect(useCases.contactChannels()).toEqual(['email']);
    expect(await useCases.proveContact(byText, a)).toMatchObject({ error: { kind: 'not-a-contact' } });
    await mailOnly.close();
  });

  it('is written to in the language that is asked for', async () => {
    await asked({ ...byText, preferredLanguage: 'spa' }, a);
    await lastCode();
    expect((await rig.world.control.texts())[0]?.body).toContain('su codigo es');
  });

  it('gets three codes an hour, from wherever; a conversation asks three times', async () => {
    for (const [at, phone] of ['(518) 555-0188', '518 555 0188', '+1 518 555 0188'].entries())
      await asked({ channel: 'sms', phone }, inConversation(`c${at}`));
    expect(await cases().proveContact(byText, a)).toEqual({
      ok: false,
      error: { kind: 'wait', waitMinutes: 60 },
    });
    expect(await rig.codes()).toHaveLength(3);
    rig.world.clock.advance(3_600_000);
    for (const _ of [1, 2, 3]) await asked(byText, inConversation('b'));
    expect(
      await cases().proveContact({ channel: 'email', email: 'z@example.com' }, inConversation('b')),
    ).toEqual({
      ok: false,
      error: { kind: 'too-many-tries' },
    });
  });

  it('that was not proven registers nobody: not asked, not answered, of another conversation, a claim’s, late', async () => {
    const open = await asked(byText, a);
    const code = await lastCode();
    expect(await cases().answerContactCode(open, otherThan(code), a)).toMatchObject({
      error: { triesLeft: 4 },
    });
    expect(await register(open)).toBe('code-over');
    expect(await register('aaaaaaaaaaaaaaaaaaaaaa')).toBe('code-over');
    await cases().answerContactCode(open, code, a);
    expect(await register(open, zoe, inConversation('b'))).toBe('code-over');
    expect(await register(open, zoe, inConversation('a', 'sms|+15185550188'))).toBe('code-over');
    rig.world.clock.advance(600_000);
    expect(await register(open)).toBe('code-over');
    const claimed = await cases().claim({ ...zoe, firstName: 'Ann', lastName: 'Bishop' }, a);
    const challenge = claimed.ok && claimed.value.kind === 'code-asked' ? claimed.value.challenge : '';
    expect(await register(challenge)).toBe('code-over');
    expect(await posts()).toBe(0);
  });

  it.each([
    ['(518) 555-0190'],
    ['5185550190'],
    ['1-518-555-0190'],
    ['+1 518 555 0190'],
    ['+34 911 55 01 90'],
    ['555-0190'],
    ['+0 518'],
    ['118 555 0190'],
    ['(518) 555-0190 or 555-0191'],
  ])('a text goes to %s just as it is read here', async (phone) => {
    const contact = normalContact({ channel: 'sms', phone });
    const notifier = createSmsNotifier({
      ...{ ...sandboxAccount, from: '+15185550112', practice },
      baseUrl: `${rig.world.control.origin}/sandbox/twilio`,
    });
    await notifier.sendCode('123456', { ...sampleContact, cellPhone: phone });
    const [text] = await rig.world.control.texts();
    expect(text?.to).toBe(contact !== undefined && 'cellPhone' in contact ? contact.cellPhone : undefined);
  });
});

describe('a registration', () => {
  it('is one search and one create, with the practice’s first doctor; asked again it answers the same', async () => {
    const challenge = await proven();
    expect(await register(challenge)).toBe('registered Zoe Winter');
    expect((await rig.world.control.calls()).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/patients',
      'POST /api/patients',
    ]);
    expect(await register(challenge)).toBe('registered Zoe Winter');
    await rig.world.restart();
    expect(await register(challenge)).toBe('registered Zoe Winter');
    expect(await posts()).toBe(1);
    expect(await charts()).toHaveLength(1);
    // One proof, one person.
    expect(await register(challenge, { ...zoe, firstName: 'Yara', lastName: 'Sommer' })).toBe('code-over');
  });

  it('of fifty at once is one chart', async () => {
    const challenge = await proven();
    const all = await Promise.all(Array.from({ length: 50 }, () => register(challenge)));
    expect(new Set(all)).toEqual(new Set(['registered Zoe Winter']));
    expect(await charts()).toHaveLength(1);
  });

  it('of one person from two conversations at once is one chart', async () => {
    const b = inConversation('b');
    const [one, two] = [await proven(a), await proven(b, { channel: 'email', email: 'zoe@example.com' })];
    expect((await Promise.all([register(one), register(two, zoe, b)])).sort()).toEqual([
      'front-desk',
      'registered Zoe Winter',
    ]);
    expect(await charts()).toHaveLength(1);
  });

  it('links the account that asked', async () => {
    const asker = inConversation('t', 'sms|+15185550188');
    const challenge = await proven(asker);
    expect(await register(challenge, { ...zoe, preferredLanguage: 'spa' }, asker)).toBe(
      'registered Zoe Winter',
    );
    expect(await cases().peopleOf(asker)).toMatchObject([{ firstName: 'Zoe' }]);
    expect((await charts())[0]?.patient.preferredLanguage).toBe('spa');
  });

  it('whose patient it becomes can be told; an unknown doctor is refused, and the same proof may try again', async () => {
    const challenge = await proven();
    const [doctor] = await rig.world
      .now()
      .ehr.doctors('browsing')
      .then((all) => (all.ok ? all.value : []));
    expect(await register(challenge, { ...zoe, firstName: ' ' })).toBe('ehr-refused');
    const other = await proven(inConversation('b'));
    if (doctor === undefined) throw new Error('no doctor');
    expect(await register(other, { ...zoe, doctorId: doctor.id }, inConversation('b'))).toBe(
      'registered Zoe Winter',
    );
  });

  it.each<[what: string, existing: object]>([
    ['exactly so', {}],
    ['with accents', { first_name: 'Zoë' }],
    ['with a typo', { last_name: 'Wintre' }],
    ['of two surnames', { last_name: 'Winter Berg' }],
    ['a twin', { first_name: 'Noah' }],
    ['under another last name', { last_name: 'Sommer' }],
    ['the names changed over', { first_name: 'Winter', last_name: 'Zoe' }],
    ['by a nickname', { first_name: 'Zenobia', nick_name: 'Zoe', last_name: 'Sommer' }],
    ['though inactive', { patient_status: 'I' }],
  ])('of somebody on file, %s, is the front desk’s, and creates nothing', async (_, existing) => {
    await rig.world.control.addPatients([
      {
        ...{ first_name: 'Zoe', last_name: 'Winter', date_of_birth: zoe.birthDate, gender: 'Female' },
        ...{ doctor: 511718, ...existing },
      },
    ]);
    const challenge = await proven();
    expect(await register(challenge)).toBe('front-desk');
    // The proof is used up: it is not for asking about one name after another.
    expect(await register(challenge, { ...zoe, firstName: 'Yara', lastName: 'Sommer' })).toBe('code-over');
    expect(await posts()).toBe(0);
  });

  it.each(['refused-409', 'refused-400'] as const)(
    'that the EHR takes for a duplicate (%s) is the front desk’s',
    async (policy) => {
      const challenge = await proven();
      await rig.world.control.duplicates(policy);
      // The search does not show it yet: lists lag.
      rig.world.clock.advance(10_000);
      await rig.world.control.addPatients([
        {
          first_name: 'Zoe',
          last_name: 'Winter',
          date_of_birth: zoe.birthDate,
          gender: 'Female',
          doctor: 511718,
        },
      ]);
      await rig.world.control.fault({
        method: 'GET',
        path: '/api/patients',
        effect: 'stale-lists',
        ms: 5_000,
        times: 1,
      });
      expect(await register(challenge)).toBe('front-desk');
      expect(await posts()).toBe(1);
      expect(await charts()).toHaveLength(1);
    },
  );

  it('that the EHR did not get is tried again with the same proof', async () => {
    const challenge = await proven();
    await rig.world.control.fault({ path: '/api/patients', effect: 'status', status: 500, times: 2 });
    expect(await register(challenge)).toBe('ehr-unavailable');
    await rig.world.control.fault({ method: 'POST', path: '/api/patients', effect: 'status', status: 403 });
    expect(await register(challenge)).toBe('ehr-refused');
    await rig.world.control.clearFaults();
    expect(await register(challenge)).toBe('registered Zoe Winter');
    expect(await charts()).toHaveLength(1);
  });
});

describe('a create whose reply is lost', () => {
  const losing = (effect: 'commit-then-drop' | 'drop' | 'garbage') =>
    rig.world.control.fault({ method: 'POST', path: '/api/patients', effect, times: 1 });

  it.each(['commit-then-drop', 'garbage'] as const)(
    'and was done (%s) is found by name and contact',
    async (effect) => {
      const challenge = await proven();
      await losing(effect);
      expect(await register(challenge)).toBe('registered Zoe Winter');
      expect(await register(challenge)).toBe('registered Zoe Winter');
      expect([await posts(), (await charts()).length]).toEqual([1, 1]);
    },
  );

  it('and was not done is not known, and never sent again: with the same proof, after a restart, or with a new one', async () => {
    const challenge = await proven();
    await losing('drop');
    expect(await register(challenge)).toBe('unsure');
    expect(await register(challenge)).toBe('unsure');
    await rig.world.restart();
    expect(await register(challenge)).toBe('unsure');
    expect(await posts()).toBe(1);
    const again = await proven(inConversation('b'), { channel: 'email', email: 'zoe@example.com' });
    expect(await register(again, zoe, inConversation('b'))).toBe('front-desk');
    expect(await posts()).toBe(0);
    expect(await charts()).toEqual([]);
    rig.world.clock.advance(24 * 3_600_000);
    const later = await proven(inConversation('c'), { channel: 'email', email: 'zoe@example.com' });
    expect(await register(later, zoe, inConversation('c'))).toBe('registered Zoe Winter');
  });

  it('and that the list does not show yet is not known, until it does', async () => {
    const challenge = await proven();
    await losing('commit-then-drop');
    await rig.world.control.fault({
      method: 'GET',
      path: '/api/patients',
      effect: 'stale-lists',
      ms: 60_000,
      times: 2,
    });
    expect(await register(challenge)).toBe('unsure');
    expect(await register(challenge)).toBe('registered Zoe Winter');
    expect([await posts(), (await charts()).length]).toEqual([1, 1]);
  });

  it('is not somebody of the same name who was filed meanwhile with another contact', async () => {
    const challenge = await proven();
    await losing('drop');
    await rig.world.control.fault({
      method: 'GET',
      path: '/api/patients',
      effect: 'stale-lists',
      ms: 60_000,
      times: 1,
    });
    await rig.world.control.addPatients([
      {
        ...{ first_name: 'Zoe', last_name: 'Winter', date_of_birth: zoe.birthDate, gender: 'Female' },
        ...{ doctor: 511718, cell_phone: '(518) 555-0144' },
      },
    ]);
    expect(await register(challenge)).toBe('unsure');
  });

  it('with the process is found after the restart', async () => {
    const challenge = await proven();
    await rig.world.control.fault({
      ...{ method: 'POST', path: '/api/patients', effect: 'commit-then-delay', ms: 300, times: 1 },
    });
    const dying = register(challenge).catch(() => 'dead');
    await vi.waitFor(async () => expect(await posts()).toBe(1));
    await rig.world.now().store.close();
    expect(await dying).toBe('dead');
    await rig.world.restart();
    expect(await register(challenge)).toBe('registered Zoe Winter');
    expect([await posts(), (await charts()).length]).toEqual([1, 1]);
  });

  it('leaves a trail without names', async () => {
    const challenge = await proven();
    await losing('drop');
    await register(challenge);
    const other = await proven(inConversation('b'));
    await register(
      other,
      { ...zoe, firstName: 'Yara', lastName: 'Sommer', birthDate: '1990-05-07' },
      inConversation('b'),
    );
    const trail = (await trailOf(rig.world.now().store)).map(({ document }) => document);
    expect(trail.map(({ what, outcome }) => [what, outcome].join(' '))).toEqual(
      expect.arrayContaining(['code-asked contact', 'code-right ', 'not-registered unsure', 'registered ']),
    );
    expect(JSON.stringify(trail)).not.toMatch(/Zoe|Winter|Yara|0188/);
  });
});

describe('near', () => {
  const on = (firstName: string, lastName: string, more: Partial<Patient> = {}): Patient => ({
    ...{ id: patientId('1'), firstName, lastName, middleName: '', nickName: '', birthDate: '1990-05-06' },
    ...{ preferredLanguage: '', active: true },
    ...more,
  });
  it.each<[claim: string, last: string, chart: Patient, near: boolean]>([
    ['José Luis', 'García Muñoz', on('Jose', 'Garcia'), true],
    ['Ana', 'Smith-Jones', on('Eva', 'Jones'), true],
    ['Ana', 'Li', on('Eva', 'Lu'), false],
    ['Ana', 'Lee', on('Eva', 'Lea'), true],
    ['Ana', 'Leigh', on('Eva', 'Lee'), false],
    ['Ana', 'Wlison', on('Eva', 'Wilson'), true],
    ['Ana', 'de la Cruz', on('Eva', 'de la Rosa'), false],
    ['Ana', 'Winter', on('Eva', 'Winter', { birthDate: '1990-05-07' }), false],
    ['Ana María', 'Ruiz', on('Eva', 'Solano', { middleName: '' }), false],
    ['Mary Jane', 'Ruiz', on('Mary', 'Solano', { middleName: 'Jane' }), true],
  ])('%s %s', (firstName, lastName, chart, near) => {
    expect(isNear({ firstName, lastName, birthDate: '1990-05-06' }, chart)).toBe(near);
  });
});
