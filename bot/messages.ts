// POST /api/messages: the Bot Framework's endpoint for the Emulator, the Agents Playground and Azure channels.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Activity } from 'botbuilder';
import type { Request, Response, Server } from 'restify';
import { accountOf } from './account.ts';
import { conversationKey, parseActivity } from './activity.ts';
import type { ChannelAuth } from './auth.ts';
import type { Connector } from './connector.ts';
import { jsonBody, sendError, sendJson } from './json-http.ts';
import { type Limits, sendTooMany } from './limits.ts';
import type { Pace } from './rate-limiter.ts';
import { createSlowTurns, systemTimers, type Timers } from './slow-turn.ts';
import type { Turns } from './turn.ts';
import { takeUsualPosts } from './usual-post.ts';

export interface MessagesDeps {
  readonly turns: Turns;
  readonly auth: ChannelAuth;
  readonly connector: Connector;
  readonly limits: Limits;
  /** A channel that waits longer sends the message again: after this it is answered, and the turn goes on. */
  readonly answerWithinMs?: number;
  readonly timers?: Timers;
}

const path = '/api/messages';
const maxBytes = 256 * 1024;

/**
 * Answers 200 when the turn is done (the replies went to the activity's serviceUrl, or stand in the answer under
 * `expectReplies`), also to a repeated activity, for which nothing is done. 401 where the sender is not authenticated.
 * A slow turn is answered before it is done; its result is posted, or under `expectReplies` comes first in the next answer.
 * 429 past the conversation's minute, or past an address's where nobody is authenticated; no turn is run.
 */
export function mountMessages(server: Server, deps: MessagesDeps): void {
  const { turns, auth, connector, limits, answerWithinMs = 8_000, timers = systemTimers } = deps;
  const slow = createSlowTurns(timers);
  const accountIn = (activity: Activity) => (auth.vouches ? accountOf(activity) : undefined);

  async function answerWithReplies(activity: Activity, response: ServerResponse): Promise<void> {
    const first = Promise.withResolvers<readonly Partial<Activity>[]>();
    let isLate = false;
    const stopWaiting = timers.after(answerWithinMs, () => {
      isLate = true;
      first.resolve(slow.withOwed(activity, slow.askAgain(activity)));
    });
    let said: readonly Partial<Activity>[] = [];
    const turn = turns.run(
      activity,
      async (replies) => {
        stopWaiting();
        slow.noteSaid(activity, replies);
        if (isLate) slow.owe(activity, replies);
        else said = replies;
      },
      accountIn(activity),
    );
    turn.then(
      (outcome) => {
        stopWaiting();
        if (!isLate) first.resolve(outcome === 'repeat' ? [] : slow.withOwed(activity, said));
      },
      (error: unknown) => {
        stopWaiting();
        first.reject(error);
      },
    );
    sendJson(response, 200, { activities: await first.promise });
  }

  async function answerSoon(activity: Activity, response: ServerResponse): Promise<void> {
    const late = Promise.withResolvers<void>();
    const stopWaiting = timers.after(answerWithinMs, late.resolve);
    const showsDone = slow.showWork(activity, (shown) => connector.post([shown]));
    const turn = turns
      .run(
        activity,
        async (replies, receipt) => {
          await showsDone();
          slow.noteSaid(activity, replies);
          await connector.post(replies);
          if (receipt?.id !== undefined) await connector.update(receipt.id, receipt);
        },
        accountIn(activity),
      )
      .finally(showsDone);
    await Promise.race([turn, late.promise]);
    stopWaiting();
    sendJson(response, 200, {});
  }

  /** Said once a window: under `expectReplies` the answer carries it, or nobody would see it. */
  async function answerTooFast(activity: Activity, pace: Pace, response: ServerResponse): Promise<void> {
    if (!pace.isFirstRefusal || activity.type !== 'message') return sendTooMany(response, pace);
    const activities = slow.tooFast(activity);
    if (activity.deliveryMode === 'expectReplies') return sendJson(response, 200, { activities });
    sendTooMany(response, pace);
    return connector.post(activities);
  }

  async function refuseStranger(
    request: IncomingMessage,
    response: ServerResponse,
    refusal: readonly [status: number, error: string, message: string],
  ): Promise<void> {
    const pace = await limits.address(request);
    return pace.isWithin ? sendError(response, ...refusal) : sendTooMany(response, pace);
  }

  async function answer(body: unknown, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parsed = parseActivity(body);
    if (!parsed.ok) {
      const message = `Missing or malformed: ${parsed.error}.`;
      return refuseStranger(request, response, [400, 'invalid-activity', message]);
    }
    const activity = parsed.value;
    if (!(await auth.allows(activity, request.headers.authorization))) {
      const message = 'A valid token of the channel is required.';
      return refuseStranger(request, response, [401, 'unauthorized', message]);
    }
    if (activity.type === 'invoke') {
      return sendError(response, 501, 'not-implemented', 'This bot takes no invoke activities.');
    }
    // Typing and the like have a count of their own: it must not use up what a person may write.
    const key = conversationKey(activity);
    const pace = await limits.user.take(activity.type === 'message' ? key : `${key}|beside`);
    if (!pace.isWithin) return answerTooFast(activity, pace, response);
    return activity.deliveryMode === 'expectReplies'
      ? answerWithReplies(activity, response)
      : answerSoon(activity, response);
  }

  const usual = takeUsualPosts(server, { path, maxBytes, answer });
  server.post(path, ...jsonBody(maxBytes), async (request: Request, response: Response) => {
    usual.passed(request);
    await answer(request.body, request, response);
  });
}
