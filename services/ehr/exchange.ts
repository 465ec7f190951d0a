// An axios adapter over node's HTTP client, for what an EHR call needs and nothing else: a text, a status, a location.
import { type Agent as HttpAgent, type RequestOptions, request as requestHttp } from 'node:http';
import { type Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import axios, { type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';

const unzipped = promisify(gunzip);
const STANDING_HEADERS = {
  Accept: 'application/json',
  'User-Agent': `axios/${axios.VERSION}`,
  'Accept-Encoding': 'gzip',
};

interface Limits {
  /** For the whole exchange. */
  readonly timeoutMs: number;
  /** For the reply's body, packed and unpacked. */
  readonly maxBytes: number;
}

export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

export interface Sent {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What an axios adapter does, for one request whose parts were not sent through axios's own merging. */
type Exchange = (request: Sent, config: InternalAxiosRequestConfig) => Promise<AxiosResponse<string>>;

/**
 * Resolves with any status; rejects with node's error and its `code`. Follows, repeats and proxies nothing. Half the
 * CPU of axios's own adapter, which serves streams, forms, progress and redirects as well.
 */
export function createExchange(agents: Agents, limits: Limits): Exchange {
  const placeOf = createPlaces();

  function send({ url, method, headers, body: sent }: Sent): Promise<Received> {
    return new Promise((resolve, reject) => {
      const { place, path } = placeOf(url);
      const secure = place.protocol === 'https:';
      const request = (secure ? requestHttps : requestHttp)({
        ...place,
        path,
        method,
        agent: secure ? agents.https : agents.http,
        headers: { ...STANDING_HEADERS, ...headers },
      });
      const deadline = setTimeout(() => request.destroy(new Error('deadline')), limits.timeoutMs);
      const refuse = (error: Error) => {
        clearTimeout(deadline);
        reject(error);
      };
      request.on('error', refuse);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes > limits.maxBytes) request.destroy(new Error('reply too long'));
        });
        // A reply cut short ends in an error as well.
        response.on('error', refuse);
        response.on('end', () => {
          clearTimeout(deadline);
          resolve({
            status: response.statusCode ?? 0,
            location: response.headers.location,
            packed: bytes > 0 && response.headers['content-encoding'] === 'gzip',
            body: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, bytes),
          });
        });
      });
      request.end(sent);
    });
  }

  return async (request, config) => {
    const { status, location, packed, body } = await send(request);
    const text = (packed ? await unzipped(body, { maxOutputLength: limits.maxBytes }) : body).toString(
      'utf8',
    );
    return {
      // A byte order mark is no JSON.
      data: text.startsWith('\uFEFF') ? text.slice(1) : text,
      status,
      statusText: '',
      headers: location === undefined ? {} : { location },
      config,
    };
  };
}

interface Received {
  readonly status: number;
  readonly location: string | undefined;
  readonly packed: boolean;
  readonly body: Buffer;
}

/** Splits a URL, remembering the last origin: all calls go to one, and taking a URL apart costs as much as parsing its reply. */
function createPlaces() {
  let known: { readonly origin: string; readonly place: RequestOptions } | undefined;
  return (url: string): { readonly place: RequestOptions; readonly path: string } => {
    if (known !== undefined && url.startsWith(`${known.origin}/`))
      return { place: known.place, path: url.slice(known.origin.length) };
    const parsed = new URL(url);
    const { protocol, hostname, port } = urlToHttpOptions(parsed);
    const place = {
      protocol: protocol ?? '',
      hostname: hostname ?? '',
      ...(port === undefined ? {} : { port }),
    };
    known = { origin: parsed.origin, place };
    return { place, path: parsed.pathname + parsed.search };
  };
}
