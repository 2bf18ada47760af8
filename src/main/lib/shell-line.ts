/** A command line that a POSIX shell parses to exactly these words. */
export function shellLine(env: Record<string, string>, words: string[]): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`);
  return [...variables, ...words.map(shellWord)].join(' ');
}

export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
