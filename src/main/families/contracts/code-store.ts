import { journalRows } from '../../db/journal-rows.ts';
import type { Db } from '../../db/open.ts';
import type { CodeFacts } from './contract.ts';

/** The beginning of a log has what was compiled. */
const COMPILER_LINES_WITHIN = 5000;

/** What is kept of the code that runs left on their chains. */
export function codeStore(db: Db) {
  const codes = db.prepare<[number], CodeFacts & { address: string }>(
    `SELECT address, hash, bare_hash AS bareHash, bytes, compiler FROM contract_code
     WHERE deployment_id = ?`,
  );
  const putCode = db.prepare(
    `INSERT OR REPLACE INTO contract_code (deployment_id, address, hash, bare_hash, bytes, compiler)
     VALUES (@id, @address, @hash, @bareHash, @bytes, @compiler)`,
  );
  const live = db.prepare<[number], { live: number | null }>(
    'SELECT live FROM deployments WHERE id = ?',
  );
  const journal = journalRows(db);
  return {
    /** By address, in lower case. */
    codes: (id: number): Map<string, CodeFacts> =>
      new Map(codes.all(id).map(({ address, ...facts }) => [address.toLowerCase(), facts])),
    /** Of a run that is live still: after a revert it may be another's. */
    putCodesOfLive: db.transaction((id: number, found: ReadonlyMap<string, CodeFacts>) => {
      if (live.get(id)?.live !== 1) return;
      for (const [address, facts] of found) putCode.run({ id, address, ...facts });
    }).immediate,
    /** Lines of its log that may name a compiler. */
    compilerLines: (id: number): string[] =>
      journal
        .read(id, 0, COMPILER_LINES_WITHIN)
        .filter(({ type }) => type === 'stdout' || type === 'stderr')
        .flatMap(({ data }) => (data.includes('with Solc ') ? [data] : [])),
  };
}

export type CodeStore = ReturnType<typeof codeStore>;
