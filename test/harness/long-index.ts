import { createHash } from 'node:crypto';
import { openDb } from '#main/db/open.ts';
import { bytesOf } from '#main/eth/hex-bytes.ts';
import type { Rpc } from '#main/eth/rpc.ts';
import { pagesStore } from '#main/features/chain-index/pages-store.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Makes the index of a running chain, of which all blocks are indexed, as if each held so many
 * transactions: to send a hundred thousand takes minutes. Returns how many it has then.
 */
export async function fillIndex(home: string, chain: string, call: Rpc, perBlock: number) {
  const [from = '', to = ''] = await call<string[]>('eth_accounts');
  const db = openDb(home);
  try {
    const head = pagesStore(db).head(chain);
    if (!head) throw new Error(`nothing of ${chain} is indexed`);
    const add = db.prepare(
      `INSERT INTO indexed_transactions (chain_id, ordinal, block_number, position, hash, sender,
         receiver, created, value, input, succeeded, gas_used)
       VALUES (?, ?, ?, ?, ?, ?, ?, NULL, '1', x'', 1, '21000')`,
    );
    const role = db.prepare('INSERT INTO indexed_addresses VALUES (?, ?, ?, ?)');
    const total = head.number * perBlock;
    db.transaction(() => {
      for (let ordinal = 0; ordinal < total; ordinal++) {
        const [number, position] = [Math.floor(ordinal / perBlock) + 1, ordinal % perBlock];
        const hash = digest(`${ordinal}`);
        add.run(head.id, ordinal, number, position, hash, bytesOf(from), bytesOf(to));
        role.run(head.id, bytesOf(from), ordinal, 1);
        role.run(head.id, bytesOf(to), ordinal, 2);
      }
      db.prepare(
        `UPDATE indexed_blocks SET transactions = @n, first_transaction = (number - 1) * @n
         WHERE chain_id = @id`,
      ).run({ id: head.id, n: perBlock });
      db.prepare('UPDATE indexed_chains SET transactions = ? WHERE id = ?').run(total, head.id);
    }).immediate();
    return total;
  } finally {
    db.close();
  }
}
