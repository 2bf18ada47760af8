import { isCancel, password, select, text } from '@clack/prompts';
import { terminalText } from './terminal-text.ts';

export interface Choice<T> {
  value: T;
  label: string;
  /** Shown beside it. */
  hint?: string;
}

/** Questions in the terminal, on stderr, so that stdout stays what the command prints. */
export interface Prompts {
  /** One of several; undefined when the user leaves with Ctrl-C or Escape. */
  choose<T>(question: string, choices: readonly Choice<T>[], first?: T): Promise<T | undefined>;
  /** A line of text; undefined as above. */
  type(question: string, options?: { initial?: string }): Promise<string | undefined>;
  /** The same for what is not shown. */
  typeHidden(question: string): Promise<string | undefined>;
}

/** What is asked with may come from a project folder: none of it reaches the terminal as it is. */
export function terminalPrompts(signal: AbortSignal): Prompts {
  const io = { input: process.stdin, output: process.stderr, signal };
  return {
    async choose(question, choices, first) {
      const picked = await select({
        ...io,
        message: terminalText(question),
        options: choices.map(({ label, hint }, index) => ({
          value: index,
          label: terminalText(label),
          ...(hint === undefined ? {} : { hint: terminalText(hint) }),
        })),
        initialValue: Math.max(
          choices.findIndex(({ value }) => value === first),
          0,
        ),
        maxItems: 12,
      });
      return isCancel(picked) ? undefined : choices[picked]?.value;
    },
    async type(question, { initial } = {}) {
      const typed = await text({
        ...io,
        message: terminalText(question),
        ...(initial === undefined ? {} : { initialValue: initial }),
      });
      return isCancel(typed) ? undefined : typed;
    },
    async typeHidden(question) {
      const typed = await password({ ...io, message: terminalText(question) });
      return isCancel(typed) ? undefined : typed;
    },
  };
}
