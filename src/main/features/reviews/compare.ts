import { metadataOf } from '../../eth/code-index.ts';
import type { Rpc } from '../../eth/rpc.ts';
import type { Contract } from '../../shared/result.ts';
import type { DeploymentDetail } from '../deployments/contract.ts';
import type { Certificate } from './contract.ts';

type Compared = NonNullable<Certificate['compared']>;
type Named = Pick<Contract, 'name' | 'address'>;

/**
 * What a rehearsal deploys beside what the last deployment of the project has left on the network.
 *
 * @param last null: there is none
 */
export async function comparedWith(
  last: DeploymentDetail | null,
  contracts: readonly Named[],
  { copy, network }: { copy: Rpc; network: Rpc },
): Promise<Compared | null> {
  if (last?.result?.family !== 'contracts') return null;
  const { id, number, commit } = last;
  const left = [...last.result.contracts];
  const compared = [];
  for (const { name, address } of contracts) {
    const at = name === null ? -1 : left.findIndex((one) => one.name === name);
    const [before] = at < 0 ? [] : left.splice(at, 1);
    const isSame =
      before && (await bareCode(network, before.address)) === (await bareCode(copy, address));
    const change = before ? (isSame ? 'same' : 'changed') : 'new';
    compared.push({ name, address, change, before: before?.address ?? null } as const);
  }
  const gone = left.flatMap(({ name }) => name ?? []);
  return { deployment: id, number, commit, contracts: compared, gone };
}

/** Without its metadata, which changes with every comment. */
async function bareCode(call: Rpc, address: string): Promise<string> {
  const code = await call<string>('eth_getCode', [address, 'latest']);
  return code.slice(0, code.length - metadataOf(code.slice(2)));
}
