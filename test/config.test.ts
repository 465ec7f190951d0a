// The settings: their defaults, every bad value, and .env.example held equal to what is read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect, parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Config, parseConfig } from '../services/config.ts';

const secret = 'an-invented-secret-of-40-characters-0123';
const bot = { MicrosoftAppId: 'app', MicrosoftAppPassword: secret };
const dataKey = Buffer.alloc(32, 7);
const production = {
  NODE_ENV: 'production',
  TOKEN_SECRET: secret,
  DATA_KEY: dataKey.toString('base64'),
  ...bot,
};
const drchrono = {
  EHR: 'drchrono',
  DRCHRONO_CLIENT_ID: 'client',
  DRCHRONO_CLIENT_SECRET: secret,
  PRACTICE_NAME: 'Elm Street Clinic',
  PRACTICE_PHONE: '(518) 555-0199',
};

const guid = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';

const sandboxPractice = { name: 'Riverbend Family Practice', phone: '(518) 555-0112' };

const sandboxTwilio = {
  accountSid: 'AC00000000000000000000000000000000',
  authToken: 'sandbox-twilio-token',
  from: '+15185550112',
};

function parsed(env: Record<string, string>): Config {
  const config = parseConfig(env);
  if (!config.ok) throw new Error(config.error.join('\n'));
  return config.value;
}
const problems = (env: Record<string, string>): readonly string[] => {
  const config = parseConfig(env);
  return config.ok ? [] : config.error;
};

