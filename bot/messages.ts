// POST /api/messages: the Bot Framework's endpoint for the Emulator, the Agents Playground and Azure channels.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Activity } from 'botbuilder';
import type { Request, Response, Server } from 'restify';
import { parseActivity } from './activity.ts';
import type { ChannelAuth } from './auth.ts';
import type { Connector } from './connector.ts';
import { jsonBody, sendError, sendJson } from './json-http.ts';
import type { Turns } from './turn.ts';
import { takeUsualPosts } from './usual-post.ts';

export interface MessagesDeps {
  readonly turns: Turns;
  readonly auth: ChannelAuth;
  readonly connector: Connector;
  /** A channel that waits longer sends the message again: after this the answer is 200 and the turn goes on. */
  readonly answerWithinMs?: number;
}

const path = '/api/messages';
const maxBytes = 256 * 1024;

/**
 * Answers 200 when the turn is done (the replies went to the activity's serviceUrl, or stand in the answer under
 * `expectReplies`), also to a repeated activity, for which nothing is done. 401 where the sender is not authenticated.
 */
export function mountMessages(server: Server, deps: MessagesDeps): void {
  const { turns, auth, connector, answerWithinMs = 10_000 } = deps;

  async function answerWithReplies(activity: Activity, response: ServerResponse): Promise<void> {
    let activities: readonly Partial<Activity>[] = [];
    await turns.run(activity, async (replies) => {
      activities = replies;
    });
    sendJson(response, 200, { activities });
  }

  async function answerSoon(activity: Activity, response: ServerResponse): Promise<void> {
    const turn = turns.run(activity, connector.post);
    const timeout = Promise.withResolvers<void>();
    const timer = setTimeout(timeout.resolve, answerWithinMs);
    await Promise.race([turn, timeout.promise]);
    clearTimeout(timer);
    sendJson(response, 200, {});
  }

  async function answer(body: unknown, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parsed = parseActivity(body);
    if (!parsed.ok) {
      return sendError(response, 400, 'invalid-activity', `Missing or malformed: ${parsed.error}.`);
    }
    const activity = parsed.value;
    if (!(await auth.allows(activity, request.headers.authorization))) {
      return sendError(response, 401, 'unauthorized', 'A valid token of the channel is required.');
    }
    if (activity.type === 'invoke') {
      return sendError(response, 501, 'not-implemented', 'This bot takes no invoke activities.');
    }
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
