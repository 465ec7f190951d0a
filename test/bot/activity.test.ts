// Activities recognised by sight are ones that the schema takes, and are taken as they are.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { activityShape, parseActivity } from '../../bot/activity.ts';
import { isUsualActivity } from '../../bot/usual-activity.ts';
import { message } from './support.ts';

const usual = {
  ...message(),
  conversation: { id: 'c', isGroup: false, tenantId: 't' },
  recipient: { id: 'bot' },
  deliveryMode: 'expectReplies',
  entities: [{ type: 'ClientCapabilities' }],
  channelData: { clientActivityID: '1' },
};

it('the usual ones are recognised', () => {
  expect(isUsualActivity(Object.entries(usual))).toBe(true);
  expect(isUsualActivity(Object.entries(message()))).toBe(true);
});

const oddValue = fc.oneof(
  fc.constantFrom(undefined, true, 0, '', 'a\0b', 'x'.repeat(101), 'x'.repeat(1001), 'x'.repeat(32_001)),
  fc.constantFrom({}, [], { id: '' }, { id: 'x' }, { id: 'x', name: 7 }, { id: 'x', name: undefined }),
  fc.constantFrom({ id: 'x', isGroup: 'no' }, [{ id: 'x' }], [{}], { id: 'a\0b' }, { id: '😀'.repeat(600) }),
  fc.string(),
  fc.jsonValue().filter((value) => value !== null),
);
const fieldName = fc.oneof(
  fc.constantFrom(
    ...Object.keys(usual),
    'name',
    'membersAdded',
    'membersRemoved',
    '__proto__',
    'constructor',
  ),
  fc.string(),
);

it('whatever is recognised, the schema takes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fieldName, oddValue), { maxLength: 3 }),
      fc.array(fieldName),
      (odd, left) => {
        const fields = Object.fromEntries(
          [...Object.entries(usual), ...odd].filter(([field]) => !left.includes(field) || field.length > 12),
        );
        if (isUsualActivity(Object.entries(fields)))
          expect(activityShape.safeParse(fields).success).toBe(true);
        const parsed = parseActivity(fields);
        expect(parsed.ok).toBe(activityShape.safeParse(fields).success);
        if (parsed.ok) expect(parsed.value).toEqual(fields);
      },
    ),
    { numRuns: 3000 },
  );
});

it('nulls and the sender’s times are dropped, also from the usual ones', () => {
  const parsed = parseActivity({ ...usual, timestamp: '2025-02-17', localTimestamp: 7, locale: null });
  const rest = Object.fromEntries(Object.entries(usual).filter(([field]) => field !== 'locale'));
  expect(parsed).toEqual({ ok: true, value: rest });
});
