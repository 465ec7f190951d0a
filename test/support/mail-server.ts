// A real SMTP server on this machine that keeps what it takes, parsed, and misbehaves as told.
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** `mute` reads the whole mail and then cuts the line without a word. */
export type Mood = 'well' | 'mute' | { readonly refuses: number };

export interface MailServer {
  /** `smtp://127.0.0.1:2525` */
  readonly url: () => string;
  readonly mails: Email[];
  mood(mood: Mood): void;
  close(): Promise<void>;
  /** On the same port again. */
  open(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const mails: Email[] = [];
  let mood: Mood = 'well';
  let port = 0;
  let close: () => Promise<void> = async () => {};

  const open = async (): Promise<void> => {
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      authOptional: true,
      closeTimeout: 50,
      onRcptTo(_address, _session, callback) {
        if (typeof mood === 'string') return callback();
        callback(Object.assign(new Error('No such mailbox here'), { responseCode: mood.refuses }));
      },
      onData(stream, _session, callback) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
            mails.push(mail);
            if (mood === 'mute') for (const socket of sockets) socket.destroy();
            else callback();
          });
        });
      },
    });
    const sockets = new Set<{ destroy(): unknown }>();
    server.server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    // A client that goes away is no trouble of the server's.
    server.on('error', () => {});
    port = await new Promise<number>((resolve) => {
      const listening = server.listen(port, '127.0.0.1', () => {
        const bound = listening.address();
        resolve(bound !== null && typeof bound === 'object' ? bound.port : 0);
      });
    });
    close = () => new Promise((resolve) => server.close(() => resolve()));
  };

  await open();
  return {
    url: () => `smtp://127.0.0.1:${port}`,
    mails,
    mood(next) {
      mood = next;
    },
    close: () => close(),
    open,
  };
}

/** The parts of a mail as text: what a person reads, and the calendar file. */
export function partsOf(mail: Email): { readonly text: string; readonly html: string; readonly ics: string } {
  const calendar = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  const content = calendar?.content ?? '';
  const ics = typeof content === 'string' ? content : new TextDecoder().decode(content);
  return { text: mail.text ?? '', html: mail.html ?? '', ics };
}
