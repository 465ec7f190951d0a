// What can go wrong with the store itself: the operator's business, never the patient's.

/** A write that is not on disk: the disk is full or failing, or the store is closed. Nothing of it is visible. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Why the store did not open; `message` is a sentence for the operator. */
export interface StoreOpenError {
  readonly kind: 'locked' | 'damaged' | 'newer-format' | 'folder' | 'key';
  readonly message: string;
}

/** Carries a StoreOpenError out of the adapter's `read`, whose shape (lowdb's) knows no Result. */
export class CannotOpen extends Error {
  readonly reason: StoreOpenError;
  constructor(kind: StoreOpenError['kind'], message: string) {
    super(message);
    this.reason = { kind, message };
  }
}

/** The system's code of a failed file operation (`ENOSPC`), `damaged` for what does not read, or `unknown`. Messages hold paths, so they are not passed on. */
export function systemCode(error: unknown): string {
  if (error instanceof CannotOpen) return error.reason.kind;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
