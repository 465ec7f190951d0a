// Runs a web chat's turns in this process: typing is shown while one takes long, and its replies go to whoever listens.
import type { Activity } from 'botbuilder';
import type { Clock, Log } from '../services/ports.ts';
import { botActivity, type Party } from './directline-activity.ts';
import { type Conversations, sendPassing } from './directline-conversations.ts';
import type { Claims } from './directline-token.ts';
import type { Turns } from './turn.ts';
import { whereOf } from './where.ts';

export interface ChatTurns {
  /** Starts one turn; the browser has its answer already and waits for the replies on its stream. */
  run(claims: Claims, activity: Activity): void;
  /** Resolves when every turn that was started here is done. */
  idle(): Promise<void>;
}

const typingAfterMs = 1_500;

export function createChatTurns(deps: {
  readonly turns: Turns;
  readonly conversations: Conversations;
  readonly bot: Party;
  readonly clock: Clock;
  readonly log: Log;
}): ChatTurns {
  const { bot, clock, conversations, log, turns } = deps;
  const running = new Set<Promise<unknown>>();

  return {
    run(claims, activity) {
      // Looked up each time: it may have been dropped from memory meanwhile, and comes back as an empty one.
      const current = () => conversations.open(claims, 0)?.conversation;
      const typing = setInterval(() => {
        const conversation = current();
        if (conversation !== undefined)
          sendPassing(
            conversation,
            botActivity(conversation, bot, clock.now(), { type: 'typing' }, activity.id),
          );
      }, typingAfterMs);
      const turn = turns
        .run(activity, async (replies) => {
          const conversation = current();
          if (conversation === undefined) return;
          for (const reply of replies)
            conversations.append(
              conversation,
              botActivity(conversation, bot, clock.now(), reply, activity.id),
            );
        })
        .catch((error: unknown) => log.error('web chat turn failed', whereOf(error)))
        .finally(() => {
          clearInterval(typing);
          running.delete(turn);
        });
      running.add(turn);
    },
    async idle() {
      await Promise.all(running);
    },
  };
}
