import { PROXY_SLOTS } from './proxy.ts';
import { namespaceSlot, type StorageItem, type StorageTypes } from './storage-layout.ts';

/** Variables that begin at a slot of their own, in whatever contract. */
export interface StorageRoot {
  base: bigint;
  /** Comes before the names of its variables. */
  prefix: string;
  items: readonly StorageItem[];
  types: StorageTypes;
}

const simple = (label: string, numberOfBytes: number) => ({
  ...{ encoding: 'inplace', label, numberOfBytes: String(numberOfBytes) },
});
const mapping = (key: string, value: string) => ({
  ...{ encoding: 'mapping', label: `mapping(${key} => ${value})`, numberOfBytes: '32', key, value },
});

const types: StorageTypes = {
  address: simple('address', 20),
  bool: simple('bool', 1),
  uint64: simple('uint64', 8),
  uint256: simple('uint256', 32),
  bytes32: simple('bytes32', 32),
  string: { encoding: 'bytes', label: 'string', numberOfBytes: '32' },
  balances: mapping('address', 'uint256'),
  allowances: mapping('address', 'balances'),
  members: mapping('address', 'bool'),
  role: {
    ...simple('struct RoleData', 64),
    members: [
      { label: 'hasRole', slot: '0', offset: 0, type: 'members' },
      { label: 'adminRole', slot: '1', offset: 0, type: 'bytes32' },
    ],
  },
  roles: mapping('bytes32', 'role'),
};

/** Names and types in the order of declaration, each in a slot of its own unless it gives an offset. */
type Short = [label: string, type: string, sameSlotOffset?: number];

function itemsOf(shorts: readonly Short[]): StorageItem[] {
  let slot = -1;
  return shorts.map(([label, type, offset]) => {
    if (offset === undefined) slot++;
    return { label, type, offset: offset ?? 0, slot: String(slot) };
  });
}

/** The namespaces of OpenZeppelin's upgradeable contracts, of which layouts say nothing. */
const namespaces: Record<string, Short[]> = {
  Initializable: [
    ['_initialized', 'uint64'],
    ['_initializing', 'bool', 8],
  ],
  Ownable: [['_owner', 'address']],
  Ownable2Step: [['_pendingOwner', 'address']],
  Pausable: [['_paused', 'bool']],
  ReentrancyGuard: [['_status', 'uint256']],
  AccessControl: [['_roles', 'roles']],
  Nonces: [['_nonces', 'balances']],
  ERC20: [
    ['_balances', 'balances'],
    ['_allowances', 'allowances'],
    ['_totalSupply', 'uint256'],
    ['_name', 'string'],
    ['_symbol', 'string'],
  ],
};

const proxySlots: [slot: string, name: string][] = [
  [PROXY_SLOTS.implementation, 'implementation'],
  [PROXY_SLOTS.admin, 'admin'],
  [PROXY_SLOTS.beacon, 'beacon'],
  [PROXY_SLOTS.proxiable, 'implementation'],
  [PROXY_SLOTS.zeppelinos, 'implementation'],
];

let made: StorageRoot[] | null = null;

/** Where proxies and well-known libraries keep their variables. */
export function wellKnownStorage(): readonly StorageRoot[] {
  made ??= [
    ...proxySlots.map(([slot, name]) => ({
      ...{ base: BigInt(slot), prefix: '', items: itemsOf([[name, 'address']]), types },
    })),
    ...Object.entries(namespaces).map(([name, shorts]) => ({
      base: namespaceSlot(`openzeppelin.storage.${name}`),
      prefix: `${name}.`,
      ...{ items: itemsOf(shorts), types },
    })),
  ];
  return made;
}
