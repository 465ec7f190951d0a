// The whole product with codes: the sandbox is the phone company, too, and a code is read off the phone that it went to.
import { z } from 'zod';
import { createPacedClock, hurried, type PacedClock } from './paced-clock.ts';
import { openProduct, type Product, type Said } from './product.ts';

const answer = z.object({
  activities: z.array(
    z.object({
      text: z.string().default(''),
      value: z.unknown().optional(),
      suggestedActions: z
        .object({ actions: z.array(z.object({ title: z.string(), value: z.unknown() })) })
        .optional(),
    }),
  ),
});

export interface CodedProduct {
  readonly product: Product;
  readonly clock: PacedClock;
  /** One message, and what else the activity is; every reply's text. */
  say(conversation: string, text: string, more?: object): Promise<string>;
  /** The same with the buttons. */
  hear(conversation: string, text: string, more?: object): Promise<readonly Said[]>;
  /** How many texts have come to any phone. */
  texts(): Promise<number>;
  /** The code of the text that comes after so many; its phone. */
  codeAfter(texts: number): Promise<{ readonly code: string; readonly to: string }>;
  /** Claims to be somebody, and types the code that comes. What is said then. */
  identify(conversation: string, claim: string, more?: object): Promise<string>;
}

/** A Tuesday morning in New York. */
export async function openCodedProduct(env: Readonly<Record<string, string>> = {}): Promise<CodedProduct> {
  const clock = hurried(createPacedClock('2026-03-03T14:00:00Z'));
  const product = await openProduct({
    clock,
    env: { NOTIFY: 'sms', TWILIO_FROM: '+15185550112', RATE_ADDRESS_PER_MINUTE: '1000000', ...env },
  });
  let messages = 0;
  const hear: CodedProduct['hear'] = async (conversation, text, more = {}) => {
    messages += 1;
    const { status, body } = await product.post({
      type: 'message',
      id: `c${messages}`,
      channelId: 'webchat',
      serviceUrl: 'http://127.0.0.1:9/',
      conversation: { id: conversation },
      from: { id: `user-of-${conversation}` },
      recipient: { id: 'bot' },
      locale: 'en-US',
      deliveryMode: 'expectReplies',
      text,
      ...more,
    });
    if (status !== 200) throw new Error(`/api/messages answered ${status}: ${body}`);
    return answer.parse(JSON.parse(body)).activities.map((activity) => ({
      text: activity.text,
      buttons: activity.suggestedActions?.actions.map(({ title }) => title) ?? [],
      data: activity.suggestedActions?.actions.map(({ value }) => value) ?? activity.value,
    }));
  };
  const say: CodedProduct['say'] = async (...said) =>
    (await hear(...said)).map(({ text, buttons }) => [text, ...buttons].join('\n')).join('\n');
  const arrived = async () =>
    (await product.control.texts()).map(({ to, body }) => ({ to, code: /\b\d{6}\b/.exec(body)?.[0] }));
  const texts = async () => (await arrived()).length;
  const codeAfter: CodedProduct['codeAfter'] = async (before) => {
    const until = performance.now() + 15_000;
    for (;;) {
      const found = (await arrived()).slice(before).find(({ code }) => code !== undefined);
      if (found?.code !== undefined) return { to: found.to, code: found.code };
      if (performance.now() > until) throw new Error('no code has come');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return {
    product,
    clock,
    say,
    hear,
    texts,
    codeAfter,
    async identify(conversation, claim, more) {
      const before = await texts();
      const asked = await say(conversation, claim, more);
      if (!asked.includes('What is the code?')) throw new Error(`no code was asked for: ${asked}`);
      return say(conversation, (await codeAfter(before)).code, more);
    },
  };
}
