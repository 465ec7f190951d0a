// One turn: drop a repeat, lock the conversation, run it, save its state, deliver the replies; a throw becomes an apology.
import {
  type Activity,
  BotAdapter,
  type ConversationState,
  type ResourceResponse,
  type StoreItem,
  TurnContext,
} from 'botbuilder';
import type { Language, Reply, Tap } from '../dialogs/reply.ts';
import type { Account } from '../services/identity-cases.ts';
import type { Clock, Ids, Log, Store } from '../services/ports.ts';
import { conversationKey } from './activity.ts';
import { receiptFor, renderReplies } from './channels.ts';
import { createRepeats, isMarked, markOf, withMark } from './repeats.ts';
import { readTap, withTappedText } from './taps.ts';
import { whereOf } from './where.ts';

export interface Turns {
  /**
   * Runs one activity whose sender has been authenticated and whose shape is valid, under its conversation's lock.
   * `account`: the sender, where the channel proves it. `deliver` is called once, still under the lock, after the state is saved; with no replies if there are none.
   * 'repeat': seen before (channelId, conversation.id, activity.id; 24 h; no id: never), nothing done.
   */
  run(activity: Activity, deliver: Deliver, account?: Account): Promise<'done' | 'repeat'>;
  /** Resolves when every running turn is done (graceful stop). */
  idle(): Promise<void>;
}

/** `receipt`: to be put in the place of the card that the activity tapped, where the channel can. */
export type Deliver = (
  replies: readonly Partial<Activity>[],
  receipt?: Partial<Activity> | undefined,
) => Promise<void>;

export interface TurnDeps {
  readonly conversation: {
    respond(
      context: TurnContext,
      tap: Tap | undefined,
      account: Account | undefined,
    ): Promise<readonly Reply[]>;
  };
  readonly state: ConversationState;
  readonly store: Pick<Store, 'withLock'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Ids;
  readonly log: Log;
  /** Where patients reach this server; undefined: links only in our own web chat. */
  readonly publicUrl?: string | undefined;
}

/** The one boundary that turns a throw into words: an apology with a reference number, which the log has too. */
export function createTurns(deps: TurnDeps): Turns {
  const { conversation, state, store, clock, ids, log, publicUrl } = deps;
  const adapter = createSilentAdapter();
  const repeats = createRepeats(clock.now);
  const running = new Set<Promise<unknown>>();

  async function replyTo(
    activity: Activity,
    account: Account | undefined,
  ): Promise<readonly Reply[] | 'repeat'> {
    const context = new TurnContext(adapter, activity);
    if (activity.id === undefined) {
      const replies = await conversation.respond(context, readTap(activity), account);
      await state.saveChanges(context);
      return replies;
    }
    // A restart forgets `repeats`; the last few ids of a conversation are in its state.
    const mark = markOf(activity.id);
    if (isMarked(marksIn(await state.load(context)), mark)) return 'repeat';
    const replies = await conversation.respond(context, readTap(activity), account);
    const isAnswered = replies.length > 0;
    if (isAnswered) {
      const kept: StoreItem = state.get(context) ?? (await state.load(context));
      kept['seen'] = withMark(marksIn(kept), mark);
    }
    // A new mark is a change: nothing needs to be compared.
    await state.saveChanges(context, isAnswered);
    return replies;
  }

  async function turn(
    activity: Activity,
    deliver: Deliver,
    account: Account | undefined,
  ): Promise<'done' | 'repeat'> {
    let replies: readonly Reply[];
    try {
      const answer = await replyTo(activity, account);
      if (answer === 'repeat') return 'repeat';
      replies = answer;
    } catch (error) {
      const ref = ids.next(6);
      log.error('turn failed', { ref, channel: activity.channelId, ...whereOf(error) });
      replies = [apology(ref, activity.locale)];
    }
    try {
      await deliver(renderReplies(replies, activity, publicUrl), receiptFor(replies, activity));
    } catch (error) {
      log.error('replies not delivered', { channel: activity.channelId, ...whereOf(error) });
    }
    return 'done';
  }

  return {
    run(activity, deliver, account) {
      const key = conversationKey(activity);
      if (activity.id !== undefined && !repeats.isFirst(`${key}|${activity.id}`)) {
        return Promise.resolve('repeat');
      }
      const work = store.withLock(`conversation:${key}`, () =>
        turn(withTappedText(activity), deliver, account),
      );
      running.add(work);
      const done = () => void running.delete(work);
      work.then(done, done);
      return work;
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

const marksIn = (kept: StoreItem): string => (typeof kept['seen'] === 'string' ? kept['seen'] : '');

function apology(ref: string, locale: string | undefined): Reply {
  const language: Language = locale?.toLowerCase().startsWith('es') === true ? 'es' : 'en';
  const text = {
    en: `Sorry, something went wrong on our side. Please try again, or call the office. Reference: ${ref}`,
    es: `Lo sentimos, algo falló de nuestro lado. Inténtelo de nuevo o llame al consultorio. Referencia: ${ref}`,
  }[language];
  return { text, language };
}

/** A TurnContext needs an adapter; ours sends nothing, because replies are returned. Only the SDK's own traces are swallowed. */
function createSilentAdapter(): BotAdapter {
  class SilentAdapter extends BotAdapter {
    override async sendActivities(_: TurnContext, sent: Partial<Activity>[]): Promise<ResourceResponse[]> {
      if (sent.every(({ type }) => type === 'trace')) return sent.map(() => ({ id: '' }));
      throw new Error('a dialog sent an activity: replies are returned, never sent');
    }
    override async updateActivity(): Promise<void> {
      throw new Error('activities are never updated');
    }
    override async deleteActivity(): Promise<void> {
      throw new Error('activities are never deleted');
    }
    override async continueConversation(): Promise<void> {
      throw new Error('conversations are never continued through the adapter');
    }
  }
  return new SilentAdapter();
}
