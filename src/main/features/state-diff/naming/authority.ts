import { keccak256, toHex } from 'viem';
import { PROXY_SLOTS } from '../../../eth/inside/proxy.ts';
import type { VariableChange } from '../../../shared/decoded.ts';
import type { Authority } from '../contract.ts';

/** Names of roles that many contracts have, beside those that their own ABIs tell of. */
const COMMON_ROLES = [
  ...['MINTER_ROLE', 'BURNER_ROLE', 'PAUSER_ROLE', 'UPGRADER_ROLE', 'SNAPSHOT_ROLE'],
  ...['ADMIN_ROLE', 'OPERATOR_ROLE', 'MANAGER_ROLE', 'GOVERNOR_ROLE', 'KEEPER_ROLE'],
  ...['PROPOSER_ROLE', 'EXECUTOR_ROLE', 'CANCELLER_ROLE', 'TIMELOCK_ADMIN_ROLE'],
];
const NO_HASH = `0x${'0'.repeat(64)}`;

/** Names of roles by their hashes, as AccessControl of OpenZeppelin makes them. */
export function roleNames(own: readonly string[]): ReadonlyMap<string, string> {
  const names = [...COMMON_ROLES, ...own].filter((name) => name !== 'DEFAULT_ADMIN_ROLE');
  return new Map([
    [NO_HASH, 'DEFAULT_ADMIN_ROLE'],
    ...names.map((name) => [keccak256(toHex(name)), name] as const),
  ]);
}

const byProxySlot = new Map<string, Authority['kind']>([
  [PROXY_SLOTS.implementation, 'implementation'],
  [PROXY_SLOTS.proxiable, 'implementation'],
  [PROXY_SLOTS.zeppelinos, 'implementation'],
  [PROXY_SLOTS.admin, 'admin'],
  [PROXY_SLOTS.beacon, 'beacon'],
]);

const MEMBER = /(?:^|\.)_?roles\[(0x[0-9a-f]{64})\]\.(?:hasRole|members)\[(0x[0-9a-fA-F]{40})\]$/;
const ROLE_ADMIN = /(?:^|\.)_?roles\[(0x[0-9a-f]{64})\]\.adminRole$/;

/** What a variable says of who may do what, by the names that well-known libraries give it. */
export function authorityOf(
  { name, type, slot }: VariableChange,
  roles: ReadonlyMap<string, string>,
): Authority | null {
  const of = (
    kind: Authority['kind'],
    role: string | null = null,
    account: string | null = null,
  ) => ({
    ...{ kind, role: role === null ? null : (roles.get(role) ?? role), account },
  });
  const proxy = byProxySlot.get(slot);
  if (proxy) return of(proxy);
  if (name === null) return null;
  const [, role, account] = MEMBER.exec(name) ?? [];
  if (role && account) return of('role', role, account);
  const [, governed] = ROLE_ADMIN.exec(name) ?? [];
  if (governed) return of('role admin', governed);
  if (type !== 'address' && !type?.startsWith('contract ')) return null;
  if (/(?:^|\.)_?owner$/.test(name)) return of('owner');
  return /(?:^|\.)_?pendingOwner$/.test(name) ? of('pending owner') : null;
}
