// The Teams app package as bytes: manifest, its Spanish strings and the icons, from the settings.
// Schema: https://learn.microsoft.com/microsoft-365/extensibility/schema/ (1.30, August 2026).
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';
import type { Config } from '../services/config.ts';
import { fail, ok, type Result } from '../services/domain.ts';
import { colorIcon, outlineIcon } from './teams-icons.ts';

const schemaVersion = '1.30';
const schemas = `https://developer.microsoft.com/json-schemas/teams/v${schemaVersion}`;

const strings = {
  en: {
    short: "Book a doctor's appointment. Reserve una cita con el médico.",
    full: (name: string) =>
      `Book an appointment with ${name} by chat: say who it is for, with whom and when, and have it confirmed at once. You write to it in a private chat; in a team or a group chat it talks about no appointments.`,
    commands: [
      { title: 'book', description: 'Book an appointment' },
      { title: 'español', description: 'Hablar en español' },
      { title: 'help', description: 'What you can write' },
    ],
  },
  es: {
    short: "Reserve una cita con el médico. Book a doctor's appointment.",
    full: (name: string) =>
      `Reserve por chat una cita con ${name}: diga para quién es, con quién y cuándo, y tendrá la confirmación al momento. Se le escribe en un chat privado; en un equipo o en un grupo no habla de citas.`,
    commands: [
      { title: 'cita', description: 'Reservar una cita' },
      { title: 'English', description: 'Speak English' },
      { title: 'ayuda', description: 'Qué puede escribir' },
    ],
  },
};

/** The package as a zip, or what the settings lack for it, as sentences. `version`: of the product; Teams takes an update by it. */
export function teamsPackage(config: Config, version: string): Result<Uint8Array, readonly string[]> {
  const { bot, pages, practice } = config;
  const problems = [
    ...(bot === undefined ? ['MicrosoftAppId is required: the app leads to that bot.'] : []),
    ...(bot !== undefined && !z.guid().safeParse(bot.appId).success
      ? ['MicrosoftAppId must be the GUID of the Azure Bot.']
      : []),
    ...(practice.name === '' ? ['PRACTICE_NAME is required: it is the name of the app.'] : []),
    ...(pages.website === undefined ? ['PRACTICE_WEBSITE is required: Teams shows it with the app.'] : []),
  ];
  if (bot === undefined || pages.website === undefined || problems.length > 0) return fail(problems);
  const { en, es } = strings;
  const name = { short: practice.name.slice(0, 30), full: practice.name.slice(0, 100) };
  const manifest = {
    $schema: `${schemas}/MicrosoftTeams.schema.json`,
    manifestVersion: schemaVersion,
    version,
    id: bot.appId,
    developer: {
      name: practice.name.slice(0, 32),
      websiteUrl: pages.website,
      privacyUrl: pages.privacy ?? pages.website,
      termsOfUseUrl: pages.terms ?? pages.website,
    },
    localizationInfo: {
      defaultLanguageTag: 'en',
      additionalLanguages: [{ languageTag: 'es', file: 'es.json' }],
    },
    name,
    description: { short: en.short, full: en.full(practice.name) },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: practice.color,
    defaultInstallScope: 'personal',
    bots: [
      {
        botId: bot.appId,
        // Where health is private the bot only says so; without these scopes it could not answer there at all.
        scopes: ['personal', 'team', 'groupChat'],
        isNotificationOnly: false,
        supportsFiles: false,
        commandLists: [{ scopes: ['personal'], commands: en.commands }],
      },
    ],
    validDomains: [],
  };
  const spanish = {
    $schema: `${schemas}/MicrosoftTeams.Localization.schema.json`,
    'name.short': name.short,
    'name.full': name.full,
    'description.short': es.short,
    'description.full': es.full(practice.name),
    ...Object.fromEntries(
      es.commands.flatMap(({ description, title }, at) => [
        [`bots[0].commandLists[0].commands[${at}].title`, title],
        [`bots[0].commandLists[0].commands[${at}].description`, description],
      ]),
    ),
  };
  const json = (content: object): Uint8Array => strToU8(`${JSON.stringify(content, null, 2)}\n`);
  return ok(
    zipSync({
      'manifest.json': json(manifest),
      'es.json': json(spanish),
      'color.png': colorIcon(practice.color),
      'outline.png': outlineIcon(),
    }),
  );
}
