// Says where a thrown error came from without saying what it said: messages may hold a patient's words.

/** The error's class and the first place in its stack that is in this project (`dialogs/flow.ts:40`). */
export function whereOf(error: unknown): { readonly error: string; readonly at: string } {
  if (!(error instanceof Error)) return { error: typeof error, at: 'unknown' };
  // Only `    at ` lines: the message stands above them, and may look like anything.
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  const ours = frames.find(
    (line) => !line.includes('node_modules') && /\/(bot|dialogs|services)\//.test(line),
  );
  const place = /(?:bot|dialogs|services)\/[\w./-]+\.ts:\d+/.exec(ours ?? '');
  return { error: error.constructor.name, at: place?.[0] ?? 'unknown' };
}
