// The log: one JSON line an event, with fields from an allow-list, so that nothing about a person can slip in.
import pino from 'pino';
import type { Log, LogFields } from '../services/ports.ts';

/** Facts about the program; a field that is not here is dropped. A booking goes by its random reference; neither its id (a hash that could be guessed back) nor a person's is ever logged. */
const allowedFields = new Set([
  'at',
  'channel',
  'code',
  'count',
  'doctorId',
  'documents',
  'ehr',
  'error',
  'generation',
  'host',
  'kind',
  'loadMs',
  'officeId',
  'outcome',
  'port',
  'reason',
  'ref',
  'retryAfterSeconds',
  'route',
  'scopes',
  'signal',
  'state',
  'status',
  'undelivered',
]);
const maxLength = 300;

/** Writes to `destination` (standard error unless told; what people read goes to standard output), e.g. `{"level":"info","time":1739880000000,"event":"listening","port":3978}`. */
export function createLog(now: () => number, destination?: { write(line: string): void }): Log {
  const options = {
    base: null,
    messageKey: 'event',
    timestamp: () => `,"time":${now()}`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = pino(options, destination ?? pino.destination({ dest: 2, sync: true }));
  return {
    info: (event, fields) => logger.info(allowed(fields), event),
    warn: (event, fields) => logger.warn(allowed(fields), event),
    error: (event, fields) => logger.error(allowed(fields), event),
  };
}

/** Whether a field may be logged. */
export const isLoggable = (field: string): boolean => allowedFields.has(field);

function allowed(fields: LogFields = {}): LogFields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => isLoggable(name))
      .map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, maxLength) : value]),
  );
}
