// An EHR that rotates its tokens as the vendor does, adapters on it, and a token as the vault would hold it.
import { createDrchronoEhr, type DrchronoOptions } from '../../services/ehr/drchrono.ts';
import { seedHashOf } from '../../services/ehr/token-endpoint.ts';
import type { StoredToken } from '../../services/ehr/token-vault.ts';
import type { Ehr } from '../../services/ports.ts';
import { chart } from './samples.ts';
import {
  type Answer,
  adapterOptions,
  type Call,
  isToken,
  startScriptedEhr,
  tokenAnswer,
} from './scripted-ehr.ts';

const refreshTokenOf = (call: Call) => new URLSearchParams(call.body).get('refresh_token');

/**
 * An EHR that rotates as the vendor does: each refresh token works once, a new access token ends the old one, and any
 * other answer is 401. `disturb` may answer in its place.
 */
export async function openRotating(
  more: Partial<DrchronoOptions> = {},
  disturb: (call: Call, refreshes: number) => Answer | undefined = () => undefined,
) {
  let round = 0;
  const ehr = await startScriptedEhr((call) => {
    const refreshes = round + (isToken(call) ? 1 : 0);
    const disturbed = disturb(call, refreshes);
    if (disturbed !== undefined) return disturbed;
    if (!isToken(call))
      return call.token === `access-${round}`
        ? { status: 200, body: chart }
        : { status: 401, body: 'Authorization failed.' };
    if (refreshTokenOf(call) !== `refresh-${round}`) return { status: 401, body: { error: 'invalid_grant' } };
    round += 1;
    return tokenAnswer(round);
  });
  const options = adapterOptions(ehr.origin, more);
  const adapters: Ehr[] = [];
  const start = (changes: Partial<DrchronoOptions> = {}) => {
    const adapter = createDrchronoEhr({ ...options, ...changes });
    adapters.push(adapter);
    return adapter;
  };
  return {
    clock: options.clock,
    start,
    adapter: start(),
    revoke: () => {
      round = -1;
    },
    refreshed: () => ehr.calls.filter(isToken).map(refreshTokenOf),
    calls: ehr.calls,
    async close() {
      for (const adapter of adapters) await adapter.stop();
      await ehr.close();
    },
  };
}

export const stored = (more: Partial<StoredToken> = {}): StoredToken => ({
  accessToken: 'access-0',
  refreshToken: 'refresh-0',
  refreshAtMs: Date.parse('2026-03-04T00:00:00Z'),
  expiresAtMs: Date.parse('2026-03-05T00:00:00Z'),
  scope: 'user:read calendar:read calendar:write clinical:read clinical:write patients:read patients:write',
  seedHash: seedHashOf('refresh-0'),
  ...more,
});
