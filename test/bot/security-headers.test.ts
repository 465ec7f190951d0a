// What a browser is told about every answer of the product: pages, files, JSON and refusals, one table over all of them.
import type http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCalendarLinks } from '../../bot/calendar-link.ts';
import { close, createHttpServer, listen } from '../../bot/server.ts';
import { appointmentId, patientId } from '../../services/domain.ts';
import { createRunningClock, openProduct, type Product } from '../support/product.ts';
import { type Asked, apiKey, askAt, data, dl, embedder, json, pages } from './every-route.ts';
import { message, testClock, testIds, testLog } from './support.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct({
    clock: createRunningClock('2026-03-03T14:00:00Z'),
    env: { API_KEY: apiKey, CHAT_ORIGINS: embedder, TOKEN_SECRET: tokenSecret },
  });
});
afterAll(() => product.close());

const tokenSecret = 'an invented secret, long enough for this';

const ask = (asked: Asked, origin = product.origin()) => askAt(origin, asked);

const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': expect.stringContaining('camera=()'),
  'cross-origin-resource-policy': 'same-origin',
};
const overTls = { 'x-forwarded-proto': 'https' };
const hsts = 'strict-transport-security';

/** No name and no version of what we are made of. */
function saysNothingOfTheInside({
  headers,
  body,
}: {
  headers: http.IncomingHttpHeaders;
  body: string;
}): void {
  for (const name of [
    'server',
    'x-powered-by',
    'via',
    'x-request-id',
    'request-id',
    'response-time',
    'api-version',
  ])
    expect([name, headers[name]]).toEqual([name, undefined]);
  expect(body).not.toMatch(/restify|botbuilder|node_modules|\bat \w+ \(|\.ts:\d/i);
}

describe('data is not kept, not framed, and does nothing as a page', () => {
  it.each(data)('%s: %i', async (_, status, asked) => {
    const answer = await ask(asked);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      ...everywhere,
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-frame-options': 'DENY',
    });
    expect(answer.headers[hsts]).toBeUndefined();
    if (status !== 204) expect(z.object({}).loose().safeParse(JSON.parse(answer.body)).success).toBe(true);
    saysNothingOfTheInside(answer);
  });

  it('a calendar link that is over: the same, in plain words', async () => {
    const then = createCalendarLinks(tokenSecret, { now: () => Date.parse('2026-03-03T13:00:00Z') });
    const visit = { patientId: patientId('1'), appointment: appointmentId('2') };
    const answer = await ask({ path: then.pathOf({ ...visit, language: 'en' }) });
    expect(answer.status).toBe(410);
    expect(answer.headers).toMatchObject({
      ...everywhere,
      'cache-control': 'no-store',
      'content-type': 'text/plain; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex',
    });
    saysNothingOfTheInside(answer);
  });

  it('behind TLS browsers are told to stay there', async () => {
    for (const [, , asked] of data) {
      const answer = await ask({ ...asked, headers: { ...asked.headers, ...overTls } });
      expect([asked.path, answer.headers[hsts]]).toEqual([asked.path, 'max-age=31536000']);
    }
  });

  it('429: the same, with Retry-After', async () => {
    const strict = await openProduct({
      clock: createRunningClock('2026-03-03T14:00:00Z'),
      env: { RATE_USER_PER_MINUTE: '1' },
    });
    const body = JSON.stringify(message({ type: 'typing', id: undefined }));
    const typing = { method: 'POST', path: '/api/messages', headers: json, body };
    await ask(typing, strict.origin());
    const answer = await ask(typing, strict.origin());
    await strict.close();
    expect(answer.status).toBe(429);
    expect(answer.headers).toMatchObject({ ...everywhere, 'x-frame-options': 'DENY' });
    expect(answer.headers['retry-after']).toMatch(/^\d{1,2}$/);
    saysNothingOfTheInside(answer);
  });

  it('500: the same, with a reference and nothing of what happened', async () => {
    const server = createHttpServer({
      ids: testIds(),
      log: testLog(testClock()).log,
      mounts: [
        (routes) =>
          routes.get('/broken', async () => {
            throw new Error('could not book for Marked Name');
          }),
      ],
    });
    const port = await listen(server, 0, '127.0.0.1');
    const answer = await ask({ path: '/broken' }, `http://127.0.0.1:${port}`);
    await close(server, 100);
    expect(answer.status).toBe(500);
    expect(answer.headers).toMatchObject({ ...everywhere, 'x-frame-options': 'DENY' });
    expect(answer.body).toMatch(/Reference: \w+\./);
    expect(answer.body).not.toContain('Marked');
    saysNothingOfTheInside(answer);
  });
});

describe('pages run our own scripts only, in the frames that the practice names', () => {
  it.each(pages)('%s', async (_, asked) => {
    for (const headers of [{}, { 'if-none-match': String((await ask(asked)).headers['etag']) }]) {
      const answer = await ask({ ...asked, headers });
      expect(answer.headers).toMatchObject({ ...everywhere, 'cross-origin-opener-policy': 'same-origin' });
      const policy = answer.headers['content-security-policy'] ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self'; ");
      expect(policy).toContain(`frame-ancestors 'self' ${embedder}`);
      expect(answer.headers['x-frame-options']).toBeUndefined();
      expect(answer.headers[hsts]).toBeUndefined();
      if (asked.path !== '/webchat.js') saysNothingOfTheInside(answer);
    }
    expect((await ask({ ...asked, headers: overTls })).headers[hsts]).toBe('max-age=31536000');
  });
});

it('only the pages that may embed the chat may read its answers', async () => {
  const asked = (origin: string) =>
    ask({ method: 'POST', path: `${dl}/tokens/generate`, headers: { origin } });
  expect((await asked(embedder)).headers).toMatchObject({
    'access-control-allow-origin': embedder,
    vary: 'Origin',
  });
  for (const origin of ['https://other.example', 'null', `${embedder}.example`, 'http://clinic.example'])
    expect((await asked(origin)).headers['access-control-allow-origin']).toBeUndefined();
});
