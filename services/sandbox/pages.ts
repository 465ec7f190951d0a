// List replies: `{previous, results, next}` with absolute links and an opaque cursor.
import { detail, json, type Reply } from './http.ts';

export interface PageRequest {
  readonly query: URLSearchParams;
  /** The request's own address without its query: what `next` and `previous` are made from. */
  readonly url: string;
}

/** Cuts one page out of `rows` and renders it; `cap` is both default and maximum of `page_size`. */
export function page<Row>(
  request: PageRequest,
  rows: readonly Row[],
  render: (row: Row) => unknown,
  cap = 250,
): Reply {
  const asked = Number(request.query.get('page_size') ?? cap);
  const size = Number.isInteger(asked) && asked > 0 ? Math.min(asked, cap) : cap;
  const cursor = request.query.get('cursor');
  const offset = cursor === null ? 0 : readCursor(cursor);
  if (offset === undefined) return detail(404, 'Invalid cursor');
  return json(200, {
    previous: offset > 0 ? link(request, Math.max(0, offset - size)) : null,
    results: rows.slice(offset, offset + size).map(render),
    next: offset + size < rows.length ? link(request, offset + size) : null,
  });
}

function readCursor(cursor: string): number | undefined {
  const match = /^o=(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return match ? Number(match[1]) : undefined;
}

function link(request: PageRequest, offset: number): string {
  const query = new URLSearchParams(request.query);
  query.set('cursor', Buffer.from(`o=${offset}`).toString('base64url'));
  return `${request.url}?${query}`;
}
