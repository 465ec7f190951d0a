// The audit trail as a list, for tests.
import type { Store, Versioned } from '../../services/ports.ts';

/** Every link, in order. */
export async function trailOf(store: Pick<Store, 'links'>): Promise<readonly Versioned[]> {
  const links: Versioned[] = [];
  for await (const link of store.links('audit')) links.push(link);
  return links;
}
