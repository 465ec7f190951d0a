// Runs a web chat's turns in this process: work is shown while one takes long, and its replies go to whoever listens.
import type { Activity } from 'botbuilder';
import type { Clock, Log } from '../services/ports.ts';
import { botActivity, forBot, type Party, userActivity } from './directline-activity.ts';
import { type Conversations, sendPassing } from './directline-conversations.ts';
import type { Claims } from './directline-token.ts';
import { createSlowTurns, type Timers } from './slow-turn.ts';
import type { Turns } from './turn.ts';
import { whereOf } from './where.ts';

export interface ChatTurns {
  /** Starts one turn; the browser has its answer already and waits for the replies on its stream. */
  run(claims: Claims, activity: Activity): void;
  /** Asks for a pause, in the conversation's language; what was sent is neither kept nor answered. */
  sayTooFast(claims: Claims, locale: string | undefined): void;
  /** Resolves when every turn that was started here is done. */
  idle(): Promise<void>;
}

export function createChatTurns(deps: {
  readonly turns: Turns;
  readonly conversations: Conversations;
  readonly bot: Party;
  readonly clock: Clock;
  readonly log: Log;
  readonly timers?: Timers;
}): ChatTurns {
  const { bot, clock, conversations, log, turns } = deps;
  const slow = createSlowTurns(deps.timers);
  const running = new Set<Promise<unknown>>();

  const hearIn =
    (claims: Claims, replyToId: string | undefined) =>
    (reply: Partial<Activity>): void => {
      // Looked up each time: it may have been dropped from memory meanwhile, and comes back as an empty one.
      const conversation = conversations.open(claims, 0)?.conversation;
      if (conversation === undefined) return;
      const heard = botActivity(conversation, bot, clock.now(), reply, replyToId);
      // Typing is not worth keeping.
      if (reply.type === 'typing') sendPassing(conversation, heard);
      else conversations.append(conversation, heard);
    };

  return {
    sayTooFast(claims, locale) {
      const conversation = conversations.open(claims, 0)?.conversation;
      if (conversation === undefined) return;
      const said = { type: 'message', text: '', ...(locale === undefined ? {} : { locale }) } as const;
      const unanswered = forBot(userActivity(conversation, bot, clock.now(), said), conversation.id);
      slow.tooFast(unanswered).forEach(hearIn(claims, undefined));
    },
    run(claims, activity) {
      const hear = hearIn(claims, activity.id);
      const showsDone = slow.showWork(activity, hear);
      const turn = turns
        .run(activity, async (replies) => {
          await showsDone();
          slow.noteSaid(activity, replies);
          for (const reply of replies) hear(reply);
        })
        .catch((error: unknown) => log.error('web chat turn failed', whereOf(error)))
        .finally(() => {
          void showsDone();
          running.delete(turn);
        });
      running.add(turn);
    },
    async idle() {
      await Promise.all(running);
    },
  };
}
