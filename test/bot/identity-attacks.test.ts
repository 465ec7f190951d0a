// Whoever tries to be somebody else, over HTTP and the whole product: guesses, codes of others, forged taps, ids and links, and a clock to read answers by.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { begin, call, poll, until } from '../directline/client.ts';
import { type CodedProduct, openCodedProduct } from '../support/coded-product.ts';
import type { Said } from '../support/product.ts';

let coded: CodedProduct;
beforeEach(async () => {
  coded = await openCodedProduct();
});
afterEach(() => coded.product.close());

const ann = 'Ann Bishop, 03/12/1984';
const grace = 'Grace Kim, 12/01/1985';
const known = /Thank you, (?:Ann|Grace)|Dr\. /;
const wrong = (code: string, at = 1): string => String((Number(code) + at) % 1_000_000).padStart(6, '0');

/** To the question for the code of a claim; the code that comes. */
async function asked(conversation: string, claim: string): Promise<string> {
  const before = await coded.texts();
  await coded.say(conversation, 'my appointments');
  expect(await coded.say(conversation, claim)).toContain('What is the code?');
  return (await coded.codeAfter(before)).code;
}

describe('a code', () => {
  it('counts once, and nowhere but where it was asked for', async () => {
    const code = await asked('a', ann);
    for (const stranger of ['b', 'a ', 'A']) expect(await coded.say(stranger, code)).not.toMatch(known);
    // A question of one's own does not make it count either.
    coded.clock.pass(60_000);
    const own = await asked('b', ann);
    expect(await coded.say('b', code)).toContain('That is not the code. You can try 4 more times.');
    expect(await coded.say('a', own)).toContain('That is not the code.');
    expect(await coded.say('a', code)).toContain('Thank you, Ann.');
    await coded.say('a', 'sign out');
    for (const again of ['a', 'b']) expect(await coded.say(again, code)).not.toMatch(known);
  });

  it('of another person is a wrong one; so is that of the claim before in the same conversation', async () => {
    const foreign = await asked('g', grace);
    const first = await asked('a', ann);
    expect(await coded.say('a', foreign)).toContain('That is not the code.');
    await coded.say('a', 'back');
    const before = await coded.texts();
    expect(await coded.say('a', 'Laura Castellano, 11/23/1987')).toContain('What is the code?');
    const second = (await coded.codeAfter(before)).code;
    expect(await coded.say('a', first)).toContain('That is not the code.');
    expect(await coded.say('a', second)).toContain('Thank you, Laura.');
  });

  it('is over after ten minutes', async () => {
    const code = await asked('a', ann);
    coded.clock.pass(10 * 60_000);
    expect(await coded.say('a', code)).toContain('I could not confirm who you are.');
  });

  it('is not found by tries at once, and its five are five', async () => {
    const code = await asked('a', ann);
    const tries = Array.from({ length: 12 }, (_, at) => coded.say('a', wrong(code, at + 1)));
    const heard = await Promise.all(tries);
    expect(heard.filter((text) => text.startsWith('That is not the code.'))).toHaveLength(4);
    expect(await coded.say('a', code)).not.toMatch(known);
    const right = await asked('b', grace);
    const five = await Promise.all(Array.from({ length: 5 }, () => coded.say('b', right)));
    expect(five.filter((text) => text.includes('Thank you, Grace.'))).toHaveLength(1);
  });
});

it('guesses from forty conversations find nobody, cost three texts, and hear the same of a patient as of nobody', async () => {
  const attack = async (claim: string, from: string): Promise<readonly string[]> => {
    const heard = [await coded.say(from, 'my appointments'), await coded.say(from, claim)];
    for (let at = 0; at < 5; at += 1) heard.push(await coded.say(from, String(100_000 + at)));
    return heard;
  };
  for (let round = 0; round < 20; round += 1) {
    const ofPatient = await attack(ann, `p${round}`);
    expect(await attack('Zed Nobody, 03/12/1984', `n${round}`)).toEqual(ofPatient);
    expect(ofPatient.join()).not.toMatch(known);
    coded.clock.pass(round % 2 === 0 ? 61_000 : 120_000);
  }
  const texts = await coded.product.control.texts();
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.length).toBeLessThanOrEqual(3);
});

