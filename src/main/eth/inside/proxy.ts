import { getAddress } from 'viem';
import { implementationOf } from '../clone.ts';
import type { ReadNetwork } from '../network-reader.ts';
import type { ProxyKind } from './names.ts';

/** A contract that passes its calls on. */
export interface ProxyAt {
  kind: ProxyKind;
  /** One, or the facets of a diamond. */
  implementations: readonly string[];
}

/** https://eips.ethereum.org/EIPS/eip-1967 */
const IMPLEMENTATION = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';
const BEACON = '0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50';
const ADMIN = '0xb53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103';
/** `implementation()`, of a beacon. */
const ASK_BEACON = '0x5c60da1b';
/** `proxiableUUID()` as it stands in the code of an implementation: https://eips.ethereum.org/EIPS/eip-1822 */
const PROXIABLE = '6352d1902d';

/** null: it is none that is known. @param code what stands at the address, hex */
export async function proxyAt(
  call: ReadNetwork['call'],
  address: string,
  code: string,
): Promise<ProxyAt | null> {
  const cloned = implementationOf(code);
  if (cloned) return { kind: 'clone', implementations: [getAddress(cloned)] };
  const [implementation, beacon, admin] = await Promise.all(
    [IMPLEMENTATION, BEACON, ADMIN].map(async (slot) =>
      addressIn(await call<string>('eth_getStorageAt', [address, slot, 'latest'])),
    ),
  );
  if (implementation) {
    const kind = admin ? 'transparent' : await upgradeableKind(call, implementation);
    return { kind, implementations: [implementation] };
  }
  if (!beacon) return null;
  const said = await call<string>('eth_call', [{ to: beacon, data: ASK_BEACON }, 'latest']).catch(
    () => '0x',
  );
  const behind = addressIn(said);
  return behind ? { kind: 'beacon', implementations: [behind] } : null;
}

async function upgradeableKind(call: ReadNetwork['call'], at: string): Promise<ProxyKind> {
  const code = await call<string>('eth_getCode', [at, 'latest']);
  return code.includes(PROXIABLE) ? 'uups' : 'eip-1967';
}

/** The address in a word, hex; null for none. */
function addressIn(word: string): string | null {
  const digits = word.slice(-40);
  return /^0x[0-9a-f]{64}$/i.test(word) && /[1-9a-f]/i.test(digits)
    ? getAddress(`0x${digits}`)
    : null;
}
