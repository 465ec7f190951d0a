// Recognises, without the schema, the activities that channels send all the time: the schema takes ten times as long.

const isText = (value: unknown, maxLength: number): boolean =>
  typeof value === 'string' && value.length <= maxLength;

const isId = (value: unknown): boolean =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= 1000 &&
  !value.includes('\0') &&
  value.isWellFormed();

const isFields = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAccount = (value: unknown): boolean =>
  isFields(value) && 'id' in value && isId(value.id) && (!('name' in value) || isText(value.name, 1000));

/**
 * Takes an object's entries (no field twice). True only for what the schema of an activity takes as it is. What is seldom sent (members, names of events) is not looked
 * at: false says nothing about it.
 */
export function isUsualActivity(fields: readonly (readonly [string, unknown])[]): boolean {
  let required = 0;
  for (const [field, value] of fields) {
    if (!isUsualField(field, value)) return false;
    if (field === 'type' || field === 'channelId' || field === 'conversation' || field === 'from')
      required += 1;
  }
  return required === 4;
}

function isUsualField(field: string, value: unknown): boolean {
  switch (field) {
    case 'type':
    case 'channelId':
      return isText(value, 100) && value !== '';
    case 'id':
      return isId(value);
    case 'serviceUrl':
      return isText(value, 2000);
    case 'conversation':
      return (
        isFields(value) &&
        'id' in value &&
        isId(value.id) &&
        (!('isGroup' in value) || typeof value.isGroup === 'boolean')
      );
    case 'from':
    case 'recipient':
      return isAccount(value);
    case 'text':
      return isText(value, 32_000);
    case 'locale':
      return isText(value, 35);
    case 'deliveryMode':
      return isText(value, 50);
    case 'name':
    case 'membersAdded':
    case 'membersRemoved':
    case '__proto__':
      return false;
    default:
      return true; // Nothing here reads it, and the schema lets it pass.
  }
}
