// One call of the EHR's API from end to end: budget, token, exchange, safe repeats, and its failure as an `EhrError`.
//
// | outcome                              | GET                   | PATCH (idempotent)      | POST (never repeated) |
// |--------------------------------------|-----------------------|-------------------------|-----------------------|
// | no connection could be made          | again, `unavailable`  | again, `unavailable` *  | `unavailable`         |
// | cut, timed out, 5xx                  | again, `unavailable`  | again, `unknown`        | `unknown`             |
// | 2xx that cannot be read              | `unexpected`          | `unexpected` (a body)   | `unexpected`          |
// | 3xx                                  | followed in origin    | `unexpected`            | `unexpected`          |
// | 400 and other 4xx                    | `refused`             | `refused`               | `refused`             |
// | 401                                  | one refresh, one repeat, then `unauthorized` (all methods: a 401 did nothing)         |
// | 403, 404, 409                        | `forbidden`, `not-found`, `conflict` (as is a 400 that speaks of duplicate patients)  |
// | 429                                  | again if soon, `throttled`                    | `throttled`                   |
//
// "Again" means one more try. (*) `unknown` if an earlier try was sent.
import { fail, ok, type Result } from '../domain.ts';
import type { Clock, EhrError, Log, Priority } from '../ports.ts';
import type { Breaker } from './breaker.ts';
import type { Budget } from './budget.ts';
import type { Http } from './http.ts';
import type { Oauth } from './oauth.ts';
import { parsePage, parseRow, type Row, refusedFields, throttleSeconds, unexpected } from './wire.ts';

const TRIES = 2;
const BACKOFF_MS = 200;
const MOST_REDIRECTS = 3;
const MOST_PAGES = 20;

export interface ClientOptions {
  readonly baseUrl: string;
  readonly http: Http;
  readonly oauth: Oauth;
  readonly budget: Budget;
  readonly breaker: Breaker;
  readonly clock: Clock;
  readonly log: Log;
}

/** `label` names the call in logs and errors; `path` starts with `/api/` and, like `query`, is never logged. */
export interface Target {
  readonly label: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
}

export interface Client {
  read<T>(
    target: Target,
    parse: (body: string) => Result<T, EhrError>,
    priority: Priority,
  ): Promise<Result<T, EhrError>>;
  /** Every row of every page, or an error: a list cut short would be a guess. */
  readAll<T>(target: Target, row: Row<T>, priority: Priority): Promise<Result<readonly T[], EhrError>>;
  create<T>(target: Target, body: object, row: Row<T>): Promise<Result<T, EhrError>>;
  /** A PATCH that may be sent twice. Its good reply is empty: a 2xx with something in it comes from somebody else on the way. */
  change(target: Target, body: object): Promise<Result<void, EhrError>>;
}

interface Sending {
  readonly label: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly priority: Priority;
  readonly body?: string;
}

