// The Teams app package: unzipped again, its manifest checked against the schema's essentials, its icons decoded.
import { inflateSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { teamsPackage } from '../../bot/teams-app.ts';
import { parseConfig } from '../../services/config.ts';

const appId = '7c6bfdb1-0f0e-4d0c-9a53-2f1e8a9b6c10';
const settings = {
  MicrosoftAppId: appId,
  MicrosoftAppPassword: 'an invented password',
  PRACTICE_NAME: 'Riverbend Family Practice and Urgent Care Center',
  PRACTICE_COLOR: '#8a1538',
  PRACTICE_WEBSITE: 'https://riverbend.example/',
  PRACTICE_PRIVACY_URL: 'https://riverbend.example/privacy',
};

function made(env: Record<string, string>) {
  const config = parseConfig(env);
  if (!config.ok) throw new Error(config.error.join('\n'));
  return teamsPackage(config.value, '0.1.0');
}
function filesOf(env: Record<string, string>): Record<string, Uint8Array> {
  const zip = made(env);
  if (!zip.ok) throw new Error(zip.error.join('\n'));
  return unzipSync(zip.value);
}
const jsonIn = (files: Record<string, Uint8Array>, name: string): unknown =>
  JSON.parse(strFromU8(files[name] ?? new Uint8Array()));

// What https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json asks of the parts that we use.
const page = z.url({ protocol: /^https$/ }).max(2048);
const manifest = z.strictObject({
  $schema: z.literal('https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json'),
  manifestVersion: z.literal('1.30'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  id: z.guid(),
  developer: z.strictObject({
    name: z.string().min(1).max(32),
    websiteUrl: page,
    privacyUrl: page,
    termsOfUseUrl: page,
  }),
  localizationInfo: z.strictObject({
    defaultLanguageTag: z.string().regex(/^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,2}$/),
    additionalLanguages: z.array(z.strictObject({ languageTag: z.string(), file: z.string() })),
  }),
  name: z.strictObject({ short: z.string().min(1).max(30), full: z.string().min(1).max(100) }),
  description: z.strictObject({ short: z.string().min(1).max(80), full: z.string().min(1).max(4000) }),
  icons: z.strictObject({ color: z.string(), outline: z.string() }),
  accentColor: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  defaultInstallScope: z.enum(['personal', 'team', 'groupChat', 'meetings', 'copilot']),
  bots: z
    .array(
      z.strictObject({
        botId: z.guid(),
        scopes: z.array(z.enum(['team', 'personal', 'groupChat', 'copilot'])).max(4),
        isNotificationOnly: z.boolean(),
        supportsFiles: z.boolean(),
        commandLists: z
          .array(
            z.strictObject({
              scopes: z.array(z.enum(['team', 'personal', 'groupChat', 'copilot'])).max(4),
              commands: z
                .array(z.strictObject({ title: z.string().max(128), description: z.string().max(4000) }))
                .max(12),
            }),
          )
          .max(3),
      }),
    )
    .length(1),
  validDomains: z.array(z.string()).max(100),
});

describe('the package', () => {
  const files = filesOf(settings);

  it('holds the manifest, the strings and the icons that it names, and nothing else', () => {
    const { icons, localizationInfo } = manifest.parse(jsonIn(files, 'manifest.json'));
    const named = [...Object.values(icons), ...localizationInfo.additionalLanguages.map(({ file }) => file)];
    expect(Object.keys(files).sort()).toEqual(['manifest.json', ...named].sort());
  });

  it('leads to the practice’s bot, in its name and colour', () => {
    expect(manifest.parse(jsonIn(files, 'manifest.json'))).toMatchObject({
      id: appId,
      bots: [{ botId: appId, scopes: ['personal', 'team', 'groupChat'] }],
      name: { short: 'Riverbend Family Practice and ', full: settings.PRACTICE_NAME },
      accentColor: '#8a1538',
      developer: {
        privacyUrl: 'https://riverbend.example/privacy',
        termsOfUseUrl: 'https://riverbend.example/',
      },
    });
  });

  it('speaks Spanish where Teams does: every string has its translation', () => {
    const { bots } = manifest.parse(jsonIn(files, 'manifest.json'));
    const spanish = z.record(z.string(), z.string()).parse(jsonIn(files, 'es.json'));
    expect(spanish['description.short']).toMatch(/^Reserve una cita/);
    for (const at of bots[0]?.commandLists[0]?.commands.keys() ?? [])
      expect(spanish[`bots[0].commandLists[0].commands[${at}].title`]).toBeTruthy();
  });

  it.each([
    ['color.png', 192],
    ['outline.png', 32],
  ])('%s is a PNG of %i pixels square', (name, size) => {
    const png = Buffer.from(files[name] ?? []);
    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    expect([png.toString('latin1', 12, 16), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
      'IHDR',
      size,
      size,
    ]);
    const data = png.subarray(41, 41 + png.readUInt32BE(33));
    const pixels = inflateSync(data);
    expect(pixels).toHaveLength(size * (1 + size * 4));
    const corner = [...pixels.subarray(1, 5)];
    expect(corner).toEqual(name === 'color.png' ? [0x8a, 0x15, 0x38, 255] : [255, 255, 255, 0]);
    expect(pixels.includes(255)).toBe(true);
  });
});

describe('without what it needs there is none, and all of it is said', () => {
  it.each<[Record<string, string>, ...RegExp[]]>([
    [{}, /^MicrosoftAppId is required/, /^PRACTICE_WEBSITE is required/],
    [{ ...settings, MicrosoftAppId: 'my-bot' }, /^MicrosoftAppId must be the GUID/],
    [{ ...settings, PRACTICE_WEBSITE: '' }, /^PRACTICE_WEBSITE is required/],
    [
      {
        ...settings,
        EHR: 'drchrono',
        DRCHRONO_CLIENT_ID: 'x',
        DRCHRONO_CLIENT_SECRET: 'y',
        PRACTICE_NAME: '',
      },
      /^PRACTICE_NAME is required/,
    ],
  ])('%j', (env, ...named) => {
    const zip = made(env);
    expect(zip.ok ? [] : zip.error).toEqual(named.map((pattern) => expect.stringMatching(pattern)));
  });
});
