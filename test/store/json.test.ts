// The JSON store fulfils the contract of the port, with and without compaction going on all the time.
import { storeContract } from '../contracts/store.ts';
import { newFolder, openedStore, removeFolder, storeOptions } from './open.ts';

for (const [name, compactAfterBytes] of [
  ['json', 8 * 1024 * 1024],
  ['json, compacting all the time', 1],
] as const)
  storeContract({
    name,
    newPlace: newFolder,
    removePlace: removeFolder,
    open: (folder, indexes) => openedStore(storeOptions(folder, { indexes, compactAfterBytes })),
  });