describe('defaults', () => {
  it('with nothing set', () => {
    expect(parsed({})).toEqual({
      production: false,
      port: 3978,
      host: '127.0.0.1',
      bot: undefined,
      ehr: { name: 'sandbox', port: 3979 },
      overlapScope: 'room',
      store: 'json',
      dataFolder: 'data/store',
      practice: { ...sandboxPractice, color: '#0b5f7a' },
      numbers: { emergency: '911', crisis: '988' },
      publicUrl: undefined,
      pages: { website: undefined, privacy: undefined, terms: undefined },
      officeTimeZones: new Map([
        ['123456', 'America/New_York'],
        ['234567', 'America/New_York'],
        ['540214', 'America/Chicago'],
      ]),
      openHours: { opensMinute: 480, closesMinute: 1080 },
      leadMinutes: 120,
      horizonDays: 60,
      cancelNoticeMinutes: 0,
      availabilityFreshSeconds: 60,
      holdSeconds: 300,
      identityCallsPerHour: 100,
      notify: {
        channels: [],
        mail: { smtpUrl: '', from: '' },
        text: { ...sandboxTwilio, baseUrl: undefined },
      },
      proof: 'none',
      sessionMinutes: 15,
      apiKey: undefined,
      tokenSecret: undefined,
      dataKey: undefined,
      retentionDays: { conversation: 30, booking: 2555, message: 30, contact: 365, answer: 1, audit: 2555 },
      providers: new Map(),
      chatOrigins: [],
      rates: { userPerMinute: 30, addressPerMinute: 120, apiPerMinute: 600 },
      trustedProxies: 0,
    });
  });

  it('.env.example says the same: it names every setting that is read, and no other, each with its default', () => {
    const example = parseEnv(readFileSync(path.join(import.meta.dirname, '../.env.example'), 'utf8'));
    const read = new Set<string>();
    const watching = (env: object) =>
      new Proxy<Record<string, string>>(
        { ...env },
        {
          get(target, name) {
            if (typeof name !== 'string') return undefined;
            read.add(name);
            return target[name];
          },
        },
      );
    expect(parseConfig(watching({}))).toEqual(parseConfig(watching(example)));
    parseConfig(watching(drchrono));
    expect([...read].sort()).toEqual(Object.keys(example).sort());
  });

  it('the sandbox’s offices are those of the seed', () => {
    const seed = JSON.parse(readFileSync(path.join(import.meta.dirname, '../data/practice.json'), 'utf8'));
    const open = seed.offices.filter((office: { archived: boolean }) => !office.archived);
    const ids = open.map(({ id }: { id: number }) => String(id));
    expect([...parsed({}).officeTimeZones.keys()].sort()).toEqual(ids.sort());
    expect(parsed({}).practice.name).toBe(seed.practice_name);
  });

  it.each<[name: string, env: Record<string, string>, expected: Partial<Config>]>([
    [
      'blank settings count as absent',
      { PORT: ' ', HOST: '', API_KEY: '' },
      { port: 3978, apiKey: undefined },
    ],
    ['with bot credentials everybody may connect', bot, { host: '0.0.0.0' }],
    ['HOST wins', { ...bot, HOST: '10.0.0.1' }, { host: '10.0.0.1' }],
    ['a real EHR has no offices of the sandbox', drchrono, { officeTimeZones: new Map() }],
    [
      'zones',
      { OFFICE_TIME_ZONES: '1=America/Denver, 2 = Europe/Paris' },
      {
        officeTimeZones: new Map([
          ['1', 'America/Denver'],
          ['2', 'Europe/Paris'],
        ]),
      },
    ],
    ['opening hours', { OPEN_HOURS: '00:00-24:00' }, { openHours: { opensMinute: 0, closesMinute: 1440 } }],
    [
      'origins',
      { CHAT_ORIGINS: 'https://a.example/,http://localhost:8080' },
      { chatOrigins: ['https://a.example', 'http://localhost:8080'] },
    ],
    [
      'a colour that white text can just be read on',
      { PRACTICE_COLOR: '#767676' },
      { practice: { ...sandboxPractice, color: '#767676' } },
    ],
    [
      'a colour in capitals',
      { PRACTICE_COLOR: '#8A1538' },
      { practice: { ...sandboxPractice, color: '#8a1538' } },
    ],
    ['any API key outside production', { API_KEY: 'x' }, { apiKey: 'x' }],
    [
      'rates and proxies',
      {
        RATE_USER_PER_MINUTE: '5',
        RATE_ADDRESS_PER_MINUTE: '6',
        RATE_API_PER_MINUTE: '7',
        TRUSTED_PROXIES: '2',
      },
      { rates: { userPerMinute: 5, addressPerMinute: 6, apiPerMinute: 7 }, trustedProxies: 2 },
    ],
    [
      'days of some kinds',
      { RETENTION_DAYS: 'conversation=7, audit=2192' },
      {
        retentionDays: { conversation: 7, booking: 2555, message: 30, contact: 365, answer: 1, audit: 2192 },
      },
    ],
    ['a real EHR without messages', drchrono, { proof: 'front-desk' }],
    ['in production too', { ...production, ...drchrono }, { proof: 'front-desk', production: true }],
    ['messages prove who somebody is', { NOTIFY: 'sms' }, { proof: 'code' }],
    ['a longer session', { SESSION_MINUTES: '30' }, { sessionMinutes: 30 }],
    ['production', production, { production: true, tokenSecret: secret }],
    [
      'an EHR on this machine over http',
      { ...drchrono, DRCHRONO_BASE_URL: 'http://127.0.0.1:3979' },
      {
        ehr: {
          name: 'drchrono',
          baseUrl: 'http://127.0.0.1:3979',
          clientId: 'client',
          clientSecret: secret,
          refreshToken: undefined,
        },
      },
    ],
  ])('%s', (_, env, expected) => {
    expect(parsed(env)).toMatchObject(expected);
  });

  it.each(['base64', 'base64url', 'hex'] as const)(
    'a data key in %s, which neither printing nor JSON shows',
    (encoding) => {
      const text = dataKey.toString(encoding);
      const config = parsed({ DATA_KEY: text });
      expect(config.dataKey?.export()).toEqual(dataKey);
      expect(inspect(config, { depth: 9, showHidden: true }) + JSON.stringify(config)).not.toContain(text);
    },
  );
});

