import { isAddressShaped } from '../../shared/hex.ts';
import { SHORTEST_SECRET } from './secret-forms.ts';
import { EVERYDAY, urlSecrets } from './secret-url.ts';

const SECRET_NAME =
  /(KEY|SECRET|PASSWORD|PASSWD|PASSPHRASE|(^|_)(PASS|AUTH|PK|JWT)|TOKEN|MNEMONIC|SEED|CREDENTIALS?|AUTHORIZATION|BEARER|COOKIE|PRIVATE)(S|_?\d+)?$|(^|_)(SECRET|PRIVATE)_/i;

/** The same followed by its purpose, such as a network: `API_KEY_MAINNET`. */
const SECRET_FOR =
  /(_KEY|APIKEY|PASSWORD|PASSPHRASE|MNEMONIC|(API|AUTH|ACCESS)_?TOKEN)S?_(?!(NAME|FILE|PATH|TYPE|INDEX|ADDRESS|ENV|VAR)$)/i;

/** Names of 32-byte values that are not keys. */
const HASH_NAME = /(HASH|SALT|ID|ROOT|TOPIC|DIGEST|CHECKSUM|COMMIT|SHA\d*|SLOT)$/i;

/** Values that are secret under any name. */
const SECRET_SHAPES = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // A recovery phrase, https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki
  /^(?:[a-z]{3,8}\s+){11}(?:(?:[a-z]{3,8}\s+){3}){0,4}[a-z]{3,8}$/,
  // A JSON web token, https://datatracker.ietf.org/doc/html/rfc7519
  /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*$/,
  // Access tokens of GitHub, Slack, Amazon and OpenAI.
  /^(gh[pousr]_|github_pat_|xox[a-z]-|AKIA|sk-)[\w-]{12,}$/,
  // RPC providers accept a project's id as a key.
  /^[0-9a-f]{32}$/i,
];

/** The values of variables or settings that must not be shown, judging by name or shape. */
export function secretsOf(variables: Iterable<readonly [string, string | undefined]>): string[] {
  const found = [...variables].flatMap(([name, value]) =>
    value === undefined
      ? []
      : [value, ...partsOf(value)].flatMap((part) => secretsIn(name, part.trim())),
  );
  return [...new Set(found)];
}

/**
 * Whether a value is no secret, judging by name and shape: an address, a path, a number or word of every day, or
 * a URL without credentials. In case of doubt it isn't.
 */
export function looksPublic(name: string, value: string): boolean {
  const text = value.trim();
  if (isNamedSecret(name) || secretsIn(name, text).length > 0) return false;
  return text.length < SHORTEST_SECRET || isHarmless(text) || isUrl(text);
}

const isUrl = (value: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value) && URL.canParse(value);

/** A shorter part between two separators may occur in many other texts. */
const SHORTEST_PART = 12;

/** The values of a list, which a script reads one by one. */
function partsOf(value: string): string[] {
  const parts = value.trim().split(/[,;\s]+/);
  return parts.length === 1 ? [] : parts.filter((part) => part.length >= SHORTEST_PART);
}

const isNamedSecret = (name: string): boolean => SECRET_NAME.test(name) || SECRET_FOR.test(name);

function secretsIn(name: string, value: string): string[] {
  if (value.length < SHORTEST_SECRET || isHarmless(value)) return [];
  if (isUrl(value)) return urlSecrets(value);
  const shaped = SECRET_SHAPES.some((shape) => shape.test(value));
  const key = /^(0x)?[0-9a-f]{64}$/i.test(value) && !HASH_NAME.test(name);
  return isNamedSecret(name) || shaped || key ? [value] : [];
}

/** Addresses, and paths to secrets, are not secret. */
const isHarmless = (value: string): boolean =>
  isAddressShaped(value) || /^(~|\.{0,2})\/[\w.~/-]*$/.test(value) || EVERYDAY.test(value);
