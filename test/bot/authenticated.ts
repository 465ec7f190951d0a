// All of the product but its start, over the sandbox as EHR and phone company, with senders whom a channel vouches for, or nobody.
import { expect } from 'vitest';
import { z } from 'zod';
import { createAssistant } from '../../bot/assistant.ts';
import { createChannelAuth } from '../../bot/auth.ts';
import { createCalendarLinks } from '../../bot/calendar-link.ts';
import { createConnector } from '../../bot/connector.ts';
import { mountMessages } from '../../bot/messages.ts';
import { close, createHttpServer, listen } from '../../bot/server.ts';
import { parseConfig } from '../../services/config.ts';
import { type IdentityRig, openIdentity } from '../support/identity-rig.ts';
import type { WorldOptions } from '../support/world.ts';
import { serviceUrl, startChannelIdentity, token } from './channel-identity.ts';
import { looseLimits, message, testIds, testLog } from './support.ts';

const answer = z.object({
  activities: z.array(z.object({ text: z.string().default(''), attachments: z.unknown().optional() })),
});

export async function openMessages(how: 'anonymous' | 'with credentials', more: WorldOptions = {}) {
  const rig: IdentityRig = await openIdentity(['sms'], { identityCallsPerHour: 1_000, ...more });
  const identity = await startChannelIdentity();
  const { clock } = rig.world;
  const { log, lines } = testLog(clock);
  const config = parseConfig({ NOTIFY: 'sms' });
  if (!config.ok) throw new Error(config.error.join());
  const { useCases, store } = rig.world.now();
  const links = createCalendarLinks('an invented secret of the tests', clock);
  const parts = { config: config.value, useCases, store, links, clock, ids: testIds(), log };
  const { turns } = createAssistant(parts);
  const bot = how === 'anonymous' ? { bot: undefined } : identity.auth;
  const auth = createChannelAuth({ ...bot, clock: { now: Date.now } });
  const connector = createConnector({ token: auth.replyToken, clock, log });
  const limits = looseLimits();
  const mounts = [
    (server: Parameters<typeof mountMessages>[0]) =>
      mountMessages(server, { turns, auth, connector, limits }),
  ];
  const server = createHttpServer({ ids: testIds(), log, mounts });
  const origin = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  let sent = 0;
  return {
    rig,
    /** What the edge has logged. */
    lines,
    async say(conversation: string, text: string, fields: object): Promise<string> {
      sent += 1;
      const activity = {
        id: `a${sent}`,
        conversation: { id: conversation },
        serviceUrl,
        deliveryMode: 'expectReplies',
      };
      const response = await fetch(`${origin}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: token() },
        body: JSON.stringify(message({ ...activity, text, ...fields })),
      });
      expect(response.status).toBe(200);
      const { activities } = answer.parse(await response.json());
      return JSON.stringify(activities);
    },
    async close() {
      await close(server, 100);
      await turns.idle();
      connector.close();
      identity.close();
      await rig.close();
    },
  };
}
