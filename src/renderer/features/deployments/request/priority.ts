const named: Record<string, string> = { '-10': 'Low', '0': 'Normal', '10': 'High' };

/** The levels in the form; the command line accepts any from −100 to 100. */
export const priorities = [10, 0, -10];

export function priorityWord(priority: number): string {
  return named[String(priority)] ?? `${priority > 0 ? 'High' : 'Low'} (${priority})`;
}