describe('problems', () => {
  it.each<[env: Record<string, string>, ...named: RegExp[]]>([
    [{ PORT: '70000' }, /^PORT must be a whole number from 0 to 65535\.$/],
    [{ PORT: '1e3' }, /^PORT must/],
    [{ PORT: '-1' }, /^PORT must/],
    [{ SANDBOX_PORT: 'x' }, /^SANDBOX_PORT must/],
    [{ HOST: 'a b' }, /^HOST must/],
    [{ NODE_ENV: 'prod' }, /^NODE_ENV must be development or production or test\.$/],
    [{ MicrosoftAppType: 'Other', ...bot }, /^MicrosoftAppType must/],
    [{ MicrosoftAppPassword: secret }, /MicrosoftAppId is not/],
    [{ MicrosoftAppId: 'app' }, /^MicrosoftAppPassword is required/],
    [{ ...bot, MicrosoftAppType: 'SingleTenant' }, /^MicrosoftAppTenantId is required/],
    [{ MicrosoftAppId: 'app', MicrosoftAppType: 'UserAssignedMSI' }, /^MicrosoftAppTenantId is required/],
    [{ EHR: 'epic' }, /^EHR must be sandbox or drchrono\.$/],
    [{ EHR: 'drchrono', PRACTICE_NAME: 'x' }, /^DRCHRONO_CLIENT_ID/, /^DRCHRONO_CLIENT_SECRET/],
    [{ DRCHRONO_BASE_URL: 'http://app.drchrono.com' }, /^DRCHRONO_BASE_URL must be an origin/],
    [{ DRCHRONO_BASE_URL: 'https://app.drchrono.com/api' }, /^DRCHRONO_BASE_URL/],
    [{ DRCHRONO_BASE_URL: 'https://user:pw@app.drchrono.com' }, /^DRCHRONO_BASE_URL/],
    [{ DRCHRONO_BASE_URL: 'http://127.0.0.1.example.com' }, /^DRCHRONO_BASE_URL/],
    [{ EHR_OVERLAP_SCOPE: 'off' }, /^EHR_OVERLAP_SCOPE must be room or doctor\.$/],
    [{ STORE: 'redis' }, /^STORE must be json\.$/],
    [{ OFFICE_TIME_ZONES: '123456' }, /^OFFICE_TIME_ZONES must look like/],
    [{ OFFICE_TIME_ZONES: '1=Mars/Olympus' }, /the zone of office 1 is not an IANA/],
    [{ OFFICE_TIME_ZONES: '1=EST5' }, /the zone of office 1/],
    [{ OFFICE_TIME_ZONES: '1=UTC+3' }, /the zone of office 1/],
    [{ OFFICE_TIME_ZONES: '1=America/Denver,1=America/Chicago' }, /names office 1 twice/],
    [{ OPEN_HOURS: '8-18' }, /^OPEN_HOURS must look like/],
    [{ OPEN_HOURS: '18:00-08:00' }, /^OPEN_HOURS/],
    [{ OPEN_HOURS: '08:00-25:00' }, /^OPEN_HOURS/],
    [{ LEAD_MINUTES: '-5' }, /^LEAD_MINUTES/],
    [{ HORIZON_DAYS: '0' }, /^HORIZON_DAYS/],
    [{ AVAILABILITY_FRESH_SECONDS: '1.5' }, /^AVAILABILITY_FRESH_SECONDS/],
    [{ HOLD_SECONDS: '3601' }, /^HOLD_SECONDS/],
    [{ PUBLIC_URL: 'book.example.com' }, /^PUBLIC_URL must be an origin/],
    [{ PUBLIC_URL: 'http://book.example.com' }, /^PUBLIC_URL must be an origin/],
    [{ PUBLIC_URL: 'https://example.com/book' }, /^PUBLIC_URL must be an origin/],
    [{ IDENTITY_CALLS_PER_HOUR: '501' }, /^IDENTITY_CALLS_PER_HOUR/],
    [{ RATE_USER_PER_MINUTE: '0' }, /^RATE_USER_PER_MINUTE must be a whole number from 1 to/],
    [{ RATE_ADDRESS_PER_MINUTE: 'many' }, /^RATE_ADDRESS_PER_MINUTE must/],
    [{ RATE_API_PER_MINUTE: '-1' }, /^RATE_API_PER_MINUTE must/],
    [{ TRUSTED_PROXIES: '11' }, /^TRUSTED_PROXIES must be a whole number from 0 to 10\.$/],
    [{ PRACTICE_WEBSITE: 'www.example.com' }, /^PRACTICE_WEBSITE must be the address of a page/],
    [{ PRACTICE_PRIVACY_URL: 'http://www.example.com' }, /^PRACTICE_PRIVACY_URL must/],
    [{ PRACTICE_COLOR: 'teal' }, /^PRACTICE_COLOR must be a colour such as #0b5f7a\.$/],
    [{ PRACTICE_COLOR: '#abc' }, /^PRACTICE_COLOR must/],
    [{ PRACTICE_COLOR: '#777777' }, /^PRACTICE_COLOR is too light/],
    [{ PROVIDERS: 'tenant/person=1' }, /^PROVIDERS must look like tenantId\/aadObjectId=doctorId/],
    [{ PROVIDERS: `${guid}/${guid}=1,${guid}/${guid.toUpperCase()}=2` }, /^PROVIDERS names an account twice/],
    [{ CHAT_ORIGINS: 'www.example.com' }, /^CHAT_ORIGINS/],
    [{ CHAT_ORIGINS: 'https://a.example,http://b.example' }, /^CHAT_ORIGINS/],
    [{ CHAT_ORIGINS: 'https://a.example/page' }, /^CHAT_ORIGINS/],
    [
      { ...production, MicrosoftAppId: '', MicrosoftAppPassword: '' },
      /^NODE_ENV=production needs MicrosoftAppId/,
    ],
    [{ ...production, DATA_KEY: '' }, /^DATA_KEY is required in production/],
    [{ NODE_ENV: 'production' }, /MicrosoftAppId/, /^TOKEN_SECRET/, /^DATA_KEY/],
    [{ DATA_KEY: 'short' }, /^DATA_KEY must be 32 bytes/],
    [{ DATA_KEY: 'g'.repeat(64) }, /^DATA_KEY must be 32 bytes/],
    [{ DATA_KEY: Buffer.alloc(31).toString('base64') }, /^DATA_KEY must be 32 bytes/],
    [{ DATA_KEY: Buffer.alloc(33).toString('base64') }, /^DATA_KEY must be 32 bytes/],
    [{ RETENTION_DAYS: '30' }, /^RETENTION_DAYS must look like/],
    [{ RETENTION_DAYS: 'token=30' }, /^RETENTION_DAYS must look like .*conversation, booking/],
    [{ RETENTION_DAYS: 'conversation=0' }, /^RETENTION_DAYS: conversation must be from 1 to/],
    [{ RETENTION_DAYS: 'booking=40000' }, /^RETENTION_DAYS: booking must be from 1 to 36500/],
    [{ RETENTION_DAYS: 'audit=2191' }, /^RETENTION_DAYS: audit must be from 2192/],
    [{ RETENTION_DAYS: 'answer=1,answer=2' }, /^RETENTION_DAYS names answer twice/],
    [{ ...production, TOKEN_SECRET: '' }, /^TOKEN_SECRET is required in production/],
    [{ ...production, TOKEN_SECRET: 'short' }, /^TOKEN_SECRET is required in production/],
    [{ ...production, API_KEY: 'short' }, /^API_KEY must be at least 32/],
    [{ SESSION_MINUTES: '0' }, /^SESSION_MINUTES must be a whole number from 1 to 1440\.$/],
    [{ PORT: 'x', HORIZON_DAYS: 'y', STORE: 'z' }, /^STORE/, /^PORT/, /^HORIZON_DAYS/],
  ])('%j', (env, ...named) => {
    const found = problems(env);
    expect(found).toHaveLength(named.length);
    for (const pattern of named) expect(found).toContainEqual(expect.stringMatching(pattern));
  });

  it('are sentences, and never repeat a value', () => {
    const marked = 'marked-value';
    const names = [
      ...'PORT HOST NODE_ENV EHR STORE OPEN_HOURS OFFICE_TIME_ZONES CHAT_ORIGINS MicrosoftAppPassword'.split(
        ' ',
      ),
      'DRCHRONO_BASE_URL',
      'MicrosoftAppType',
      'PRACTICE_COLOR',
      'PRACTICE_WEBSITE',
      'DATA_KEY',
      'RETENTION_DAYS',
    ];
    const found = problems(Object.fromEntries(names.map((name) => [name, `${marked} !`])));
    expect(found.length).toBe(names.length);
    expect(found.join('\n')).not.toContain(marked);
    for (const problem of found) expect(problem).toMatch(/^[A-Z].*\.$/);
  });
});

describe('messages', () => {
  const twilio = {
    TWILIO_ACCOUNT_SID: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    TWILIO_AUTH_TOKEN: secret,
    TWILIO_FROM: '+15185550199',
  };
  const mail = { SMTP_URL: `smtps://clinic:${secret}@mail.example.com`, MAIL_FROM: 'desk@example.com' };

  it('need what NOTIFY names, all in one answer', () => {
    const { PRACTICE_NAME: _name, ...nameless } = drchrono;
    expect(problems({ ...nameless, NOTIFY: 'email, sms' })).toEqual([
      'PRACTICE_NAME and PRACTICE_PHONE are required with NOTIFY: every message carries both.',
      'SMTP_URL is required with NOTIFY=email.',
      'MAIL_FROM is required with NOTIFY=email.',
      'TWILIO_ACCOUNT_SID is required with NOTIFY=sms.',
      'TWILIO_AUTH_TOKEN is required with NOTIFY=sms.',
      'TWILIO_FROM is required with NOTIFY=sms.',
    ]);
    expect(problems({ NOTIFY: 'email' })).toHaveLength(2);
  });

  it('go through the sandbox’s own Twilio, unless another is named', () => {
    expect(parsed({ NOTIFY: 'sms' }).notify).toMatchObject({
      channels: ['sms'],
      text: { ...sandboxTwilio, baseUrl: undefined },
    });
    const own = 'http://127.0.0.1:9/twilio';
    expect(parsed({ NOTIFY: 'sms', TWILIO_BASE_URL: own, ...twilio }).notify.text.baseUrl).toBe(own);
    expect(problems({ NOTIFY: 'sms', TWILIO_BASE_URL: own })).toHaveLength(3);
    const real = parsed({ ...drchrono, NOTIFY: 'sms,email,sms', ...twilio, ...mail }).notify;
    expect(real.channels).toEqual(['email', 'sms']);
    expect(real.text.baseUrl).toBe('https://api.twilio.com');
  });

  it.each([
    ['NOTIFY', 'fax'],
    ['SMTP_URL', `https://clinic:${secret}@mail.example.com`],
    ['MAIL_FROM', 'Desk <desk@example.com>'],
    ['TWILIO_ACCOUNT_SID', 'SK123'],
    ['TWILIO_FROM', '(518) 555-0199'],
    ['TWILIO_BASE_URL', 'http://twilio.example.com'],
    ['TWILIO_BASE_URL', 'https://user@twilio.example.com'],
  ])('%s=%s is refused, and not repeated', (name, value) => {
    const [problem = '', ...others] = problems({ ...twilio, ...mail, [name]: value });
    expect(others).toEqual([]);
    expect(problem).toContain(name);
    expect(problem).not.toContain(secret);
    expect(problem).not.toContain(value);
  });
});