it('a true and a false claim are alike in words, status, headers and time', async () => {
  const took = { y: [] as number[], n: [] as number[] };
  const seen = new Set<string>();
  const one = async (kind: 'y' | 'n', at: number): Promise<void> => {
    // Of one length, as the answer repeats it.
    const conversation = `${kind}${at + 10}`;
    await coded.say(conversation, 'my appointments');
    const body = {
      ...{
        type: 'message',
        id: `t${conversation}`,
        channelId: 'webchat',
        conversation: { id: conversation },
      },
      ...{ serviceUrl: 'http://127.0.0.1:9/', from: { id: 'u' }, recipient: { id: 'bot' } },
      ...{ deliveryMode: 'expectReplies', text: kind === 'y' ? ann : 'Zed Nobody, 03/12/1984' },
    };
    const began = performance.now();
    const reply = await fetch(`${coded.product.origin()}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await reply.text();
    took[kind].push(performance.now() - began);
    const { date: _, 'content-length': __, ...headers } = Object.fromEntries(reply.headers);
    const { activities } = z
      .object({ activities: z.array(z.object({ text: z.string(), suggestedActions: z.unknown() })) })
      .parse(JSON.parse(text));
    const withoutNonce = (json: string): string => json.replace(/"nonce":"[^"]+"/g, '');
    const said = withoutNonce(JSON.stringify(activities));
    seen.add(JSON.stringify([reply.status, said, withoutNonce(text).length, headers]));
  };
  for (let at = 0; at < 45; at += 1) {
    for (const kind of at % 2 === 0 ? (['y', 'n'] as const) : (['n', 'y'] as const)) await one(kind, at);
    coded.clock.pass(31 * 60_000);
  }
  expect([...seen]).toHaveLength(1);
  const median = (of: readonly number[]): number => of.slice(5).sort((x, y) => x - y)[20] ?? 0;
  const ratio = median(took.y) / median(took.n);
  // Two runs of one claim differ by as much on a busy machine; a text waited for is many times as long.
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
}, 60_000);

describe('forged', () => {
  const mark = z.array(z.object({ bookadoc: z.object({ nonce: z.string(), key: z.string() }) }));
  const nonceOf = (said: readonly Said[]): string => mark.parse(said.at(-1)?.data)[0]?.bookadoc.nonce ?? '';
  const tap = (conversation: string, nonce: string, key: string) =>
    coded.say(conversation, key, { value: { bookadoc: { step: 'act', nonce, key } } });
  const rows = async () =>
    (await coded.product.control.appointments()).map(({ id, status, scheduled_time: at }) =>
      [id, status, at].join(),
    );

  it('taps on what was not shown do nothing, whatever their mark', async () => {
    const all = await coded.product.control.appointments();
    const before = await rows();
    const code = await asked('a', ann);
    const nonce = nonceOf(await coded.hear('a', code));
    const others = all.filter(({ patient, status }) => patient !== 125651758 && status === '').slice(0, 2);
    expect(others).toHaveLength(2);
    const keys = [
      'undo',
      'cancel-it',
      'delete-it',
      'register-yes',
      'register',
      'person:0',
      'person:0-1',
      'yes',
      'move-it',
    ];
    for (const key of [...keys, ...others.map(({ id }) => `visit:${id}`), 'agenda:names', '__proto__']) {
      const said = await tap('a', nonce, key);
      expect([key, said.split('\n')[0]]).toEqual([
        key,
        expect.stringMatching(/^(That step is over, so nothing was changed\.|That is done already)/),
      ]);
    }
    expect(await rows()).toEqual(before);
  });

  it('an undo counts in the conversation that called the visit off, and nowhere else', async () => {
    const code = await asked('a', ann);
    await coded.say('a', code);
    await coded.say('a', 'cancel it');
    const said = await coded.hear('a', 'yes');
    expect(said.at(-1)?.text).toContain('Your visit is cancelled');
    const after = await rows();
    for (const stranger of ['b', 'c']) {
      await coded.say(stranger, 'hello');
      await tap(stranger, nonceOf(said), 'undo');
      await coded.say(stranger, 'undo');
    }
    expect(await rows()).toEqual(after);
    expect(await tap('a', nonceOf(said), 'undo')).toContain('Your visit stands again');
  });

  it('ids in a browser’s message are not read: it speaks in its own conversation or in none', async () => {
    const base = `${coded.product.origin()}/v3/directline`;
    const [victim, attacker] = [await begin(base), await begin(base)];
    const path = (id: string) => `${base}/conversations/${id}/activities`;
    const heardBy = async ({ conversationId, token }: typeof victim) =>
      (await poll(base, conversationId, token)).activities.map(({ text = '' }) => text).join('\n');
    const write = async (who: typeof victim, text: string, more: object = {}, to = who.conversationId) =>
      call(path(to), { method: 'POST', token: who.token, body: { type: 'message', text, ...more } });
    const before = await coded.texts();
    await write(victim, 'my appointments');
    await until(async () => (await heardBy(victim)).includes('Whose visits'));
    await write(victim, ann);
    const { code } = await coded.codeAfter(before);
    // The code, with every id of the victim's; and in the victim's own path.
    expect((await write(attacker, code, {}, victim.conversationId)).status).toBe(403);
    await write(attacker, code, {
      conversation: { id: victim.conversationId },
      from: { id: `dl_${victim.conversationId}`, role: 'user' },
      channelId: 'msteams',
      channelData: { tenant: { id: '00000000-1111-2222-3333-444444444444' }, clientActivityID: '1' },
    });
    await until(async () => (await heardBy(attacker)).split('\n').length > 3);
    expect(await heardBy(attacker)).not.toMatch(known);
    await write(victim, code);
    await until(async () => (await heardBy(victim)).includes('Thank you, Ann.'));
    expect(await heardBy(attacker)).not.toMatch(known);
  });
});
