// The settings: read once from the environment, every problem reported at once as a sentence. Secrets are never printed.
import type { KeyObject } from 'node:crypto';
import { type BotCredentials, type EhrConfig, readBot, readEhr } from './config-accounts.ts';
import { type NotifySettings, readNotify } from './config-notify.ts';
import { type RetentionDays, readDataKey, readRetention } from './config-record.ts';
import {
  type Environment,
  type OpenHours,
  originOf,
  type Reader,
  readColor,
  readHours,
  readOrigins,
  readProviders,
  readZones,
  settingsReader,
} from './config-values.ts';
import { type DoctorId, fail, ok, type Result } from './domain.ts';
import type { Proof } from './identity-cases.ts';

export interface Config {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  readonly bot: BotCredentials | undefined;
  readonly ehr: EhrConfig;
  readonly overlapScope: 'room' | 'doctor';
  readonly store: 'json';
  readonly dataFolder: string;
  /** `color`: `#rrggbb`, dark enough for white text. */
  readonly practice: { readonly name: string; readonly phone: string; readonly color: string };
  /** Whom the bot tells patients to call at once: in an emergency, and in a crisis of the mind. */
  readonly numbers: { readonly emergency: string; readonly crisis: string };
  /** Where patients reach this server, e.g. `https://book.clinic.example`: for links on channels other than our own web chat. */
  readonly publicUrl: string | undefined;
  /** The practice's own pages, as a Teams app names them. */
  readonly pages: {
    readonly website: string | undefined;
    readonly privacy: string | undefined;
    readonly terms: string | undefined;
  };
  /** Office id -> IANA zone. */
  readonly officeTimeZones: ReadonlyMap<string, string>;
  readonly openHours: OpenHours;
  readonly leadMinutes: number;
  readonly horizonDays: number;
  /** Patients cancel and move visits here until so long before. */
  readonly cancelNoticeMinutes: number;
  readonly availabilityFreshSeconds: number;
  /** How long a picked time is held for its patient; 0: not at all. */
  readonly holdSeconds: number;
  readonly identityCallsPerHour: number;
  readonly notify: NotifySettings;
  /** How patients prove who they are. */
  readonly proof: Proof;
  /** How long who was identified stays so in silence. */
  readonly sessionMinutes: number;
  readonly apiKey: string | undefined;
  /** Absent outside production: main makes one into the data folder. */
  readonly tokenSecret: string | undefined;
  /** Seals documents on disk; required in production. */
  readonly dataKey: KeyObject | undefined;
  readonly retentionDays: RetentionDays;
  /** Teams accounts of providers, each with its doctor. */
  readonly providers: ReadonlyMap<string, DoctorId>;
  readonly chatOrigins: readonly string[];
  /** What a conversation, an address and the API key may ask for in a minute. */
  readonly rates: {
    readonly userPerMinute: number;
    readonly addressPerMinute: number;
    readonly apiPerMinute: number;
  };
  /** How many proxies stand in front, each of which writes down whom it saw. */
  readonly trustedProxies: number;
}

/** What the sandbox practice is called and where its offices are, for the settings that were left out. */
export const sandboxDefaults = {
  practiceName: 'Riverbend Family Practice',
  practicePhone: '(518) 555-0112',
  officeTimeZones: '123456=America/New_York,234567=America/New_York,540214=America/Chicago',
} as const;

const secretLength = 32;

