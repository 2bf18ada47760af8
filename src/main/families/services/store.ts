import type { Db } from '../../db/open.ts';
import type { Service, ServicesResult } from '../../shared/result.ts';
import type { ResultStore } from '../result-store.ts';

const TYPE = 'service';

/** Services of the runs on the container engine: a resource each, named by its container. */
export function servicesStore(db: Db): ResultStore<ServicesResult> {
  const put = db.prepare(
    `INSERT INTO resources (deployment_id, type, ref, data, live) VALUES (?, '${TYPE}', ?, ?, ?)
     ON CONFLICT (deployment_id, type, ref)
       DO UPDATE SET data = excluded.data, live = excluded.live`,
  );
  const read = db.prepare<[number], { data: string }>(
    `SELECT data FROM resources WHERE deployment_id = ? AND type = '${TYPE}' ORDER BY id`,
  );
  return {
    put(deployment, { services }) {
      for (const service of services) {
        const live = Number(service.health !== 'stopped');
        put.run(deployment, service.containerId, JSON.stringify(service), live);
      }
    },
    read(deployment, summary) {
      if (summary === null) return null;
      const services = read.all(deployment).map(({ data }) => JSON.parse(data) as Service);
      return { family: 'services', services };
    },
  };
}
