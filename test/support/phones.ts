// The phones of the sandbox's patients: a code is read off the newest text, as a person does who waits for it.
import type { SandboxControl } from './sandbox-control.ts';

export interface Phones {
  /** What is typed for `{code}` and `{wrong code}`; everything else as it is. */
  typed(text: string): Promise<string>;
  /** Waits for the next text with a code. */
  ring(): Promise<void>;
}

export function openPhones(control: Pick<SandboxControl, 'texts'>): Phones {
  let read = 0;
  let newest = '';
  const codes = async (): Promise<readonly string[]> =>
    (await control.texts()).flatMap(({ body }) => /\b\d{6}\b/.exec(body)?.[0] ?? []);
  const ring = async (): Promise<void> => {
    const until = performance.now() + 15_000;
    for (;;) {
      const found = await codes();
      newest = found.at(-1) ?? '';
      if (found.length > read) {
        read = found.length;
        return;
      }
      if (performance.now() > until) throw new Error('no code has come');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  let wrong = 0;
  return {
    ring,
    async typed(text) {
      if (!/\{(?:wrong )?code\}/.test(text)) return text;
      if (newest === '') await ring();
      if (text.includes('{code}')) {
        const code = newest;
        newest = '';
        return text.replace('{code}', code);
      }
      wrong += 1;
      return text.replace('{wrong code}', String((Number(newest) + wrong) % 1_000_000).padStart(6, '0'));
    },
  };
}
