// Names in a row, as a sentence lists them: "A", "A and B", "A, B and C".

export function listOf(names: readonly string[], and: string): string {
  const [last = '', ...others] = names.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} ${and} ${last}`;
}
