// Process: the stock bot.
import { startStock } from './baseline/bot.ts';
import { listsSchema } from './baseline/lists.ts';
import { given, serve } from './served.ts';

const stock = await startStock(listsSchema.parse(given()));
serve({ origin: stock.origin }, {}, stock.stop);
