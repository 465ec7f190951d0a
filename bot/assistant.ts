// The conversation with its state and its turns, put together over the use cases.
import { createConversation } from '../dialogs/root.ts';
import type { Config } from '../services/config.ts';
import type { Clock, Ids, Log, Store } from '../services/ports.ts';
import type { UseCases } from '../services/use-cases.ts';
import type { CalendarLinks } from './calendar-link.ts';
import { createConversationState, type ForgetfulState } from './state.ts';
import { createTurns, type Turns } from './turn.ts';

export interface AssistantDeps {
  readonly config: Config;
  readonly useCases: UseCases;
  readonly store: Store;
  readonly links: CalendarLinks;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

export function createAssistant(deps: AssistantDeps): {
  readonly turns: Turns;
  readonly state: ForgetfulState;
} {
  const { config, useCases, store, links, clock, ids, log } = deps;
  const { publicUrl, sessionMinutes } = config;
  const state = createConversationState(store, sessionMinutes);
  const calendarPath = links.pathOf;
  const notice = {
    conversationDays: config.retentionDays.conversation,
    sends: config.notify.channels,
  };
  const conversation = createConversation({ ...config, useCases, clock, calendarPath, notice, state });
  return { state, turns: createTurns({ conversation, state, store, clock, ids, log, publicUrl }) };
}
