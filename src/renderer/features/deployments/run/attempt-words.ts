const ordinals = ['First', 'Second', 'Third', 'Fourth', 'Fifth'];

/** `Second attempt after a restart`; null for the first attempt. */
export function attemptWords(attempt: number): string | null {
  if (attempt <= 1) return null;
  const ordinal = ordinals[attempt - 1];
  return ordinal ? `${ordinal} attempt after a restart` : `Attempt ${attempt} after restarts`;
}
