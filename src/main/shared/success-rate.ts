/** `96 %` of those that came to an end of their own; null: there are none. */
export function successRate({
  succeeded,
  failed,
}: {
  succeeded: number;
  failed: number;
}): string | null {
  const all = succeeded + failed;
  return all === 0 ? null : `${Math.floor((succeeded / all) * 100)} %`;
}
