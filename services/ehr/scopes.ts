// The scopes that booking needs, and which of them a token lacks.

/** The booking minimum. A `:write` scope does not imply its `:read`; a missing read can look like an empty calendar. */
export const BOOKING_SCOPES: readonly string[] = [
  'user:read',
  'calendar:read',
  'calendar:write',
  'clinical:read',
  'clinical:write',
  'patients:read',
  'patients:write',
];

/** The booking scopes that are not among `granted` (space separated, as the token reply gives them). */
export function missingScopes(granted: string): readonly string[] {
  const have = new Set(granted.split(/\s+/));
  return BOOKING_SCOPES.filter((scope) => !have.has(scope));
}
