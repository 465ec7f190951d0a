// Links of replies as a channel can follow them: whole where this server's address is known, as a path in our own page, else not at all.
import type { Reply } from '../dialogs/reply.ts';

/** The `serviceUrl` of our own web chat's activities. Nothing is ever posted there: replies are handed over in this process. */
export const ownWebChat = 'urn:bookadoc:directline';

/** A link of the text where the channel has no cards (`inText`), of the card elsewhere. */
export function withLink(
  reply: Reply,
  { serviceUrl }: { readonly serviceUrl: string },
  publicUrl: string | undefined,
  inText: boolean,
): Reply {
  if (reply.link === undefined) return reply;
  const { link, ...rest } = reply;
  const base = publicUrl ?? (serviceUrl === ownWebChat ? '' : undefined);
  if (base === undefined) return rest;
  const { label, path } = link;
  return inText
    ? { ...rest, text: `${reply.text}\n${label}: ${base}${path}` }
    : { ...rest, link: { label, path: base + path } };
}
