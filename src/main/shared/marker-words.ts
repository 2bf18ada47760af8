/**
 * Returns the files that mark a project in words, e.g. `a.toml, b.config.* or Dockerfile`: those
 * that differ in their ending alone are one.
 */
export function markerWords(markers: readonly string[]): string {
  const byStem = Map.groupBy(markers, (name) => name.replace(/\.[^.]+$/, ''));
  const words = [...byStem].map(([stem, [name = '', ...others]]) =>
    others.length > 0 ? `${stem}.*` : name,
  );
  const last = words.pop() ?? '';
  return words.length > 0 ? `${words.join(', ')} or ${last}` : last;
}
