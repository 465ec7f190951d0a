// Who is writing, as the channel proves it: never of anything that was not authenticated, never of a web chat, and a link that a code has made lasts.
import type { Activity } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountOf } from '../../bot/account.ts';
import { parseActivity } from '../../bot/activity.ts';
import { openMessages } from './authenticated.ts';
import { message } from './support.ts';

const tenant = '11111111-2222-3333-4444-555555555555';
const person = 'AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee';
const teams = {
  ...{ channelId: 'msteams', from: { id: '29:1', aadObjectId: person } },
  channelData: { tenant: { id: tenant } },
};
const sms = { channelId: 'sms', from: { id: '+15185550101' } };

describe('accountOf', () => {
  const of = (fields: object): string | undefined => {
    const parsed = parseActivity(message(fields));
    const activity: Activity | undefined = parsed.ok ? parsed.value : undefined;
    return activity === undefined ? 'no activity' : accountOf(activity);
  };

  it('is a phone number by SMS, and a person of a tenant in Teams, however the ids are written', () => {
    expect(of(sms)).toBe('sms|+15185550101');
    const account = `msteams|${tenant}/${person.toLowerCase()}`;
    expect(of(teams)).toBe(account);
    const loud = {
      from: { id: '29:1', aadObjectId: person.toLowerCase() },
      channelData: { tenant: { id: tenant.toUpperCase() } },
    };
    expect(of({ ...teams, ...loud })).toBe(account);
  });

  it.each<[what: string, fields: object]>([
    ['a number without its plus', { ...sms, from: { id: '15185550101' } }],
    ['a number that begins with nothing', { ...sms, from: { id: '+05185550101' } }],
    ['a number that is too short', { ...sms, from: { id: '+151855' } }],
    ['a number that is too long', { ...sms, from: { id: '+1518555010112345' } }],
    ['a number with more behind it', { ...sms, from: { id: '+15185550101 ' } }],
    ['a number with a line break behind it', { ...sms, from: { id: '+15185550101\n' } }],
    ['a number in other digits', { ...sms, from: { id: '+１5185550101' } }],
    ['a short code', { ...sms, from: { id: '50101' } }],
    ['a name', { ...sms, from: { id: 'sms|+15185550101' } }],
    ['no tenant', { ...teams, channelData: undefined }],
    [
      'a tenant that is not in the channel’s data',
      { ...teams, channelData: {}, conversation: { id: 'c', tenantId: tenant } },
    ],
    [
      'a tenant of the sender’s own',
      { ...teams, channelData: {}, from: { ...teams.from, tenantId: tenant } },
    ],
    ['a tenant that is none', { ...teams, channelData: { tenant: { id: `${tenant}/x` } } }],
    ['a list of tenants', { ...teams, channelData: { tenant: { id: [tenant] } } }],
    ['no person', { ...teams, from: { id: '29:1' } }],
    ['a person that is none', { ...teams, from: { id: '29:1', aadObjectId: `${person}|` } }],
    ['a person that is an object', { ...teams, from: { id: '29:1', aadObjectId: { toLowerCase: person } } }],
    ['a person under another name', { ...teams, from: { id: person } }],
    ['our own web chat', { ...teams, ...sms, channelId: 'webchat' }],
    ['Direct Line', { ...teams, channelId: 'directline', from: { ...teams.from, id: '+15185550101' } }],
    ['the Emulator', { ...teams, channelId: 'emulator' }],
    ['another spelling of a channel', { ...sms, channelId: 'SMS' }],
    ['a channel that is like Teams', { ...teams, channelId: 'msteams ' }],
    ['no account but the prototype’s', { channelId: '__proto__', from: { id: '+15185550101' } }],
  ])('nobody: %s', (_, fields) => {
    expect(of(fields)).toBeUndefined();
  });
});

describe.each(['anonymous', 'with credentials'] as const)('%s', (how) => {
  let open: Awaited<ReturnType<typeof openMessages>>;
  beforeEach(async () => {
    open = await openMessages(how);
  });
  afterEach(() => open.close());
  const links = async () => (await open.rig.world.now().store.all('contact')).length;
  const identify = async (conversation: string, claim: string, fields: object): Promise<string> => {
    expect(await open.say(conversation, claim, fields)).toContain('What is the code?');
    const code = (await open.rig.codes()).at(-1)?.code ?? '';
    return open.say(conversation, code, fields);
  };
  const isProven = how === 'with credentials';

  it.each([
    ['SMS', sms, true],
    ['Teams', teams, true],
    ['our own web chat', { ...sms, channelId: 'webchat', channelData: teams.channelData }, false],
  ])(
    `${how === 'anonymous' ? 'no account is made of' : 'a code makes a link, where there is an account:'} %s`,
    async (_, fields, isAccount) => {
      await open.say('first', 'my appointments', fields);
      expect(await identify('first', 'Ann Bishop, 03/12/1984', fields)).toContain('Thank you, Ann.');
      expect(await links()).toBe(isProven && isAccount ? 1 : 0);
      const asked = await open.say('second', 'my appointments', fields);
      if (!(isProven && isAccount)) return expect(asked).toContain('first and last name');
      expect(asked).toContain('Someone else');
      expect(asked).toContain('Ann');
      expect(asked).not.toMatch(/Bishop|1984|125651758/);
      const texts = (await open.rig.codes()).length;
      expect(await open.say('second', 'Ann', fields)).toContain('Thank you, Ann.');
      expect((await open.rig.codes()).length).toBe(texts);
      // Who it is of another account is still unknown.
      const other = { ...fields, from: { ...fields.from, id: '+15185550199', aadObjectId: tenant } };
      expect(await open.say('third', 'my appointments', other)).toContain('first and last name');
    },
  );

  it('several people have one phone, and a person of a tenant one chart', async () => {
    for (const [fields, most] of [
      [sms, 2],
      [teams, 3],
    ] as const) {
      const at = fields.channelId;
      await open.say(at, 'my appointments', fields);
      await identify(at, 'Ann Bishop, 03/12/1984', fields);
      await open.say(at, 'sign out', fields);
      open.rig.world.clock.advance(61_000);
      const asked = await open.say(at, 'my appointments', fields);
      if (isProven) await open.say(at, 'someone else', fields);
      else expect(asked).not.toContain('Someone else');
      expect(await identify(at, 'Grace Kim, 12/01/1985', fields)).toContain('Thank you, Grace.');
      expect(await links()).toBe(isProven ? most : 0);
      open.rig.world.clock.advance(61_000);
    }
    const asked = await open.say('again', 'my appointments', teams);
    expect(asked.includes('Grace')).toBe(false);
    expect(asked.includes('Someone else')).toBe(isProven);
  });
});
