// Documents and ids that stores have been known to lose, for the store contract.
import type { Document } from '../../services/ports.ts';

export const awkwardDocuments: readonly (readonly [string, Document])[] = [
  ['nothing', {}],
  ['falsy values', { zero: 0, no: false, empty: '', none: null, list: [], object: {} }],
  ['numbers', { small: 5e-324, large: 1.7976931348623157e308, whole: 9007199254740991, negative: -0.1 }],
  ['white space and controls', { text: ' \t\n\r\u001f\u2028\u2029 ', '\ttab\n': 'key' }],
  ['letters of all sizes', { text: 'Zoë Łukasz 李 👩‍⚕️', naïve: 'ключ' }],
  ['quotes and backslashes', { text: '"\\" \\u0000 \\n', '"': "'" }],
  ['names that objects have', { constructor: 'a', toString: 'b', hasOwnProperty: 'c', length: 1 }],
  ['__proto__ as a field', JSON.parse('{"__proto__":{"admin":true}}')],
  ['depth', { a: [[[{ b: [{ c: null }] }]]] }],
  ['a long text', { text: 'x'.repeat(200_000) }],
];

export const awkwardIds: readonly string[] = [
  '',
  ' ',
  'a/b|c',
  '../x',
  '__proto__',
  'tab\tline\nend',
  'Zoë 👩‍⚕️',
  'x'.repeat(1_000),
];

/** What JSON would change on the way; a document that holds one is refused. */
export const notJson: readonly (readonly [string, unknown])[] = [
  ['a date', new Date(0)],
  ['not a number', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a bigint', 1n],
  ['a function', () => 1],
  ['a symbol', Symbol('s')],
  ['a map', new Map()],
  ['a class instance', new URL('http://localhost/')],
  ['a hole in a list', [undefined]],
];

/** A document as a careless caller builds it, past the compiler. */
export function carelessDocument(value: unknown): Document {
  return Object.assign(JSON.parse('{}'), { inner: { field: value } });
}
