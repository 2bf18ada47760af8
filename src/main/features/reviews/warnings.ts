import { getAddress } from 'viem';
import { metadataOf } from '../../eth/code-index.ts';
import { hasOpcode, OPCODES } from '../../eth/inside/opcodes.ts';
import { PROXY_SLOTS } from '../../eth/inside/proxy.ts';
import type { Rpc } from '../../eth/rpc.ts';
import type { Certificate, ReviewWarning } from './contract.ts';

type Contracts = Certificate['contracts'];
type Warned = Omit<Certificate, 'warnings'>;

/** `owner()`. https://docs.openzeppelin.com/contracts/5.x/api/access#Ownable */
const OWNER = '0x8da5cb5b';

/**
 * What should be looked at before it is sent.
 *
 * @param copy of the network, on which all of it has happened
 * @param pushed null: it can't be told
 */
export async function warningsOf(
  certificate: Warned,
  { copy, sender, pushed }: { copy: Rpc; sender: string; pushed: boolean | null },
): Promise<ReviewWarning[]> {
  const created = await Promise.all(
    certificate.contracts.map((one) => ofContract(one, copy, sender)),
  );
  return [
    ...ofBalance(certificate),
    ...ofSources(certificate, pushed),
    ...(await ofCalls(certificate, copy)),
    ...created.flat(),
  ];
}

function ofBalance({ balance, fees }: Warned): ReviewWarning[] {
  const most = BigInt(fees.most) + BigInt(fees.value);
  if (BigInt(balance) >= most) return [];
  const about = 'balance' as const;
  return [
    { about, message: `The sender has ${balance} wei, and it may take ${most} wei at the most.` },
  ];
}

function ofSources({ commit, dirty }: Warned, pushed: boolean | null): ReviewWarning[] {
  if (commit === null) {
    return [
      { about: 'no-commit', message: 'The sources are in no commit: nobody can look them up.' },
    ];
  }
  const warnings: ReviewWarning[] = [];
  if (dirty) {
    const message = `${dirty} ${dirty === 1 ? 'file differs' : 'files differ'} from the commit ${commit.slice(0, 8)}.`;
    warnings.push({ about: 'dirty', message });
  }
  if (pushed === false) {
    const message = `The commit ${commit.slice(0, 8)} is not pushed: nobody else has these sources.`;
    warnings.push({ about: 'not-pushed', message });
  }
  return warnings;
}

async function ofCalls({ transactions }: Warned, copy: Rpc): Promise<ReviewWarning[]> {
  const called = transactions.flatMap(({ to, data }) => (to !== null && data !== '0x' ? [to] : []));
  const codes = await Promise.all(
    [...new Set(called)].map(async (at) => ({
      at,
      code: await copy<string>('eth_getCode', [at, 'latest']),
    })),
  );
  return codes
    .filter(({ code }) => code === '0x')
    .map(({ at }) => ({
      about: 'no-code',
      message: `There is no code at ${at}, which is called with data.`,
    }));
}

async function ofContract(
  { address, name }: Contracts[number],
  copy: Rpc,
  sender: string,
): Promise<ReviewWarning[]> {
  const called = name ?? address;
  const [code, owner, admin] = await Promise.all([
    copy<string>('eth_getCode', [address, 'latest']),
    copy<string>('eth_call', [{ to: address, data: OWNER }, 'latest']).catch(() => '0x'),
    copy<string>('eth_getStorageAt', [address, PROXY_SLOTS.admin, 'latest']),
  ]);
  const warnings: ReviewWarning[] = [];
  if (addressIn(owner)?.toLowerCase() === sender.toLowerCase()) {
    const message = `${called} is owned by the sender: whoever has its key is in control.`;
    warnings.push({ about: 'owner', message });
  }
  const by = addressIn(admin);
  if (by && (await copy<string>('eth_getCode', [by, 'latest'])) === '0x') {
    const message = `The proxy ${called} can be changed by ${by}, a single account and no contract.`;
    warnings.push({ about: 'proxy-admin', message });
  }
  const bare = code.slice(0, code.length - metadataOf(code.slice(2)));
  if (hasOpcode(bare, OPCODES.selfDestruct)) {
    warnings.push({ about: 'self-destruct', message: `${called} can destroy itself.` });
  }
  if (hasOpcode(bare, OPCODES.origin)) {
    const message = `${called} asks who has sent the transaction (tx.origin), not only who calls.`;
    warnings.push({ about: 'tx-origin', message });
  }
  return warnings;
}

/** null: zero, or none. */
function addressIn(word: string): string | null {
  if (word.length !== 66 || BigInt(word) === 0n || !word.startsWith(`0x${'0'.repeat(24)}`)) {
    return null;
  }
  return getAddress(`0x${word.slice(26)}`);
}
