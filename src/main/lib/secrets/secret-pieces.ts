import { EVERYDAY, urlSecrets } from './secret-url.ts';

/** A shorter part may occur in many other texts. */
const SHORTEST_PART = 12;

/**
 * A secret with the parts of it that programs may show by themselves: of a list, of a URL, and of
 * JSON. Its lines and encodings are found by the mask itself. What many texts contain is left out: it
 * would damage them, and protect nothing.
 */
export function secretPieces(secret: string): string[] {
  const value = secret.trim();
  const parts = [...partsOf(value), ...textsIn(value)].filter(
    (part) => part.length >= SHORTEST_PART && /\d/.test(part),
  );
  const ofUrl = /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value) ? urlSecrets(value) : [];
  return [...new Set([value, ...parts, ...ofUrl])].filter((part) => !EVERYDAY.test(part));
}

const partsOf = (value: string): string[] => (value.includes('\n') ? [] : value.split(/[,;\s]+/));

/** The texts in a JSON document; none in any other text. */
function textsIn(value: string): string[] {
  if (!/^[[{]/.test(value)) return [];
  const found: string[] = [];
  try {
    JSON.parse(value, (_, item: unknown) => {
      if (typeof item === 'string') found.push(item);
      return item;
    });
  } catch {
    // It is none.
  }
  return found;
}
