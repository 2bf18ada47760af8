/** `Compiling 41 files with Solc 0.8.30`: a run that compiled nothing says nothing. */
export function compilersOf(lines: readonly string[]): string[] {
  const found = lines.flatMap((line) => {
    const version = /with Solc (\d+\.\d+\.\d+)/.exec(line)?.[1];
    return version ? [`solc ${version}`] : [];
  });
  return [...new Set(found)].sort();
}
