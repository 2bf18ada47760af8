import { type DataKey, newKeyFix } from '../../lib/secrets/data-key.ts';
import type { NamedCheck } from '../../shared/check.ts';
import type { SecretOwners } from '../data/contract.ts';

const listed = ({
  chains,
  networks,
  webhooks,
  abiSources,
  keys,
  variables,
}: SecretOwners): string =>
  [
    ...chains.map((name) => `mnemonic of chain ${name}`),
    ...networks.map((name) => `network ${name}`),
    ...webhooks.map((name) => `webhook ${name}`),
    ...abiSources,
    ...keys.map((name) => `password of the key ${name}`),
    ...variables.map(
      ({ name, project }) =>
        `variable ${name} ${project === null ? 'of all projects' : `of ${project}`}`,
    ),
  ].join(', ');

/** How the addresses and secrets of networks, webhooks and sources of ABIs, mnemonics of chains and values of variables are kept, and whether they can be read. */
export const secretsCheck = (
  key: Pick<DataKey, 'file' | 'state'>,
  unreadable: () => SecretOwners,
): NamedCheck => ({
  id: 'secrets',
  title: 'Secrets',
  async look() {
    const state = key.state();
    const lost = listed(unreadable());
    if (state !== 'ok' && state !== 'none') {
      const problem = { missing: 'is gone', garbled: 'holds no key', unreadable: 'can’t be read' };
      return {
        status: 'error',
        detail: `the key ${key.file} ${problem[state]}${lost && `; what it sealed can’t be read: ${lost}`}`,
        remedy: `Put it back from a copy, or start with a new key: ${newKeyFix.command}`,
      };
    }
    if (lost) {
      return {
        status: 'warning',
        detail: `sealed under another key, or by the window alone: ${lost}`,
        remedy:
          'Open the window once if it sealed them, put the old secret.key back if you have it, or enter the addresses again.',
      };
    }
    const detail =
      state === 'none'
        ? 'none yet'
        : `sealed under a key in ${key.file}, which only you can read; the system’s keychain is not used. Backups don’t hold the key: keep a copy of it`;
    return { status: 'ok', detail, remedy: null };
  },
});
