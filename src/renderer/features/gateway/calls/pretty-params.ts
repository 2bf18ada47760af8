/** Parameters on lines of their own; as they are where they were cut. */
export function prettyParams(params: string): string {
  try {
    return JSON.stringify(JSON.parse(params), null, 2);
  } catch {
    return params;
  }
}
