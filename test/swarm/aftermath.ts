// What must be so once a conversation is over: what stands in the EHR, what is on offer again, and that the next patient is served.
import { openPerson } from '../support/person.ts';
import type { Product } from '../support/product.ts';
import type { Row } from '../support/sandbox-control.ts';
import { type Deed, isOnOffer, type OnFile } from './deeds.ts';
import type { Persona } from './personas.ts';
import { readScreen } from './screen.ts';
import { isLive } from './watch-tools.ts';

interface Ended {
  readonly product: Product;
  readonly persona: Persona;
  readonly rows: readonly Row[];
  readonly visits: readonly OnFile[];
  /** Visits as they were before they were moved or called off. */
  readonly freed: readonly OnFile[];
  /** What was done. */
  readonly deeds: readonly Deed[];
  readonly people: ReadonlyMap<number, string>;
}

export async function aftermath(ended: Ended): Promise<readonly string[]> {
  return [
    ...standing(ended),
    ...(await onOfferAgain(ended)),
    ...(ended.persona.kind === 'hostile' ? await unharmed(ended) : []),
  ];
}

/** As many live visits as were on file, made and not called off; those that nobody spoke of as they were. */
function standing({ rows, visits, deeds, people }: Ended): readonly string[] {
  const live = rows.filter((row) => people.has(row.patient ?? 0) && isLive(row));
  const count = (deed: Deed): number => deeds.filter((each) => each === deed).length;
  const wanted = visits.length + count('book') + count('undo') - count('cancel');
  const others = visits.slice(1).filter(({ id, localStart }) => {
    const row = live.find((each) => each.id === id);
    return row?.scheduled_time.startsWith(localStart) !== true;
  });
  return [
    ...(live.length === wanted ? [] : [`${live.length} visits stand, ${wanted} should`]),
    ...others.map(({ id }) => `${id} is not as it was, and nobody spoke of it`),
  ];
}

async function onOfferAgain({ product, freed, rows }: Ended): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const visit of freed) {
    // Unless the same patient has come back to that very time.
    const isTaken = rows.some(
      (row) =>
        isLive(row) && row.doctor === visit.provider.id && row.scheduled_time.startsWith(visit.localStart),
    );
    if (!isTaken && !(await isOnOffer(product, visit)))
      missing.push(`${visit.localStart} with ${visit.provider.name} is not on offer again`);
  }
  return missing;
}

/** After the worst of guests the next one is served. */
async function unharmed({ product }: Ended): Promise<readonly string[]> {
  const next = openPerson(product, { conversation: 'the next one', channelId: 'webchat' });
  const { status, replies } = await next.say('hello');
  return status === 200 && readScreen(replies).question === 'offer' ? [] : [`the next patient got ${status}`];
}
