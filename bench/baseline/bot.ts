// The stock bot: CloudAdapter and restify, conversation state in memory, as Microsoft's samples put them together.
import type { AddressInfo } from 'node:net';
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
} from 'botbuilder';
import { ChoiceFactory, DialogSet, DialogTurnStatus } from 'botbuilder-dialogs';
import restify from 'restify';
import { en } from '../../dialogs/phrases/en.ts';
import { bookingDialog, createBookingDialog } from './dialog.ts';
import type { Lists } from './lists.ts';

export interface Stock {
  readonly origin: string;
  stop(): Promise<void>;
}

function createHandler(lists: Lists): ActivityHandler {
  const conversationState = new ConversationState(new MemoryStorage());
  const dialogs = new DialogSet(conversationState.createProperty('DialogState'));
  dialogs.add(createBookingDialog(lists));
  const handler = new ActivityHandler();
  handler.onMembersAdded(async (context, next) => {
    for (const { id } of context.activity.membersAdded ?? []) {
      if (id === context.activity.recipient.id) continue;
      await context.sendActivity(
        ChoiceFactory.suggestedAction(
          [en.bookLabel()],
          `${en.greeting(lists.practice, false)}\n${en.notice({ conversationDays: 30, sends: [] })}`,
        ),
      );
    }
    await next();
  });
  handler.onMessage(async (context, next) => {
    const dialog = await dialogs.createContext(context);
    const { status } = await dialog.continueDialog();
    if (status === DialogTurnStatus.empty) await dialog.beginDialog(bookingDialog);
    await next();
  });
  handler.onDialog(async (context, next) => {
    await conversationState.saveChanges(context, false);
    await next();
  });
  return handler;
}

/** Starts the stock bot on a free port of this machine. */
export async function startStock(lists: Lists): Promise<Stock> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  adapter.onTurnError = async (_, error) => {
    throw error;
  };
  const handler = createHandler(lists);
  const server = restify.createServer();
  server.use(restify.plugins.jsonBodyParser());
  server.post('/api/messages', async (request, response) => {
    const { body, headers, method = 'POST' } = request;
    await adapter.process({ body, headers, method }, response, (context) => handler.run(context));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo = server.address();
  return {
    origin: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      }),
  };
}
