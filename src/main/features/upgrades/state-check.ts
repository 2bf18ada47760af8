import { type Abi, getAddress, toFunctionSelector } from 'viem';
import { signatureOf } from '../../eth/inside/abi-index.ts';
import { functionsOf } from '../../eth/inside/choose-function.ts';
import { namespaceSlot } from '../../eth/inside/storage-layout.ts';
import type { Rpc } from '../../eth/rpc.ts';
import type { Finding } from './contract.ts';
import type { StoredOf } from './storage-check.ts';

/** `_initialized` of OpenZeppelin's Initializable, since version 5. */
const INITIALIZABLE = namespaceSlot('openzeppelin.storage.Initializable');
const UINT64 = (1n << 64n) - 1n;
const UINT8 = 255n;

/** Where a contract keeps how often it was initialized; null: it doesn't. */
interface Counter {
  slot: bigint;
  /** Bytes from the right. */
  offset: number;
  bytes: number;
  /** Its value once initializing is disabled. */
  locked: bigint;
}

export function counterOf(stored: StoredOf): Counter | null {
  if ('problem' in stored) return null;
  const { layout, namespaces } = stored;
  if ('openzeppelin.storage.Initializable' in namespaces) {
    return { slot: INITIALIZABLE, offset: 0, bytes: 8, locked: UINT64 };
  }
  const item = layout.storage.find(({ label }) => label === '_initialized');
  const type = item && layout.types[item.type];
  if (!item || !type) return null;
  const isBool = type.label === 'bool';
  return {
    ...{ slot: BigInt(item.slot), offset: item.offset, bytes: Number(type.numberOfBytes) },
    locked: isBool ? 1n : UINT8,
  };
}

/** @param word of its slot */
export const countIn = ({ offset, bytes }: Counter, word: bigint): bigint =>
  (word >> BigInt(offset * 8)) & ((1n << BigInt(bytes * 8)) - 1n);

export const slotText = (slot: bigint): string => `0x${slot.toString(16).padStart(64, '0')}`;

const INITIALIZES = /^_*(re)?initiali[sz]e/i;
const initializersIn = (abi: Abi): string[] =>
  functionsOf(abi)
    .filter(
      ({ name, stateMutability }) =>
        INITIALIZES.test(name) && stateMutability !== 'view' && stateMutability !== 'pure',
    )
    .map(signatureOf);

const found = (level: Finding['level'], message: string): Finding => ({
  ...{ level, topic: 'initializer', message, detail: null },
});

export interface InitializerQuestion {
  call: Rpc;
  proxy: string;
  before: { abi: Abi; stored: StoredOf };
  after: { abi: Abi; stored: StoredOf };
  /** What the constructor of the new one has stored in a slot of it; null: that isn't known. */
  storedAt: ((slot: bigint) => Promise<bigint>) | null;
  /** What the transaction that upgrades calls through the proxy, hex. */
  afterwards?: string;
}

/** Who could initialize the proxy, or the new code by itself. */
export async function checkInitializer(question: InitializerQuestion): Promise<Finding[]> {
  const { call, proxy, before, after, storedAt, afterwards = '0x' } = question;
  const initializers = initializersIn(after.abi);
  const isCalled = (signature: string) => toFunctionSelector(signature) === afterwards.slice(0, 10);
  const findings: Finding[] = [];
  const counter = counterOf(before.stored) ?? counterOf(after.stored);
  if (counter) {
    const word = await call<string>('eth_getStorageAt', [proxy, slotText(counter.slot), 'latest']);
    const count = countIn(counter, BigInt(word));
    if (count === 0n && initializers.length > 0 && !initializers.some(isCalled)) {
      findings.push(
        found(
          'error',
          `The proxy was never initialized: anybody may call ${initializers.join(' or ')} on it, and own it. Initialize it in the transaction that upgrades.`,
        ),
      );
    } else if (count > 0n) {
      findings.push(found('note', `The proxy was initialized up to version ${count}.`));
    }
  }
  const known = new Set(initializersIn(before.abi));
  const added = initializers.filter((one) => !known.has(one) && !isCalled(one));
  if (added.length > 0) {
    findings.push(
      found(
        'warning',
        `${added.join(', ')} ${added.length === 1 ? 'is' : 'are'} new. If it sets up what the new code needs, call it in the transaction that upgrades (upgradeToAndCall), before anybody else does.`,
      ),
    );
  }
  const own = counterOf(after.stored);
  if (own && initializers.length > 0 && storedAt) {
    const count = countIn(own, await storedAt(own.slot));
    if (count < own.locked) {
      findings.push(
        found(
          'warning',
          'The new implementation itself can be initialized by anybody. Call _disableInitializers() in its constructor.',
        ),
      );
    }
  }
  return findings;
}

const ZERO = `0x${'0'.repeat(40)}`;
const OWNER = '0x8da5cb5b';

/** The owner that a contract tells; null: it tells none. */
export async function ownerOf(call: Rpc, address: string): Promise<string | null> {
  try {
    const word = await call<string>('eth_call', [{ to: address, data: OWNER }, 'latest']);
    return /^0x0{24}[0-9a-f]{40}$/i.test(word) ? getAddress(`0x${word.slice(26)}`) : null;
  } catch {
    return null;
  }
}

/** Who can upgrade the proxy, and whether it stays upgradeable. */
export async function checkAdmin(
  call: Rpc,
  {
    kind,
    address,
    admin,
    beacon,
  }: { kind: string; address: string; admin: string | null; beacon: string | null },
  after: Abi | null,
): Promise<{ admin: string | null; findings: Finding[] }> {
  const finding = (level: Finding['level'], message: string): Finding => ({
    ...{ level, topic: 'admin', message, detail: null },
  });
  const findings: Finding[] = [];
  if (kind === 'uups' && after) {
    const names = new Set(functionsOf(after).map(({ name }) => name));
    if (!names.has('upgradeTo') && !names.has('upgradeToAndCall')) {
      findings.push(
        finding(
          'error',
          'The new implementation has neither upgradeTo nor upgradeToAndCall, on which a UUPS proxy relies: it could never be upgraded again.',
        ),
      );
    } else if (!names.has('proxiableUUID')) {
      findings.push(
        finding('error', 'The new implementation has no proxiableUUID: the proxy will refuse it.'),
      );
    }
  }
  const holder = kind === 'uups' ? address : (admin ?? beacon);
  const owner = holder === null ? null : await ownerOf(call, holder);
  if (owner === ZERO) {
    findings.push(
      finding('error', 'Nobody may upgrade this proxy: its owner is the zero address.'),
    );
  }
  const who = owner ?? (kind === 'uups' ? null : admin);
  if (who !== null && who !== ZERO) {
    const code = await call<string>('eth_getCode', [who, 'latest']);
    findings.push(
      finding('note', `${who}, ${code === '0x' ? 'an account' : 'a contract'}, may upgrade it.`),
    );
  }
  return { admin: who, findings };
}
