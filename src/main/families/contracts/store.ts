import type { Db } from '../../db/open.ts';
import type { BriefRef } from '../../shared/refs.ts';
import type {
  Contract,
  ContractsResult,
  ContractsSummary,
  Transaction,
} from '../../shared/result.ts';
import type { ResultStore } from '../result-store.ts';
import type { Deployed } from './addresses.ts';

/** What transactions lack that older versions have stored. */
const beforeElsewhere = { chainId: null, elsewhere: null };

type StoredContract = Omit<Contract, 'nested' | 'verified'> & { nested: number; verified: number };

const columns = `name, label, address, transaction_hash AS transactionHash, block_number AS blockNumber,
  nested, verified, chain_id AS chainId, elsewhere`;

/** Transactions and contracts of the runs that went to a chain. */
export function contractsStore(db: Db) {
  const putTransaction = db.prepare(
    `INSERT OR REPLACE INTO transactions (deployment_id, position, hash, data) VALUES (?, ?, ?, ?)`,
  );
  const transactions = db.prepare<[number], { data: string }>(
    'SELECT data FROM transactions WHERE deployment_id = ? ORDER BY position',
  );
  const clearContracts = db.prepare('DELETE FROM contracts WHERE deployment_id = ?');
  const putContract = db.prepare(
    `INSERT INTO contracts (deployment_id, position, name, label, address, transaction_hash,
       block_number, nested, verified, chain_id, elsewhere)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const contracts = db.prepare<[number], StoredContract>(
    `SELECT ${columns} FROM contracts WHERE deployment_id = ? ORDER BY position`,
  );
  const firstLive = db.prepare<[string], BriefRef & { address: string | null }>(
    `SELECT d.id, d.number, p.name AS project,
       (SELECT address FROM contracts c WHERE c.deployment_id = d.id AND c.verified = 1
         AND c.elsewhere IS NULL
         ORDER BY position LIMIT 1) AS address
     FROM deployments d JOIN projects p ON p.id = d.project_id
     WHERE d.target = ? AND d.live = 1 ORDER BY d.id DESC`,
  );
  const takenBackAt = db.prepare<[string, string], BriefRef>(
    `SELECT d.id, d.number, p.name AS project FROM deployments d
     JOIN projects p ON p.id = d.project_id
     WHERE d.target = ? AND d.live = 0 AND EXISTS (SELECT 1 FROM contracts c
       WHERE c.deployment_id = d.id AND c.address = ? COLLATE NOCASE)
     ORDER BY d.id DESC LIMIT 1`,
  );

  const addressesOn = db.prepare<[string], Deployed>(
    `SELECT json_extract(d.result, '$.chainId') AS chainId, c.name, c.label, c.address
     FROM deployments d JOIN contracts c ON c.deployment_id = d.id
     WHERE d.target = ? AND d.live = 1 AND c.verified = 1 AND c.elsewhere IS NULL
     ORDER BY d.id, c.position`,
  );

  const results: ResultStore<ContractsResult> = {
    put(deployment, whole, news) {
      for (const t of news.transactions) {
        putTransaction.run(deployment, t.index, t.hash, JSON.stringify(t));
      }
      if (news.contracts.length === 0) return;
      clearContracts.run(deployment);
      whole.contracts.forEach((c, position) => {
        putContract.run(
          ...[deployment, position, c.name, c.label, c.address, c.transactionHash, c.blockNumber],
          ...[Number(c.nested), Number(c.verified), c.chainId, c.elsewhere],
        );
      });
    },
    read(deployment, summary) {
      if (summary === null) return null;
      // Older versions have not stored the source.
      const { chainId, sender, source = null } = summary as ContractsSummary;
      return {
        family: 'contracts',
        chainId,
        sender,
        source,
        transactions: transactions
          .all(deployment)
          .map(({ data }) => ({ ...beforeElsewhere, ...JSON.parse(data) }) as Transaction),
        contracts: contracts.all(deployment).map(toContract),
      };
    },
  };

  return {
    ...results,
    /** What is live on a network, newest first, each with the address of something in it. */
    liveOn: (network: string) => firstLive.all(network),
    /** Every contract that is live on a network, in the order in which they were made. */
    addressesOn: (network: string) => addressesOn.all(network),
    /** The last run that had put something at an address where it is not any more. */
    takenBackAt: (network: string, address: string) => takenBackAt.get(network, address),
  };
}

export type ContractsStore = ReturnType<typeof contractsStore>;

const toContract = (c: StoredContract): Contract => ({
  ...c,
  nested: c.nested === 1,
  verified: c.verified === 1,
});
