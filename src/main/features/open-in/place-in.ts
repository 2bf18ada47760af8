/** A file, with the line and column behind it: `src/Vault.sol:12`, `src/Vault.sol:12:5`. */
export function placeIn(text: string): { file: string; line?: number; column?: number } {
  const [, file, line, column] = /^(.+?)(?::([1-9]\d{0,6}))(?::([1-9]\d{0,6}))?$/.exec(text) ?? [];
  if (file === undefined || line === undefined) return { file: text };
  return { file, line: Number(line), ...(column ? { column: Number(column) } : {}) };
}
