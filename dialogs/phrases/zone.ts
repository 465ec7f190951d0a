// The name of a time zone in a language, as people call it: "Eastern Time", not "EST".

// Making a formatter costs as much as a whole turn; zones are few.
const names = new Map<string, string>();

/** E.g. `Eastern Time`, the same in summer and winter; the IANA name if the runtime has none. */
export function zoneName(locale: 'en-US' | 'es-US', timeZone: string): string {
  const key = `${locale} ${timeZone}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(0);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  names.set(key, name);
  return name;
}
