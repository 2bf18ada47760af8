import { isSecretUrl } from '../../kit/mask.ts';
import { readDotenv } from './config.ts';

const SECRET_NAME =
  /(KEY|SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|MNEMONIC|SEED|CREDENTIALS?|(^|_)PK|PRIVATE)(S|_?\d+)?$|(^|_)(SECRET|PRIVATE)_/i;
const SHORTEST = 8;

/**
 * What the variables of a run hold that must never be shown: values of the project's `.env`, which
 * forge loads, and of the environment, whose names or shape tell that they are secret.
 */
export function secretValues(folder: string, env: NodeJS.ProcessEnv = process.env): string[] {
  const found = [...secretsOf(readDotenv(folder)), ...secretsOf(env)];
  return [...new Set(found)];
}

function secretsOf(variables: NodeJS.Dict<string>): string[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (!value || value.length < SHORTEST) return [];
    if (/^https?:|^wss?:/.test(value)) return isSecretUrl(value) ? [value] : [];
    if (!SECRET_NAME.test(name) || isHarmless(value)) return [];
    // Tools show keys with and without their prefix.
    return /^0x[0-9a-f]{64}$/i.test(value) ? [value, value.slice(2)] : [value];
  });
}

/** Addresses and paths to secrets are no secrets. */
const isHarmless = (value: string): boolean =>
  /^0x[0-9a-f]{40}$/i.test(value) || /^(~|\.{0,2})\/[\w.~/-]*$/.test(value);
