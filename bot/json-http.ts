// JSON over restify: bounded request bodies, plain answers, and errors that say nothing of the inside.
import type { ServerResponse } from 'node:http';
import restify, { type Request, type RequestHandler, type Response } from 'restify';
import { dataHeaders } from './security-headers.ts';

/** Sends JSON whatever the Accept header says. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  // Node's own response: restify's sendRaw formats, merges and emits for what is three lines here.
  for (const name of Object.keys(headers)) response.setHeader(name, headers[name] ?? '');
  response.writeHead(status, [
    'Content-Type',
    'application/json; charset=utf-8',
    'Content-Length',
    String(Buffer.byteLength(text)),
    ...dataHeaders(response.req),
  ]);
  response.end(text);
}

/** The one form of our errors: `error` is a fixed word, `message` a fixed sentence. */
export function sendError(response: ServerResponse, status: number, error: string, message: string): void {
  sendJson(response, status, { error, message });
}

/**
 * Reads a JSON body of at most `maxBytes` into `request.body`: other types 415, larger 413, unreadable 400. A
 * compressed body is refused: restify bounds what arrives, not what it unpacks to.
 */
export function jsonBody(maxBytes: number): RequestHandler[] {
  const refuse: RequestHandler = (request: Request, response: Response, next) => {
    const type = request.header('content-type', '').split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json' || request.header('content-encoding') !== undefined) {
      sendError(response, 415, 'unsupported-media-type', 'Send JSON, uncompressed, as application/json.');
      return next(false);
    }
    if (Number(request.header('content-length', '0')) > maxBytes) {
      response.setHeader('Connection', 'close');
      sendError(response, 413, 'too-large', 'The request is too large.');
      return next(false);
    }
    return next();
  };
  const options = { maxBodySize: maxBytes, mapParams: false };
  return [refuse, ...restify.plugins.jsonBodyParser(options)];
}
