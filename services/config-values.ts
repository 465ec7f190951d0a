// Parts of settings: numbers, choices, zones, opening hours, origins, pages, a colour. A bad one adds a sentence to `problems`; values are not repeated.
import { IANAZone } from 'luxon';
import { type DoctorId, doctorId } from './domain.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Minutes after midnight. */
export interface OpenHours {
  readonly opensMinute: number;
  readonly closesMinute: number;
}

export type Reader = ReturnType<typeof settingsReader>;

/** Reads single settings by name; a blank one counts as absent, a bad one is reported and its fallback returned. */
export function settingsReader(env: Environment, problems: string[]) {
  const text = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };
  return {
    text,
    choice<T extends string>(name: string, choices: readonly [T, ...T[]], fallback: T): T {
      const value = text(name);
      if (value === undefined) return fallback;
      const found = choices.find((choice) => choice === value);
      if (found === undefined) problems.push(`${name} must be ${choices.join(' or ')}.`);
      return found ?? fallback;
    },
    /** A number to call, short ones included. */
    phone(name: string, fallback: string): string {
      const value = text(name);
      if (value === undefined) return fallback;
      if (/^\+?[\d() -]{2,20}$/.test(value) && /\d{2}/.test(value)) return value;
      problems.push(`${name} must be a phone number.`);
      return fallback;
    },
    /** The address of a page on the web. */
    page(name: string): string | undefined {
      const value = text(name);
      if (value === undefined || (URL.canParse(value) && new URL(value).protocol === 'https:')) return value;
      problems.push(`${name} must be the address of a page: https://www.example.com/.`);
      return undefined;
    },
    integer(name: string, fallback: number, min: number, max: number): number {
      const value = text(name);
      if (value === undefined) return fallback;
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= min && number <= max) return number;
      problems.push(`${name} must be a whole number from ${min} to ${max}.`);
      return fallback;
    },
  };
}

/** `123456=America/New_York,...` as a map. */
export function readZones(list: string, problems: string[]): ReadonlyMap<string, string> {
  const zones = new Map<string, string>();
  for (const entry of commaList(list)) {
    const [, office, zone] = /^(\w+)\s*=\s*(\S+)$/.exec(entry) ?? [];
    if (office === undefined || zone === undefined) {
      problems.push('OFFICE_TIME_ZONES must look like 123456=America/New_York,123457=America/Chicago.');
    } else if (!zone.includes('/') || !IANAZone.isValidZone(zone)) {
      problems.push(`OFFICE_TIME_ZONES: the zone of office ${office} is not an IANA time zone.`);
    } else if (zones.has(office)) {
      problems.push(`OFFICE_TIME_ZONES names office ${office} twice.`);
    } else zones.set(office, zone);
  }
  return zones;
}

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const providerEntry = new RegExp(`^(${guid})/(${guid})\\s*=\\s*(\\d{1,15})$`, 'i');

/** `tenantId/aadObjectId=doctorId,...` as a map from the account as the edge names it (`bot/account.ts`) to the doctor. */
export function readProviders(list: string, problems: string[]): ReadonlyMap<string, DoctorId> {
  const providers = new Map<string, DoctorId>();
  for (const entry of commaList(list)) {
    const [, tenant, person, doctor] = providerEntry.exec(entry) ?? [];
    const account = `msteams|${tenant}/${person}`.toLowerCase();
    if (doctor === undefined)
      problems.push(
        'PROVIDERS must look like tenantId/aadObjectId=doctorId,..., both ids as Microsoft Entra shows them.',
      );
    else if (providers.has(account)) problems.push('PROVIDERS names an account twice.');
    else providers.set(account, doctorId(doctor));
  }
  return providers;
}

/** `08:00-18:00`. */
export function readHours(hours: string, problems: string[]): OpenHours {
  const [, opens = '', closes = ''] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(hours) ?? [];
  const opensMinute = minuteOf(opens);
  const closesMinute = minuteOf(closes);
  if (opensMinute < closesMinute) return { opensMinute, closesMinute };
  problems.push('OPEN_HOURS must look like 08:00-18:00, the opening before the closing.');
  return { opensMinute: 0, closesMinute: 1440 };
}

/** NaN where it is no time of day; 24:00 is the day's end. */
function minuteOf(time: string): number {
  if (!/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time)) return Number.NaN;
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Origins separated by commas. */
export function readOrigins(list: string, problems: string[]): readonly string[] {
  const origins: string[] = [];
  for (const entry of commaList(list)) {
    const origin = originOf(entry);
    if (origin === undefined) {
      problems.push(
        'CHAT_ORIGINS must be origins such as https://www.example.com, separated by commas; plain http only to this machine.',
      );
    } else origins.push(origin);
  }
  return origins;
}

/**
 * A colour `#rrggbb` that white text can be read on: a contrast of at least 4.5, as WCAG 2.2 asks for text
 * (https://www.w3.org/TR/WCAG22/#contrast-minimum).
 */
export function readColor(color: string, problems: string[]): string {
  if (!/^#[0-9a-f]{6}$/i.test(color)) {
    problems.push('PRACTICE_COLOR must be a colour such as #0b5f7a.');
  } else if (1.05 / (luminanceOf(color) + 0.05) < 4.5) {
    problems.push('PRACTICE_COLOR is too light: white text on it needs a contrast of at least 4.5.');
  }
  return color.toLowerCase();
}

/** Relative luminance of `#rrggbb`, 0 black to 1 white (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance). */
function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const commaList = (list: string): readonly string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** The origin that `value` is, or undefined: https, or http to this machine; no path, no query, no user. */
export function originOf(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  const bare =
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  return secure && bare ? url.origin : undefined;
}

/** Whether a URL's host is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
