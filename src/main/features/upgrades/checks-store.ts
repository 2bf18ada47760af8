import type { Db } from '../../db/open.ts';
import type { CheckedUpgrade } from './contract.ts';

/** Upgrades as they were checked before a run sent them. */
export function checksStore(db: Db) {
  const put = db.prepare(
    `INSERT INTO upgrade_checks (deployment_id, position, data)
     SELECT @deployment, count(*), @data FROM upgrade_checks WHERE deployment_id = @deployment`,
  );
  const ofRun = db.prepare<[number], { data: string }>(
    'SELECT data FROM upgrade_checks WHERE deployment_id = ? ORDER BY position',
  );
  return {
    add(deployment: number, checked: CheckedUpgrade): void {
      put.run({ deployment, data: JSON.stringify(checked) });
    },
    /** In the order in which they were checked. */
    ofRun: (deployment: number): CheckedUpgrade[] =>
      ofRun.all(deployment).map(({ data }) => JSON.parse(data) as CheckedUpgrade),
  };
}
