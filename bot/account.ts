// Who is writing, as far as an authenticated channel proves it: a phone number by SMS, a person of a tenant in Teams. Nobody else.
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Account } from '../services/identity-cases.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const number = /^\+[1-9]\d{6,14}$/;

const tenantShape = z.object({ tenant: z.object({ id: z.string().regex(guid) }) });

/**
 * Only of an activity whose sender was authenticated by the channel's token: in anonymous mode anybody can write any of these fields. The
 * practice's own web chat proves nobody. A sender's number can be forged, so it counts for what a code has proven once.
 */
export function accountOf(activity: Activity): Account | undefined {
  const { channelId, from } = activity;
  if (channelId === 'sms') return number.test(from.id) ? `sms|${from.id}` : undefined;
  if (channelId !== 'msteams') return undefined;
  const tenant = tenantShape.safeParse(activity.channelData).data?.tenant.id;
  const person = from.aadObjectId;
  if (tenant === undefined || typeof person !== 'string' || !guid.test(person)) return undefined;
  return `msteams|${tenant.toLowerCase()}/${person.toLowerCase()}`;
}
