// The usual POST of a route that is called all the time, taken before restify's chain, which costs more than the rest of an answer.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'restify';

declare module 'restify' {
  interface Server {
    /** restify's own: handlers that see a request before anything else does; false takes it. Missing in its types. */
    first(handler: (request: IncomingMessage, response: ServerResponse) => boolean): this;
  }
}

export interface UsualPost {
  readonly path: string;
  readonly maxBytes: number;
  /** What throws is answered as restify's errors are. */
  readonly answer: (body: unknown, request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const lengths = /^[1-9]\d{0,8}$/;
const types = new Set(['application/json', 'application/json; charset=utf-8']);
/** As restify reports a body that is no JSON. */
const unreadable = { statusCode: 400 };

/**
 * Takes a POST to exactly `path`, with JSON of a declared length within bounds, from a Host that has come through restify's
 * checks. Everything else goes restify's way, refusals and their words included; `passed` is to be told there who came through.
 */
export function takeUsualPosts(
  server: Server,
  { path, maxBytes, answer }: UsualPost,
): { passed(request: IncomingMessage): void } {
  let checkedHost: string | undefined;

  const isUsual = ({ method, url, headers }: IncomingMessage): boolean =>
    method === 'POST' &&
    url === path &&
    headers.host !== undefined &&
    headers.host === checkedHost &&
    types.has(headers['content-type'] ?? '') &&
    lengths.test(headers['content-length'] ?? '') &&
    Number(headers['content-length']) <= maxBytes &&
    headers['transfer-encoding'] === undefined &&
    headers['content-encoding'] === undefined &&
    headers['content-md5'] === undefined;

  server.first((request, response) => {
    if (!isUsual(request)) return true;
    const fail = (error: unknown): void => {
      server.emit('restifyError', request, response, error);
    };
    readText(request, (text) => {
      const body = parsed(text);
      if (body === unreadable) return fail(unreadable);
      answer(body, request, response).catch(fail);
    });
    return false;
  });
  return {
    passed({ headers }) {
      checkedHost = headers.host;
    },
  };
}

/** `done` is not called for a request whose sender goes away. Node bounds the body by its declared length. */
function readText(request: IncomingMessage, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('error', () => undefined); // The sender has gone away.
  request.on('end', () => {
    const [only] = chunks;
    done((chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)).toString());
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}
