// Settings of the accounts that we have with others: the Azure Bot and the EHR. Values are never repeated.
import { originOf, type Reader } from './config-values.ts';

/** Azure Bot credentials; absent, the bot is anonymous: only for the Emulator and tests on this machine. */
export interface BotCredentials {
  readonly appType: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';
  readonly appId: string;
  /** Empty for a managed identity. */
  readonly appPassword: string;
  readonly tenantId: string;
}

export type EhrConfig =
  | { readonly name: 'sandbox'; readonly port: number }
  | {
      readonly name: 'drchrono';
      /** An origin; `/api/...` and `/o/token/` are appended. */
      readonly baseUrl: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly refreshToken: string | undefined;
    };

/** Undefined where no app is named. */
export function readBot(read: Reader, problems: string[]): BotCredentials | undefined {
  const appType = read.choice(
    'MicrosoftAppType',
    ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'],
    'MultiTenant',
  );
  const appId = read.text('MicrosoftAppId');
  const appPassword = read.text('MicrosoftAppPassword') ?? '';
  const tenantId = read.text('MicrosoftAppTenantId') ?? '';
  if (appId === undefined) {
    if (appPassword !== '') problems.push('MicrosoftAppPassword is set but MicrosoftAppId is not.');
    return undefined;
  }
  if (appPassword === '' && appType !== 'UserAssignedMSI') {
    problems.push(`MicrosoftAppPassword is required with MicrosoftAppType=${appType}.`);
  }
  if (tenantId === '' && appType !== 'MultiTenant') {
    problems.push(`MicrosoftAppTenantId is required with MicrosoftAppType=${appType}.`);
  }
  return { appType, appId, appPassword, tenantId };
}

export function readEhr(read: Reader, problems: string[]): EhrConfig {
  const name = read.choice('EHR', ['sandbox', 'drchrono'], 'sandbox');
  const port = read.integer('SANDBOX_PORT', 3979, 0, 65_535);
  const baseUrl = originOf(read.text('DRCHRONO_BASE_URL') ?? 'https://app.drchrono.com');
  if (baseUrl === undefined) {
    problems.push(
      'DRCHRONO_BASE_URL must be an origin such as https://app.drchrono.com, without a path; plain http only to this machine.',
    );
  }
  if (name === 'sandbox') return { name, port };
  const clientId = read.text('DRCHRONO_CLIENT_ID');
  const clientSecret = read.text('DRCHRONO_CLIENT_SECRET');
  if (clientId === undefined) problems.push('DRCHRONO_CLIENT_ID is required with EHR=drchrono.');
  if (clientSecret === undefined) problems.push('DRCHRONO_CLIENT_SECRET is required with EHR=drchrono.');
  return {
    name,
    baseUrl: baseUrl ?? '',
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? '',
    refreshToken: read.text('DRCHRONO_REFRESH_TOKEN'),
  };
}
