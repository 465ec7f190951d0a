// Links to a calendar file: whose they are is read by us alone, for a quarter of an hour, and no other token is one.
import { describe, expect, it } from 'vitest';
import { createCalendarLinks } from '../../bot/calendar-link.ts';
import { createTokens } from '../../bot/directline-token.ts';
import { appointmentId, patientId } from '../../services/domain.ts';
import { testClock } from './support.ts';

const secret = 'a secret of the tests, 32 characters or more';
const visit = { patientId: patientId('70071234'), appointment: appointmentId('90012345678') };

function made(language: 'en' | 'es' = 'en', own = secret) {
  const clock = testClock();
  const links = createCalendarLinks(own, clock);
  const path = links.pathOf({ ...visit, language });
  return { clock, links, path, token: path.slice('/calendar/'.length, -'.ics'.length) };
}

it('says to us whose visit, which, and in which language', () => {
  for (const language of ['en', 'es'] as const) {
    const { links, token } = made(language);
    expect(links.read(token)).toEqual({ ok: true, value: { ...visit, language } });
  }
});

it('tells nobody else: nothing of the visit can be read in it', () => {
  const { token } = made();
  const bytes = Buffer.from(token.replaceAll('.', '_'), 'base64url').toString('latin1');
  for (const text of [token, bytes]) expect(text).not.toMatch(/70071|90012/);
  expect(token.length).toBeLessThan(80);
});

it('holds nothing that a client could take for markup', () => {
  for (let at = 0; at < 200; at += 1) {
    const { links } = made();
    expect(links.pathOf({ ...visit, appointment: appointmentId(`${at}`), language: 'en' })).toMatch(
      /^\/calendar\/[A-Za-z0-9.-]+\.ics$/,
    );
  }
});

it('is over after 15 minutes, to the second', () => {
  const { clock, links, token } = made();
  clock.advance(15 * 60_000 - 1);
  expect(links.read(token).ok).toBe(true);
  clock.advance(1);
  expect(links.read(token)).toEqual({ ok: false, error: 'expired' });
});

describe('refused', () => {
  const { links, token } = made();
  const last = token.at(-1) === 'A' ? 'B' : 'A';
  const claims = { conversationId: 'c1', userId: 'u1', bornAt: 0 };
  it.each([
    ['nothing', ''],
    ['garbage', 'garbage'],
    ['a cut one', token.slice(0, -4)],
    ['a longer one', `${token}AAAA`],
    ['a changed beginning', `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`],
    ['a changed middle', `${token.slice(0, 30)}${token[30] === 'x' ? 'y' : 'x'}${token.slice(31)}`],
    ['a changed end', `${token.slice(0, -2)}${last}${last}`],
    [
      'another spelling',
      `${token.slice(0, -1)}${String.fromCharCode(token.charCodeAt(token.length - 1) + 1)}`,
    ],
    ['another secret’s', made('en', `${secret} another`).token],
    ['a web chat’s', createTokens(secret, testClock()).issue('chat', claims)],
    ['a stream’s', createTokens(secret, testClock()).issue('stream', claims)],
    ['a very long one', 'A'.repeat(5_000)],
  ])('%s', (_, forged) => {
    expect(links.read(forged)).toEqual({ ok: false, error: 'invalid' });
  });
});

it('opens nothing else', () => {
  const { token } = made();
  const tokens = createTokens(secret, testClock());
  expect(tokens.read('chat', token)).toEqual({ ok: false, error: 'invalid' });
  expect(tokens.read('stream', token)).toEqual({ ok: false, error: 'invalid' });
  expect(tokens.readForRefresh(token)).toEqual({ ok: false, error: 'invalid' });
});
