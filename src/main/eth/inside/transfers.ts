import { parseAbi } from 'viem';
import type { CallNode, Transfer } from '../../shared/decoded.ts';
import { decodeEvent, type Log } from './decode-event.ts';
import { orderedWalk } from './ordered-walk.ts';

const ERC20 = parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)']);
const ERC721 = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)',
]);
const ERC1155 = parseAbi([
  'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)',
  'event TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values)',
]);

/** Nothing is sent with other ones: what a DELEGATECALL has is the value of the call around it. */
const SENDS = new Set(['CALL', 'CREATE', 'CREATE2', 'SELFDESTRUCT']);

/** What remains of a transaction's transfers of ether and tokens, in their order. */
export function transfersOf(root: CallNode): Transfer[] {
  const found: Transfer[] = [];
  for (const { call, log } of orderedWalk(root, ({ undone }) => undone)) {
    if (log) found.push(...tokenTransfersOf(log));
    else if (call.to !== null && call.value !== '0' && SENDS.has(call.type)) {
      const { from, to, value: amount } = call;
      found.push({ standard: 'ether', token: null, from, to, amount, id: null });
    }
  }
  return found;
}

/** The transfers of tokens that a log tells of: one, several of a batch, or none. */
export function tokenTransfersOf(log: Log): Transfer[] {
  const token = log.address;
  const erc20 = valuesOf(log, ERC20);
  if (erc20)
    return [{ standard: 'erc20', token, ...ends(erc20), amount: text(erc20.value), id: null }];
  const erc721 = valuesOf(log, ERC721);
  if (erc721) {
    return [{ standard: 'erc721', token, ...ends(erc721), amount: '1', id: text(erc721.tokenId) }];
  }
  const erc1155 = valuesOf(log, ERC1155);
  if (!erc1155) return [];
  const ids = [erc1155.ids ?? erc1155.id].flat();
  const amounts = [erc1155.values ?? erc1155.value].flat();
  if (ids.length !== amounts.length) return [];
  return ids.map((id, i) => ({
    ...{ standard: 'erc1155', token, ...ends(erc1155), amount: text(amounts[i]), id: text(id) },
  }));
}

function valuesOf(
  log: Log,
  abi: Parameters<typeof decodeEvent>[1],
): Record<string, unknown> | null {
  const event = decodeEvent(log, abi);
  return event && Object.fromEntries(event.arguments.map(({ name, value }) => [name, value]));
}

const ends = ({ from, to }: Record<string, unknown>) => ({ from: text(from), to: text(to) });

const text = (value: unknown): string => String(value);
