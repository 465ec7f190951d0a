// The edge put together: every route on one server over the turns and the use cases; listens, and closes gracefully.
import type { Config } from '../services/config.ts';
import type { Clock, Ehr, Ids, Log, Store } from '../services/ports.ts';
import type { UseCases } from '../services/use-cases.ts';
import { type ChannelAuthDeps, createChannelAuth } from './auth.ts';
import { type CalendarFileOf, mountCalendar } from './calendar-download.ts';
import type { CalendarLinks } from './calendar-link.ts';
import { createConnector } from './connector.ts';
import { createDirectLine } from './directline.ts';
import { mountHealth } from './health.ts';
import { boundStrangers, createLimits } from './limits.ts';
import { isLocalOnly, refuseOtherHosts } from './loopback-hosts.ts';
import { mountMessages } from './messages.ts';
import { mountRest } from './rest.ts';
import { close, createHttpServer, listen, originOf } from './server.ts';
import { keptTokenSecret } from './token-secret.ts';
import type { Turns } from './turn.ts';

export interface EdgeDeps {
  readonly config: Config;
  readonly turns: Turns;
  readonly useCases: UseCases;
  readonly links: CalendarLinks;
  readonly calendarFileOf: CalendarFileOf;
  readonly ehr: Ehr;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly channels: Pick<ChannelAuthDeps, 'credentials' | 'endpoints'> | undefined;
}

const graceMs = 10_000;

/** Rejects where the port cannot be listened on. `close` takes nothing new, and resolves when the last turn is done. */
export async function openEdge(deps: EdgeDeps): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const { config, turns, clock, ids, log } = deps;
  const auth = createChannelAuth({ bot: config.bot, clock, ...deps.channels });
  const connector = createConnector({ token: auth.replyToken, clock, log });
  const isOpenHere = config.bot === undefined && isLocalOnly(config.host);
  const limits = createLimits({
    rates: config.rates,
    trustedProxies: config.trustedProxies,
    boundsLoopback: config.bot !== undefined,
  });
  const directLine = createDirectLine({
    turns,
    limits,
    tokenSecret: config.tokenSecret ?? (await keptTokenSecret(config.dataFolder, ids)),
    clock,
    ids,
    log,
    chatOrigins: config.chatOrigins,
    practiceName: config.practice.name || 'Bookadoc',
    practiceColor: config.practice.color,
  });
  const server = createHttpServer({
    ids,
    log,
    mounts: [
      ...(isOpenHere ? [refuseOtherHosts] : []),
      (routes) => boundStrangers(routes, limits),
      (routes) => mountMessages(routes, { turns, auth, connector, limits }),
      (routes) => mountRest(routes, { ...deps, limits, apiKey: config.apiKey }),
      (routes) => mountCalendar(routes, { ...deps, limits }),
      (routes) => mountHealth(routes, deps),
      (routes) => directLine.mount(routes),
    ],
  });
  const shut = async (): Promise<void> => {
    const closed = close(server, graceMs);
    await directLine.close();
    await turns.idle();
    await closed;
    connector.close();
  };
  try {
    const port = await listen(server, config.port, config.host);
    log.info('listening', { port, host: config.host, ehr: config.ehr.name });
    // Azure reaches this bot through a proxy, and that has one address.
    if (config.bot !== undefined && config.trustedProxies === 0)
      log.warn('TRUSTED_PROXIES=0: all visitors behind a proxy share one RATE_ADDRESS_PER_MINUTE');
    return { origin: originOf(config.host, port), close: shut };
  } catch (error) {
    await directLine.close();
    connector.close();
    throw error;
  }
}