/** Reads every setting of `.env.example`. A blank setting counts as absent. All problems come back together. */
export function parseConfig(env: Environment): Result<Config, readonly string[]> {
  const problems: string[] = [];
  const read = settingsReader(env, problems);

  const production =
    read.choice('NODE_ENV', ['development', 'production', 'test'], 'development') === 'production';
  const bot = readBot(read, problems);
  if (production && bot === undefined) {
    problems.push(
      'NODE_ENV=production needs MicrosoftAppId: without it nobody who writes to the bot is authenticated.',
    );
  }
  const ehr = readEhr(read, problems);
  const sandbox = ehr.name === 'sandbox';

  const practiceName = read.text('PRACTICE_NAME') ?? (sandbox ? sandboxDefaults.practiceName : '');
  const practicePhone = read.text('PRACTICE_PHONE') ?? (sandbox ? sandboxDefaults.practicePhone : '');
  const apiKey = read.text('API_KEY');
  if (production && apiKey !== undefined && apiKey.length < secretLength) {
    problems.push(`API_KEY must be at least ${secretLength} characters long in production.`);
  }
  const tokenSecret = read.text('TOKEN_SECRET');
  if (production && (tokenSecret === undefined || tokenSecret.length < secretLength)) {
    problems.push(`TOKEN_SECRET is required in production, at least ${secretLength} characters long.`);
  }

  const notify = readNotify(read, problems, {
    sandbox,
    practiceKnown: practiceName !== '' && practicePhone !== '',
  });

  const config: Config = {
    production,
    port: read.integer('PORT', 3978, 0, 65_535),
    host: readHost(read, problems) ?? (bot === undefined ? '127.0.0.1' : '0.0.0.0'),
    bot,
    ehr,
    overlapScope: read.choice('EHR_OVERLAP_SCOPE', ['room', 'doctor'], 'room'),
    store: read.choice('STORE', ['json'], 'json'),
    dataFolder: read.text('DATA_DIR') ?? 'data/store',
    practice: {
      name: practiceName,
      phone: practicePhone,
      color: readColor(read.text('PRACTICE_COLOR') ?? '#0b5f7a', problems),
    },
    numbers: {
      emergency: read.phone('EMERGENCY_NUMBER', '911'),
      crisis: read.phone('CRISIS_NUMBER', '988'),
    },
    publicUrl: readPublicUrl(read, problems),
    pages: {
      website: read.page('PRACTICE_WEBSITE'),
      privacy: read.page('PRACTICE_PRIVACY_URL'),
      terms: read.page('PRACTICE_TERMS_URL'),
    },
    officeTimeZones: readZones(
      read.text('OFFICE_TIME_ZONES') ?? (sandbox ? sandboxDefaults.officeTimeZones : ''),
      problems,
    ),
    openHours: readHours(read.text('OPEN_HOURS') ?? '08:00-18:00', problems),
    leadMinutes: read.integer('LEAD_MINUTES', 120, 0, 43_200),
    horizonDays: read.integer('HORIZON_DAYS', 60, 1, 365),
    cancelNoticeMinutes: read.integer('CANCEL_NOTICE_MINUTES', 0, 0, 43_200),
    availabilityFreshSeconds: read.integer('AVAILABILITY_FRESH_SECONDS', 60, 0, 3600),
    holdSeconds: read.integer('HOLD_SECONDS', 300, 0, 3600),
    identityCallsPerHour: read.integer('IDENTITY_CALLS_PER_HOUR', 100, 1, 500),
    notify,
    // Without a way to send codes: the sandbox's people are invented, a real practice's are not.
    proof: notify.channels.length > 0 ? 'code' : sandbox ? 'none' : 'front-desk',
    sessionMinutes: read.integer('SESSION_MINUTES', 15, 1, 1_440),
    apiKey,
    tokenSecret,
    dataKey: readDataKey(read, problems, production),
    retentionDays: readRetention(read.text('RETENTION_DAYS') ?? '', problems),
    providers: readProviders(read.text('PROVIDERS') ?? '', problems),
    chatOrigins: readOrigins(read.text('CHAT_ORIGINS') ?? '', problems),
    rates: {
      userPerMinute: read.integer('RATE_USER_PER_MINUTE', 30, 1, 1_000_000),
      addressPerMinute: read.integer('RATE_ADDRESS_PER_MINUTE', 120, 1, 1_000_000),
      apiPerMinute: read.integer('RATE_API_PER_MINUTE', 600, 1, 1_000_000),
    },
    trustedProxies: read.integer('TRUSTED_PROXIES', 0, 0, 10),
  };
  return problems.length === 0 ? ok(config) : fail(problems);
}

function readPublicUrl(read: Reader, problems: string[]): string | undefined {
  const value = read.text('PUBLIC_URL');
  const origin = value === undefined ? undefined : originOf(value);
  if (value !== undefined && origin === undefined)
    problems.push('PUBLIC_URL must be an origin such as https://book.example.com, without a path.');
  return origin;
}

function readHost(read: Reader, problems: string[]): string | undefined {
  const host = read.text('HOST');
  if (host !== undefined && !/^[\w.:-]{1,255}$/.test(host))
    problems.push('HOST must be a host name or an address.');
  return host;
}
