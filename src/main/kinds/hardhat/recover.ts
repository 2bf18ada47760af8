import type { ContractsResult } from '../../shared/result.ts';
import type { LeftRun } from '../kind.ts';
import type { HardhatRun } from './input.ts';
import { LOCAL } from './network-of.ts';
import type { ToolRecords } from './tool-records.ts';

/**
 * See `Kind.recover`. What was sent was recorded before the tool got the reply; what it created is
 * read by the target.
 */
export async function recover(
  { project, input, result, isOwn }: LeftRun<HardhatRun>,
  isOver: boolean,
  records: ToolRecords,
): Promise<ContractsResult | null> {
  if (result?.family !== 'contracts' || result.chainId === null) return null;
  const { chainId } = result;
  // While the tool writes, what it leaves is not all there.
  if (isOwn && isOver && input.way !== 'contract')
    await records.settle({ project, chainId, network: input.network ?? LOCAL });
  return result.transactions.length > 0 ? result : null;
}
