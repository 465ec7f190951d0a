// The contract of the Notifier port: every channel's test calls it with the other side behind the notifier and a way to disturb it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageKind } from '../../services/domain.ts';
import type { Notifier } from '../../services/ports.ts';
import { practice, sampleContact, sampleNotice } from '../support/sample-notice.ts';

export interface NotifierUnderTest {
  readonly notifier: Notifier;
  /** What has arrived, as text, oldest first. */
  received(): Promise<readonly string[]>;
  /** The other side refuses this person for good; nobody is there; it takes the message and cuts the line; all is well again. */
  disturb(how: 'refuses' | 'gone' | 'cut-after' | 'well'): Promise<void>;
  close(): Promise<void>;
}

const kinds: readonly MessageKind[] = ['booked', 'changed', 'cancelled'];

export function notifierContract({
  name,
  make,
  unreachable,
}: {
  name: string;
  make: () => Promise<NotifierUnderTest>;
  /** Contacts that this channel can do nothing with. */
  unreachable: readonly Partial<typeof sampleContact>[];
}): void {
  describe(`${name}: the notifier contract`, () => {
    let under: NotifierUnderTest;
    beforeEach(async () => {
      under = await make();
    });
    afterEach(() => under.close());
    const send = (notice = sampleNotice, contact = sampleContact) => under.notifier.send(notice, contact);

    it.each(
      kinds.flatMap((about) => [[about, 'eng'] as const, [about, 'spa'] as const, [about, ''] as const]),
    )(
      '%s in "%s" arrives once, with the practice, its phone, the time and its zone',
      async (about, preferredLanguage) => {
        expect(await send({ ...sampleNotice, about }, { ...sampleContact, preferredLanguage })).toEqual({
          ok: true,
          value: undefined,
        });
        const [text = '', ...others] = await under.received();
        expect(others).toEqual([]);
        expect(text).toContain(practice.name);
        expect(text).toContain(practice.phone);
        expect(text).toMatch(preferredLanguage === 'spa' ? /9:00 a\.m\./ : /9:00 AM/);
        expect(text).toMatch(preferredLanguage === 'spa' ? /hora oriental/i : /Eastern Time/);
        expect(text).toContain('Main Street');
      },
    );

    it.each([
      ['eng', /your code is 407193.*10 minutes.*never ask.*by phone.*did not ask for it.*ignore/is],
      ['spa', /su c[oó]digo es 407193.*10 minutos.*nunca.*por tel[eé]fono.*si.*no lo pidi[oó]/is],
    ])(
      'a code in "%s" arrives once, says how long it counts and that nobody asks for it, and knows no name',
      async (preferredLanguage, said) => {
        const contact = { ...sampleContact, preferredLanguage };
        expect(await under.notifier.sendCode('407193', contact)).toEqual({ ok: true, value: undefined });
        const [text = '', ...others] = await under.received();
        expect(others).toEqual([]);
        expect(text).toMatch(said);
        expect(text).toContain(practice.name);
        expect(text).toContain(practice.phone);
        expect(text).not.toMatch(/ada|https?:|href/i);
      },
    );

    it.each(unreachable.map((contact) => [contact]))('sends no code to %j', async (contact) => {
      expect(await under.notifier.sendCode('407193', { ...sampleContact, ...contact })).toMatchObject({
        error: { kind: expect.stringMatching(/no-address|opted-out/) },
      });
      expect(await under.received()).toEqual([]);
    });

    it.each([
      ['refuses', 'refused'],
      ['gone', 'unavailable'],
      ['cut-after', 'unknown'],
    ] as const)('a code that meets "%s" is %s, and is not in the error', async (how, kind) => {
      await under.disturb(how);
      const sent = await under.notifier.sendCode('407193', sampleContact);
      expect(sent).toMatchObject({ ok: false, error: { kind } });
      expect(JSON.stringify(sent)).not.toContain('407193');
    });

    it.each([
      ['2026-03-08T06:30:00.000Z', '1:30 AM'],
      ['2026-03-08T07:30:00.000Z', '3:30 AM'],
      ['2026-11-01T05:30:00.000Z', '1:30 AM'],
      ['2026-11-01T14:00:00.000Z', '9:00 AM'],
    ])(
      'pitfall 8: %s is told as the office’s clock shows it, %s, whatever the server’s zone',
      async (startsAt, clock) => {
        await send({ ...sampleNotice, startsAt });
        expect((await under.received())[0]).toContain(clock);
      },
    );

    it.each(unreachable.map((contact) => [contact]))('sends nothing to %j', async (contact) => {
      const sent = await send(sampleNotice, { ...sampleContact, ...contact });
      expect(sent).toMatchObject({
        ok: false,
        error: { kind: expect.stringMatching(/no-address|opted-out/) },
      });
      expect(await under.received()).toEqual([]);
    });

    it.each(kinds)('pitfall 16: %s carries no link that could be dead, or act, later', async (about) => {
      await send({ ...sampleNotice, about });
      expect((await under.received()).join('')).not.toMatch(/https?:|www\.|href/i);
    });

    it('says that it was refused for good, with the other side’s number', async () => {
      await under.disturb('refuses');
      expect(await send()).toMatchObject({
        ok: false,
        error: { kind: 'refused', code: expect.stringMatching(/^\d{3,5}$/) },
      });
    });

    it('says that nobody was there, and sends once somebody is', async () => {
      await under.disturb('gone');
      expect(await send()).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
      await under.disturb('well');
      expect(await send()).toMatchObject({ ok: true });
      expect(await under.received()).toHaveLength(1);
    });

    it('says that it does not know where the line was cut after the message', async () => {
      await under.disturb('cut-after');
      expect(await send()).toMatchObject({ ok: false, error: { kind: 'unknown' } });
    });

    it('errors name no person and no contact', async () => {
      for (const how of ['refuses', 'gone', 'cut-after'] as const) {
        await under.disturb(how);
        expect(JSON.stringify(await send())).not.toMatch(/ada|example|555|0190/i);
      }
    });
  });
}
