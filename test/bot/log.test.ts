// The log's allow-list, and that every field which the code logs is on it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog, isLoggable } from '../../bot/log.ts';

describe('a line', () => {
  it('is JSON with a level, the time that was passed in, and allowed fields only', () => {
    const lines: string[] = [];
    const log = createLog(() => 1_739_800_000_000, { write: (line) => lines.push(line) });
    const fields = { port: 3978, patientName: 'Marked Name', text: 'marked text', reason: 'x'.repeat(900) };
    log.info('listening', fields);
    log.warn('odd');
    log.error('bad', { kind: 'unknown' });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: 'info', time: 1_739_800_000_000, event: 'listening', port: 3978, reason: 'x'.repeat(300) },
      { level: 'warn', time: 1_739_800_000_000, event: 'odd' },
      { level: 'error', time: 1_739_800_000_000, event: 'bad', kind: 'unknown' },
    ]);
  });
});

describe('the code', () => {
  const root = path.join(import.meta.dirname, '../..');
  const files = ['bot', 'dialogs', 'services'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(folder, file)),
  );
  const calls = files.flatMap((file) =>
    [
      ...readFileSync(path.join(root, file), 'utf8').matchAll(/\blog\??\.(?:info|warn|error)\(([^;]*?)\);/gs),
    ].map(([, args = '']) => ({ file, args })),
  );

  it('logs', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(calls.length).toBeGreaterThan(15);
  });

  // `event`: handed on by a function whose callers name the phrase.
  it('logs fixed phrases, never built from input', () => {
    expect(calls.filter(({ args }) => !/^\s*('[^'$]+'|event\b)/.test(args))).toEqual([]);
  });

  it('logs fields that are on the allow-list', () => {
    const named = calls.flatMap(({ file, args }) => {
      const body = /^\s*'[^']+'\s*,\s*\{(.*)\}\s*,?\s*$/s.exec(args)?.[1] ?? '';
      const fields = [...body.matchAll(/(?:^|,)\s*(\w+)\s*(?=[:,}]|$)/g)].map(([, name = '']) => name);
      return fields.filter((name) => !isLoggable(name)).map((name) => `${file}: ${name}`);
    });
    expect(named).toEqual([]);
  });
});
