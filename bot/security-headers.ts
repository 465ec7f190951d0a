// The headers that tell a browser what our answers may be used for, after OWASP's cheat sheets for headers and for REST.
// https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html and REST_Security_Cheat_Sheet.html
import type { IncomingMessage } from 'node:http';

/** For a year. Only behind TLS: over plain HTTP browsers pass over it (RFC 6797, 7.2), and on this machine it would harm. */
const hsts = ['Strict-Transport-Security', 'max-age=31536000'] as const;

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** Data is not kept, not framed, and does nothing where a browser shows it as a page. CORS asks leave beside this. */
const forData = {
  ...everywhere,
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
} as const;

// As writeHead takes them fastest; every turn's answer carries these.
const plain: readonly string[] = Object.entries(forData).flat();
const secured: readonly string[] = [...plain, ...hsts];

/** True where the proxy in front says that the browser came by TLS. */
export const cameByTls = ({ headers }: IncomingMessage): boolean =>
  headers['x-forwarded-proto']?.toString().startsWith('https') === true;

/** For JSON: names and values in turn. */
export const dataHeaders = (request: IncomingMessage): readonly string[] =>
  cameByTls(request) ? secured : plain;

/** For the pages and what they load. No X-Frame-Options: it cannot name the pages that may embed us; `policy` does. */
export const pageHeaders = (request: IncomingMessage, policy: string): Readonly<Record<string, string>> => ({
  ...everywhere,
  'Content-Security-Policy': policy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  ...(cameByTls(request) ? { [hsts[0]]: hsts[1] } : {}),
});
