import { mayBeRepeated } from './backend.ts';
import { type Answer, type Call, callsIn, methodOf, refusal, UNAUTHORIZED } from './json-rpc.ts';
import type { ServedChain } from './served-chain.ts';

/** Longer bodies hold more than a question for accounts. */
const MOST_BYTES = 64 * 1024;

/**
 * The reply to `eth_accounts`, alone or in a batch that only reads, of a chain whose node lists its
 * accounts in no order: programs name them by index. Such a node has no keys of them either, so
 * that a call which asks for a signature alone is refused with what to do instead.
 *
 * @returns null: it is the node's to reply. Resolves to null when the node doesn't
 */
export function orderedAccounts(
  { name, settings, backend }: Pick<ServedChain, 'name' | 'settings' | 'backend'>,
  body: Buffer,
): Promise<string | null> | null {
  const { accounts } = settings;
  if (accounts.length === 0 || body.length > MOST_BYTES) return null;
  const refused = SIGNS.some((word) => body.includes(word)) && unsigned(name, accounts, body);
  if (refused) return refused;
  if (!body.includes('eth_accounts')) return null;
  const found = callsIn(body);
  const isAsked = found?.calls.some(isAccounts) && found.calls.every(isPlain);
  if (!found || !isAsked) return null;
  const asked = found.calls.map((call) => ({
    method: methodOf(call),
    params: (call.params ?? []) as unknown[],
  }));
  return backend.ask(asked).then(
    (answers) => {
      const replies = found.calls.map((call, i) => {
        const { result, ...answer } = { ...answers[i], jsonrpc: '2.0', id: call.id ?? null };
        if (result === undefined) return answer;
        return { ...answer, result: isAccounts(call) ? ordered(accounts, result) : result };
      });
      return JSON.stringify(found.isBatch ? replies : replies[0]);
    },
    () => null,
  );
}

/** Of all methods that ask for a signature. */
const SIGNS = ['eth_sign', 'personal_sign'];
const SIGNING = /^(?:eth_sign(?:Transaction|TypedData(?:_v[134])?)?|personal_sign)$/;

function unsigned(
  chain: string,
  accounts: readonly string[],
  body: Buffer,
): Promise<string> | null {
  const found = callsIn(body);
  const [call] = found?.calls ?? [];
  if (call?.id === undefined || found?.isBatch || !SIGNING.test(methodOf(call))) return null;
  const params = JSON.stringify(call.params ?? []).toLowerCase();
  const account = accounts.find((one) => params.includes(one.toLowerCase()));
  if (account === undefined) return null;
  const told = `The accounts of ${chain} come from a mnemonic of its own, and its node has no keys to sign with. Sign in a wallet or a script that has the key, which "drydock account key ${chain} ${account}" tells; scripts that Drydock runs have it.`;
  return Promise.resolve(refusal(body, UNAUTHORIZED, told));
}

const isAccounts = (call: Call): boolean => methodOf(call) === 'eth_accounts';

const isPlain = (call: Call): boolean =>
  call.id !== undefined &&
  (call.params === undefined || Array.isArray(call.params)) &&
  mayBeRepeated(methodOf(call));

/** Those of the chain first; then what else it sends for. */
function ordered(accounts: readonly string[], listed: Answer['result']): unknown {
  if (!Array.isArray(listed)) return listed;
  const known = accounts.map((one) => one.toLowerCase());
  return [...known, ...listed.filter((one) => !known.includes(`${one}`.toLowerCase()))];
}
