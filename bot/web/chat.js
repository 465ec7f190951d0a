// Runs the chat page: gets a token from our own Direct Line, shows Web Chat, and survives a refresh or a lost connection.
import { groupActivities, look } from './chat-look.js';

const domain = new URL('/v3/directline', location.href).href;
const sessionKey = 'bookadoc.chat';
const retryMs = 5_000;
const language = navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en';

const words = {
  en: {
    placeholder: 'Write a message',
    restart: 'New chat',
    resumed: 'Your chat goes on where it was. Write your next answer, or “help”.',
    offline: 'The practice cannot be reached at the moment. Trying again…',
    broken: 'The chat could not be loaded. Please reload the page.',
  },
  es: {
    placeholder: 'Escriba un mensaje',
    restart: 'Nuevo chat',
    resumed: 'Su chat continúa donde estaba. Escriba su siguiente respuesta, o “ayuda”.',
    offline: 'En este momento no se puede contactar con el consultorio. Reintentando…',
    broken: 'No se pudo cargar el chat. Vuelva a cargar la página.',
  },
}[language];

/** The conversation of this tab, kept over a refresh; where the browser forbids storage, for this page only. */
const session = {
  load() {
    try {
      return JSON.parse(sessionStorage.getItem(sessionKey));
    } catch {
      return null;
    }
  },
  save(value) {
    try {
      if (value === null) sessionStorage.removeItem(sessionKey);
      else sessionStorage.setItem(sessionKey, JSON.stringify(value));
    } catch {}
  },
};

// Never hidden, only empty: a screen reader reads out what changes in a region that it knows.
const notice = document.getElementById('notice');
function tell(text) {
  notice.textContent = text;
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function askToken(path, token) {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch(`${domain}/tokens/${path}`, { method: 'POST', headers }).catch(
    () => undefined,
  );
  if (response?.ok) return response.json();
  return response?.status === 403 ? 'refused' : 'failed';
}

/** A token for the conversation of this tab, or for a new one; keeps trying while the server cannot be reached. */
async function openSession() {
  for (;;) {
    const known = session.load();
    const answer = await (known === null ? askToken('generate') : askToken('refresh', known.token));
    if (answer === 'refused') session.save(null);
    else if (answer === 'failed') {
      tell(words.offline);
      await wait(retryMs);
    } else {
      tell('');
      return { token: answer.token, conversationId: known?.conversationId };
    }
  }
}

const isCard = ({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive';

/** A path in a card's link is one of this server, wherever this page is framed. */
const withWholeLinks = (action) =>
  action.url?.startsWith('/') ? { ...action, url: new URL(action.url, location.href).href } : action;
const linked = (attachment) => {
  if (!isCard(attachment)) return attachment;
  const body = attachment.content.body.map((element) =>
    element.type === 'ActionSet' ? { ...element, actions: element.actions.map(withWholeLinks) } : element,
  );
  return { ...attachment, content: { ...attachment.content, body } };
};

/** A card says what the text beside it says: the card is shown, the text (with the choices) is what a screen reader reads out. */
function once(activity) {
  if (activity.from.role !== 'bot' || !activity.attachments?.some(isCard)) return activity;
  const choices = (activity.suggestedActions?.actions ?? []).map(({ title }) => title);
  const spoken = [activity.text, choices.join(', ')].filter(Boolean).join('\n');
  return {
    ...activity,
    attachments: activity.attachments.map(linked),
    text: '',
    channelData: { ...activity.channelData, 'webchat:fallback-text': spoken },
  };
}

// A tapped label is no markup either, from the moment it is tapped: Web Chat would read markdown until our echo comes.
const plain = (activity) => ({ ...activity, textFormat: 'plain' });

const changes = { 'DIRECT_LINE/INCOMING_ACTIVITY': once, 'DIRECT_LINE/POST_ACTIVITY': plain };

const createStore = () =>
  window.WebChat.createStore({}, () => (next) => (action) => {
    const change = changes[action.type];
    if (change === undefined) return next(action);
    return next({ ...action, payload: { ...action.payload, activity: change(action.payload.activity) } });
  });

const Status = { online: 2, expired: 3, failed: 4, ended: 5 };
let current;

/** Shows the chat. `kept`: the transcript and watermark of a connection that broke for good, so that nothing shows twice. */
async function connect(kept = { store: createStore(), watermark: '' }) {
  const { token, conversationId } = await openSession();
  const directLine = window.WebChat.createDirectLine({
    domain,
    token,
    watermark: kept.watermark,
    conversationStartProperties: { locale: navigator.language },
    ...(conversationId === undefined ? {} : { conversationId }),
  });
  current = directLine;

  let hasSpoken = kept.watermark !== '';
  const activities = directLine.activity$.subscribe(() => {
    hasSpoken = true;
    tell('');
  });
  const statuses = directLine.connectionStatus$.subscribe((status) => {
    if (directLine !== current) return;
    if (status === Status.online) {
      session.save({ token: directLine.token, conversationId: directLine.conversationId });
      // The server may have restarted, and its history with it; the conversation itself goes on.
      setTimeout(() => directLine === current && !hasSpoken && conversationId && tell(words.resumed), 1_500);
    }
    if (status === Status.expired || status === Status.failed || status === Status.ended) {
      current = undefined;
      setTimeout(() => {
        statuses.unsubscribe();
        activities.unsubscribe();
        void connect({ store: kept.store, watermark: directLine.watermark });
      }, 2_000);
    }
  });

  shown = { directLine, store: kept.store };
  show();
}

let shown;
function show() {
  window.WebChat.renderWebChat(
    {
      ...shown,
      ...look(),
      groupActivitiesMiddleware: groupActivities,
      locale: language === 'es' ? 'es-ES' : 'en-US',
      overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: words.placeholder },
    },
    document.getElementById('chat'),
  );
}
// The browser knows first; what could not be sent meanwhile has a "retry" beside it.
addEventListener('offline', () => tell(words.offline));
addEventListener('online', () => tell(''));
// The system's colours may change while the chat is open, as many do at dusk.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown && show());

document.documentElement.lang = language;
const restart = document.getElementById('restart');
restart.textContent = words.restart;
restart.addEventListener('click', () => {
  session.save(null);
  location.reload();
});

if (window.WebChat === undefined) tell(words.broken);
else void connect();
