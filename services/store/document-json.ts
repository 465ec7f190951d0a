// A document to JSON text, refusing what JSON would silently lose.
import type { Document } from '../ports.ts';

/**
 * The document's JSON. Fields that are undefined are left out, as in JSON. Throws a TypeError that names the field (never its value)
 * for what would not come back as it went: dates, class instances, functions, bigints, NaN and infinities.
 */
export function documentJson(document: Document): string {
  if (!isPlain(document))
    throw new TypeError(`the document is not plain JSON at "${lossyPath(document, '') ?? ''}"`);
  return JSON.stringify(document);
}

/** Whether nothing is lost: as `lossyPath`, which is a third slower because it knows where it is. */
function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) if (!isPlain(value[at])) return false;
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const item of Object.values(value)) if (item !== undefined && !isPlain(item)) return false;
  return true;
}

function lossyPath(value: unknown, path: string): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : path;
    case 'object':
      break;
    default:
      return path;
  }
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      const found = lossyPath(item, `${path}[${at}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return path;
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const found = lossyPath(item, path === '' ? name : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