export function createClient(options: ClientOptions): Client {
  const { http, oauth, budget, breaker, clock, log } = options;
  const { origin } = new URL(options.baseUrl);

  const urlOf = ({ path, query }: Target) =>
    query === undefined ? origin + path : `${origin}${path}?${new URLSearchParams(query)}`;

  /** A link of the EHR's, or undefined where it leads away from the EHR: a token follows no such link. */
  function within(link: string, from: string): string | undefined {
    const url = URL.parse(link, from);
    return url?.origin === origin ? url.href : undefined;
  }

  /** The access token for a call that may go out now. Bookings go past a pause. */
  async function admit(priority: Priority): Promise<Result<string, EhrError>> {
    if (priority !== 'booking' && breaker.pausedMs() > 0) return fail({ kind: 'unavailable' });
    const connected = await oauth.session();
    if (!connected.ok) return connected;
    const { missing } = connected.value;
    if (missing.length > 0) return fail({ kind: 'forbidden', missingScopes: missing });
    // After the token: turns given while all wait for a refresh would leave at once when it is over.
    const turn = await budget.take(priority);
    if (!turn.ok) return turn;
    const session = await oauth.session();
    return session.ok ? ok(session.value.accessToken) : session;
  }

  /** The body of a 2xx. */
  async function send(sending: Sending): Promise<Result<string, EhrError>> {
    const { label, method, priority } = sending;
    let url = sending.url;
    let triesLeft = method === 'POST' ? 1 : TRIES;
    let redirectsLeft = method === 'GET' ? MOST_REDIRECTS : 0;
    let refreshed = false;
    let mayHaveHappened = false;
    // An earlier try that may have done its work outranks whatever stopped the later one.
    const give = (error: EhrError) => fail<EhrError>(mayHaveHappened ? { kind: 'unknown' } : error);
    for (;;) {
      const token = await admit(priority);
      if (!token.ok) return give(token.error);
      const accessToken = token.value;
      const answer = await http.send({
        method,
        url,
        headers: {
          Authorization: `Bearer ${accessToken}`,
          'X-DRC-API-Version': 'v4',
          ...(sending.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(sending.body === undefined ? {} : { body: sending.body }),
        ownConnection: method === 'POST',
      });
      const answered = answer.kind === 'reply' && answer.status < 500;
      breaker.note(answered);

      if (!answered) {
        log.warn('ehr call failed', { route: label, status: answer.kind === 'reply' ? answer.status : 0 });
        mayHaveHappened ||= method !== 'GET' && (answer.kind === 'reply' || answer.sent);
        triesLeft -= 1;
        if (triesLeft === 0) return give({ kind: 'unavailable' });
        await clock.sleep(BACKOFF_MS);
        continue;
      }
      const { status, body, location } = answer;
      if (status >= 200 && status < 300) return ok(body);
      if (status < 400) {
        const next = location === undefined ? undefined : within(location, url);
        if (next === undefined || redirectsLeft === 0) return unexpected(label, 'redirect');
        redirectsLeft -= 1;
        url = next;
        continue;
      }
      if (status === 401 && !refreshed) {
        refreshed = true;
        oauth.reject(accessToken);
        continue;
      }
      if (status === 401) oauth.giveUp(accessToken);
      log.warn('ehr call refused', { route: label, status });
      if (status === 429) {
        budget.block(throttleSeconds(body));
        triesLeft -= 1;
        if (triesLeft > 0) continue;
      }
      return give(refusal(status, body));
    }
  }

  return {
    async read(target, parse, priority) {
      const body = await send({ label: target.label, method: 'GET', url: urlOf(target), priority });
      return body.ok ? parse(body.value) : body;
    },
    async readAll(target, row, priority) {
      const { label } = target;
      const rows = [];
      let url = urlOf(target);
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const body = await send({ label, method: 'GET', url, priority });
        if (!body.ok) return body;
        const read = parsePage(label, row, body.value);
        if (!read.ok) return read;
        rows.push(...read.value.rows);
        if (read.value.next === undefined) return ok(rows);
        const next = within(read.value.next, url);
        if (next === undefined) return unexpected(label, 'next');
        url = next;
      }
      return unexpected(label, 'more pages than can be read');
    },
    async create(target, body, row) {
      const reply = await send({
        label: target.label,
        method: 'POST',
        url: urlOf(target),
        priority: 'booking',
        body: JSON.stringify(body),
      });
      return reply.ok ? parseRow(target.label, row, reply.value) : reply;
    },
    async change(target, body) {
      const reply = await send({
        label: target.label,
        method: 'PATCH',
        url: urlOf(target),
        priority: 'booking',
        body: JSON.stringify(body),
      });
      if (!reply.ok) return reply;
      return reply.value.trim() === '' ? ok(undefined) : unexpected(target.label, 'body');
    },
  };
}

/** A chart that is there already comes as 409 or as a 400 with these words, depending on whom one asks (the shape is not known). */
const isDuplicate = (body: string): boolean => /potential duplicate patient/i.test(body);

/** What a 4xx means. Nothing of the body but field names and the throttle's seconds goes on. */
function refusal(status: number, body: string): EhrError {
  switch (status) {
    case 401:
      return { kind: 'unauthorized' };
    case 403:
      return { kind: 'forbidden', missingScopes: [] };
    case 404:
      return { kind: 'not-found' };
    case 409:
      return { kind: 'conflict' };
    case 429:
      return { kind: 'throttled', retryAfterSeconds: throttleSeconds(body) };
    default:
      return isDuplicate(body) ? { kind: 'conflict' } : { kind: 'refused', fields: refusedFields(body) };
  }
}
