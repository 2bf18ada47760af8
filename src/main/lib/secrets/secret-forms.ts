/** A text that reveals a secret. */
export interface SecretForm {
  text: string;
  /** So short that it often is a part of other words: hidden only where it stands alone. */
  asWord: boolean;
}

/** A shorter value is not hidden: that would damage every text, and protect nothing. */
export const SHORTEST_SECRET = 4;
/** From this length on, a secret is hidden anywhere, and in all its forms. */
const LONG = 6;
/** The regular expression engine refuses alternatives longer than about 32,000 characters. */
const LONGEST_FORM = 8192;

/**
 * The forms in which programs show a secret: the value itself; each long enough line of a
 * multi-line value, with line feeds or `\n`; inside JSON, a URL, a form or a shell word; its bytes
 * in hex and base64; and a number of 32 bytes in hex and decimal. A base64 text of more than the
 * secret is not recognised.
 */
export function formsOf(secret: string): SecretForm[] {
  const value = secret.trim();
  if (value.length < SHORTEST_SECRET) return [];
  if (value.length < LONG) return [{ text: value, asWord: true }];
  const texts = [value, ...linesOf(value), ...numbersOf(value)];
  const forms = new Set(texts.flatMap((text) => [text, ...encodingsOf(text)]));
  return [...forms].flatMap(piecesOf).map((text) => ({ text, asWord: false }));
}

/** A form that is too long to search for is masked piece by piece. */
function piecesOf(text: string): string[] {
  const count = Math.ceil(text.length / LONGEST_FORM);
  const size = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, i) => text.slice(i * size, (i + 1) * size));
}

/** The lines around a PEM key are public. */
function linesOf(value: string): string[] {
  const lines = value.split(/(?:\r?\n|\\r|\\n)+/).map((line) => line.trim());
  if (lines.length === 1) return [];
  return lines.filter((line) => line.length >= LONG && !/^-----(BEGIN|END) /.test(line));
}

/** A key of 32 bytes, with and without its prefix, in both cases, and as a decimal. */
function numbersOf(value: string): string[] {
  const hex = /^0x([0-9a-f]{64})$/i.exec(value)?.[1] ?? /^[0-9a-f]{64}$/i.exec(value)?.[0];
  if (hex) return [hex, hex.toLowerCase(), hex.toUpperCase(), BigInt(`0x${hex}`).toString()];
  if (!/^\d{60,78}$/.test(value)) return [];
  const digits = BigInt(value).toString(16).padStart(64, '0');
  return digits.length > 64 ? [] : [digits, digits.toUpperCase()];
}

function encodingsOf(text: string): string[] {
  const bytes = Buffer.from(text, 'utf8');
  const url = encoded(text);
  return [
    JSON.stringify(text).slice(1, -1),
    // What another program's JSON already made of it, as in a message within a message.
    JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
    url,
    url.replaceAll('%20', '+'),
    text.replaceAll("'", `'\\''`),
    // In double quotes, and without any, as bash's `printf %q` writes it.
    text.replaceAll(/["\\$`]/g, '\\$&'),
    text.replaceAll(/[^\w@%+=:,./\u0080-\uffff-]/g, '\\$&'),
    bytes.toString('hex'),
    // Without padding, so that it is found with and without.
    bytes.toString('base64url'),
    bytes.toString('base64').replace(/=+$/, ''),
  ];
}

/** Half a surrogate pair, as in a text that was cut, can't be encoded. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
