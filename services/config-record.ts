// Settings of our own record: the key that seals it, and how long each kind of document is kept. Values are never repeated.
import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Reader } from './config-values.ts';

/** Days that documents are kept, by kind. */
export const keptDays = {
  conversation: 30,
  booking: 2_555,
  message: 30,
  contact: 365,
  answer: 1,
  audit: 2_555,
} as const;
export type KeptKind = keyof typeof keptDays;
export type RetentionDays = Readonly<Record<KeptKind, number>>;

/** Six years: what HIPAA asks of documentation. */
const leastDays: Partial<RetentionDays> = { audit: 2_192 };
const mostDays = 36_500;
const keyBytes = 32;

/** DATA_KEY as an object that prints and serialises as nothing; required in production. */
export function readDataKey(read: Reader, problems: string[], production: boolean): KeyObject | undefined {
  const text = read.text('DATA_KEY');
  if (text === undefined) {
    if (production)
      problems.push('DATA_KEY is required in production: 32 random bytes, from `openssl rand -base64 32`.');
    return undefined;
  }
  const bytes = keyFrom(text);
  if (bytes !== undefined) return createSecretKey(bytes);
  problems.push(
    'DATA_KEY must be 32 bytes in base64 or as 64 hex digits: `openssl rand -base64 32` makes one.',
  );
  return undefined;
}

function keyFrom(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  const bytes = /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  return bytes?.length === keyBytes ? bytes : undefined;
}

/** `conversation=30,booking=2555`: a kind that is left out is kept as long as usual. */
export function readRetention(list: string, problems: string[]): RetentionDays {
  const days: Record<KeptKind, number> = { ...keptDays };
  const named = new Set<KeptKind>();
  for (const entry of list.split(',').filter((text) => text.trim() !== '')) {
    const [, name, number] = /^\s*(\w+)\s*=\s*(\d{1,5})\s*$/.exec(entry) ?? [];
    const kind = kinds.find((candidate) => candidate === name);
    if (kind === undefined || number === undefined) {
      problems.push(
        `RETENTION_DAYS must look like conversation=30,booking=2555; its kinds are ${kinds.join(', ')}.`,
      );
      continue;
    }
    const least = leastDays[kind] ?? 1;
    if (named.has(kind)) problems.push(`RETENTION_DAYS names ${kind} twice.`);
    else if (Number(number) < least || Number(number) > mostDays)
      problems.push(`RETENTION_DAYS: ${kind} must be from ${least} to ${mostDays} days.`);
    named.add(kind);
    days[kind] = Number(number);
  }
  return days;
}

const kinds: readonly KeptKind[] = ['conversation', 'booking', 'message', 'contact', 'answer', 'audit'];
