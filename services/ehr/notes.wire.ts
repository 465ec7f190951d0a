// What we write into an appointment's notes, and whether anybody else has written there: the front desk's words are never overwritten.

const reasonBegins = 'Cancelled by the patient: "';
/** The desk's words behind the closing quote are words behind it. */
const ours = /^(?:Bookadoc [A-Za-z0-9-]{1,64})?(?:(?:^|\. )Cancelled by the patient: "[^"]*")?$/;

export interface OwnNotes {
  readonly ref?: string;
  /** As the patient wrote it; the row's history in the EHR keeps it, we do not. */
  readonly cancelReason?: string;
}

/** `Bookadoc <ref>. Cancelled by the patient: "I have to work"`; each part only where there is one. */
export function notesOf({ ref, cancelReason }: OwnNotes): string {
  const parts = [
    ref === undefined ? '' : `Bookadoc ${ref}`,
    cancelReason === undefined ? '' : `${reasonBegins}${cancelReason.replaceAll('"', "'")}"`,
  ];
  return parts.filter((part) => part !== '').join('. ');
}

/** `held`: nothing but ours stands there (`free`: with no reason of a cancellation); undefined: somebody has written there. */
export function readNotes(notes: string): { readonly ref?: string; readonly held?: 'free' | 'reason' } {
  const reasonAt = notes.indexOf(reasonBegins);
  const before = reasonAt < 0 ? notes : notes.slice(0, reasonAt);
  const ref = /\bBookadoc ([A-Za-z0-9-]{1,64})/.exec(before)?.[1];
  return {
    ...(ref === undefined ? {} : { ref }),
    ...(ours.test(notes.trim()) ? { held: reasonAt < 0 ? 'free' : 'reason' } : {}),
  };
}
