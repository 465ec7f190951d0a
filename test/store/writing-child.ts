// A process to be killed: books and answers on stdout, `writer n` for each step that the store acknowledged.
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { invented, openedStore, storeOptions } from './open.ts';

const [folder = '', compactAfterBytes = '', keyNumber = '0'] = process.argv.slice(2);
const dataKey = keyNumber === '0' ? undefined : invented(Number(keyNumber));
const store = await openedStore(
  storeOptions(folder, { compactAfterBytes: Number(compactAfterBytes), dataKey }),
);
// Fifty starts: the compiled modules are kept now, since nothing happens after a kill.
flushCompileCache();

async function writeOn(writer: string): Promise<never> {
  const found = await store.get('booking', writer);
  const from = typeof found?.document['n'] === 'number' ? found.document['n'] : 0;
  for (let n = from + 1; ; n += 1) {
    const document = { n, padding: 'x'.repeat((n * 37) % 1_500) };
    await store.batch([
      { op: 'put', kind: 'booking', id: writer, document },
      { op: 'put', kind: 'message', id: writer, document },
      { op: 'append', kind: 'audit', document: { writer, n } },
    ]);
    writeSync(1, `${writer} ${n}\n`);
  }
}

await Promise.all(['w0', 'w1', 'w2', 'w3'].map(writeOn));
