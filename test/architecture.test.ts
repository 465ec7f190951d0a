// The house's walls, held by reading the sources: who may import whom, and what only the composition root may touch.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const rooms = ['bot', 'dialogs', 'services'];

interface Source {
  readonly file: string;
  readonly text: string;
  /** Without comments, string contents and patterns, for looking at the code alone. */
  readonly code: string;
  /** Modules it names: project files as paths from the root, packages by name, `node:` for Node's own. */
  readonly imports: readonly string[];
}

const importStatement =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

function readSource(file: string): Source {
  const text = readFileSync(path.join(root, file), 'utf8');
  const imports = [...text.matchAll(importStatement)].map(([, from, bare, dynamic]) => {
    const named = from ?? bare ?? dynamic ?? '';
    if (named.startsWith('node:')) return 'node:';
    if (named.startsWith('.')) return path.join(path.dirname(file), named);
    return named
      .split('/')
      .slice(0, named.startsWith('@') ? 2 : 1)
      .join('/');
  });
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(
      /(?<=[=(,:[?|&]\s*|\n\s*)\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[dgimsuvy]*/g,
      '/./',
    )
    .replace(/\/\/.*$/gm, '');
  return { file, text, code, imports };
}

const sources: readonly Source[] = rooms.flatMap((room) =>
  readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readSource(path.join(room, file))),
);

/** The files of `from` that import a project file outside `allowed`. */
function crossings(from: RegExp, allowed: RegExp): readonly string[] {
  return sources
    .filter(({ file }) => from.test(file))
    .flatMap(({ file, imports }) =>
      imports
        .filter((named) => rooms.some((room) => named.startsWith(`${room}/`)) && !allowed.test(named))
        .map((named) => `${file} -> ${named}`),
    );
}
/** Files whose code (or imports) answer to `has`. */
const where = (has: (source: Source) => boolean): readonly string[] =>
  sources
    .filter(has)
    .map(({ file }) => file)
    .sort();
const importing = (name: string) => where(({ imports }) => imports.includes(name));

describe('what is examined', () => {
  it('is every room, and their imports were found', () => {
    for (const [room, least] of [
      ['bot', 20],
      ['dialogs', 15],
      ['services', 50],
    ] as const) {
      const inRoom = sources.filter(({ file }) => file.startsWith(`${room}/`));
      expect(inRoom.length, room).toBeGreaterThanOrEqual(least);
    }
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(300);
    expect(sources.filter(({ imports }) => imports.length === 0).length).toBeLessThan(sources.length / 5);
  });

  it('sees static, type-only, multi-line and dynamic imports', () => {
    const main = readSource('bot/main.ts');
    expect(main.imports).toEqual(
      expect.arrayContaining([
        'node:',
        'services/config.ts',
        'services/ports.ts',
        'services/store/index.ts',
        'bot/edge.ts',
      ]),
    );
    expect(readSource('services/ports.ts').imports).toEqual(['services/domain.ts']);
  });

  it('imports carry their extension', () => {
    const without = sources.flatMap(({ file, imports }) =>
      imports
        .filter((named) => /^(bot|dialogs|services)\//.test(named) && !/\.(ts|cjs|js)$/.test(named))
        .map((named) => `${file} -> ${named}`),
    );
    expect(without).toEqual([]);
  });
});

describe('who may import whom', () => {
  it.each<[rule: string, from: RegExp, allowed: RegExp]>([
    ['the domain imports nothing', /^services\/domain\.ts$/, /^$/],
    ['ports import the domain', /^services\/ports\.ts$/, /^services\/domain\.ts$/],
    ['use cases and pure modules import no adapter', /^services\/[^/]+\.ts$/, /^services\/[^/]+\.ts$/],
    [
      'EHR adapters: domain, ports, themselves',
      /^services\/ehr\//,
      /^services\/(domain|ports)\.ts$|^services\/ehr\//,
    ],
    [
      'stores: domain, ports, themselves',
      /^services\/store\//,
      /^services\/(domain|ports)\.ts$|^services\/store\//,
    ],
    [
      'notifiers: domain, ports, themselves',
      /^services\/notify\//,
      /^services\/(domain|ports)\.ts$|^services\/notify\//,
    ],
    ['the sandbox is another system', /^services\/sandbox\//, /^services\/sandbox\//],
    [
      'dialogs: dialogs, domain, use cases, confirmation',
      /^dialogs\//,
      /^dialogs\/|^services\/(domain|use-cases|agenda-cases|identity-cases|visit-cases|confirmation|ports)\.ts$/,
    ],
    [
      'the edge leaves adapters to its composition roots',
      /^bot\/(?!(main|background)\.ts$|connect|(understand|audit|data)-cli\.ts$)/,
      /^bot\/|^dialogs\/|^services\/[^/]+\.ts$/,
    ],
  ])('%s', (_, from, allowed) => {
    expect(sources.filter(({ file }) => from.test(file)).length).toBeGreaterThan(0);
    expect(crossings(from, allowed)).toEqual([]);
  });

  it('dialogs take of the ports only types', () => {
    const values = where(
      ({ file, text }) =>
        file.startsWith('dialogs/') && /^import (?!type\b)[^;]*services\/(ports|use-cases)\.ts'/m.test(text),
    );
    expect(values).toEqual([]);
  });

  it('nothing points outside the project', () => {
    expect(where(({ text }) => /\.\.\/shared|\/work\//.test(text))).toEqual([]);
  });
});

describe('packages stay where they belong', () => {
  it('botbuilder is behind few files', () => {
    const value = where(({ text }) => /^import (?!type\b)(?:[^;]*?)from 'botbuilder'/m.test(text));
    expect(value).toEqual([
      'bot/auth.ts',
      'bot/state.ts',
      'bot/turn.ts',
      ...value.filter((file) => file === 'dialogs/flow.ts' || file === 'dialogs/root.ts'),
    ]);
    expect(importing('botbuilder').filter((file) => !file.startsWith('bot/'))).toEqual(
      importing('botbuilder').filter((file) => /^dialogs\/(flow|root|reply)\.ts$/.test(file)),
    );
    expect(
      importing('botbuilder-dialogs').filter((file) => !/^dialogs\/(flow|root)\.ts$/.test(file)),
    ).toEqual([]);
  });

  it.each<[name: string, allowed: RegExp]>([
    ['axios', /^services\/ehr\/|^bot\/chat-client\.ts$/],
    ['lowdb', /^services\/store\//],
    ['restify', /^bot\//],
    ['pino', /^bot\/log\.ts$/],
    ['nodemailer', /^services\/notify\/email\.ts$/],
    ['twilio', /^services\/notify\/sms\.ts$/],
    ['ical-generator', /^services\/notify\/calendar\.ts$/],
    ['timezones-ical-library', /^services\/notify\/calendar\.ts$/],
    ['fflate', /^bot\/teams-app\.ts$/],
    ['ws', /^bot\/directline/],
  ])('%s', (name, allowed) => {
    expect(importing(name).length, `${name} is used`).toBeGreaterThan(0);
    expect(importing(name).filter((file) => !allowed.test(file))).toEqual([]);
  });

  it('what sends messages is loaded only where NOTIFY names it', () => {
    const statically = /^import (?!type\b)[^;]*(services\/notify\/\w+|services\/outbox)\.ts'/m;
    const among = /^import (?!type\b)[^;]*'\.\/(email|sms)\.ts'/m;
    expect(where(({ text }) => statically.test(text))).toEqual([]);
    expect(where(({ file, text }) => file.startsWith('services/notify/') && among.test(text))).toEqual([]);
    expect(where(({ text }) => /\bimport\('\.\/(email|sms)\.ts'\)/.test(text))).toEqual([
      'services/notify/index.ts',
    ]);
  });

  it('the sandbox needs only Node, zod and luxon', () => {
    const packages = sources
      .filter(({ file }) => file.startsWith('services/sandbox/'))
      .flatMap(({ imports }) => imports.filter((named) => !named.startsWith('services/')));
    expect([...new Set(packages)].filter((name) => !['node:', 'zod', 'luxon'].includes(name))).toEqual([]);
  });
});

describe('time, environment and types', () => {
  /** Programs of their own: they compose, like main.ts. */
  const compositionRoots =
    /^bot\/(main|chat-cli|understand-cli|connect(-cli)?|teams-package|audit-cli|data-cli)\.ts$/;
  const outside = (pattern: RegExp) =>
    where(({ file, code }) => pattern.test(code) && !compositionRoots.test(file));

  it('the patterns find what they look for', () => {
    expect(where(({ code }) => /\bprocess\.env\b/.test(code))).toContain('bot/main.ts');
    expect(where(({ code }) => /\bDate\.now\b/.test(code))).toContain('bot/main.ts');
  });

  it.each<[what: string, pattern: RegExp]>([
    ['the environment', /\bprocess\.env\b/],
    ['the clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bDateTime\.(now|local|utc)\(\s*\)|\bperformance\.now\b/],
    ['randomness without a source', /\bMath\.random\b/],
  ])('only composition roots read %s', (_, pattern) => {
    expect(outside(pattern)).toEqual([]);
  });

  it('no any, no silenced compiler, no assertion of not-null', () => {
    expect(where(({ code }) => /[:<|&,(]\s*any\b|\bas any\b/.test(code))).toEqual([]);
    expect(where(({ text }) => /@ts-(ignore|expect-error|nocheck)/.test(text))).toEqual([]);
  });

  it('casts are in the domain’s id constructors only', () => {
    const casts = where(({ code }) =>
      /[\w)\]}]\s+as\s+(?!const\b)[A-Z{[(\w]/.test(code.replace(/^(import|export)\b[^;]*;/gm, '')),
    );
    expect(casts.filter((file) => file !== 'services/domain.ts')).toEqual([]);
  });

  it('no file is longer than 220 lines, but for the types of the domain and of its ports', () => {
    const long = where(({ text }) => text.split('\n').length > 221);
    expect(long.filter((file) => !['services/domain.ts', 'services/ports.ts'].includes(file))).toEqual([]);
  });

  it('every file begins by saying what it is for', () => {
    expect(where(({ text }) => !/^(#!.*\n)?(\/\/ \S|\/\*\*? ?\S)/.test(text))).toEqual([]);
  });
});
