import type { Logger } from 'pino';
import { keepPrivate } from './db/private-files.ts';
import { openDocker } from './engines/docker/open-docker.ts';
import { processEngine } from './engines/process/process-engine.ts';
import { contextOf } from './features/app/context.ts';
import { environmentSecrets } from './features/app/environment-secrets.ts';
import { backupsRouter } from './features/backups/router.ts';
import { backupsService } from './features/backups/service.ts';
import { databaseChecksFor } from './features/data/doctor-checks.ts';
import { type DoctorService, doctorService } from './features/doctor/service.ts';
import { allTools, machineChecks } from './features/engines/machine.ts';
import { secretsCheck } from './features/secrets/doctor-check.ts';
import { settingsShape } from './features/settings/contract.ts';
import { kindSpecs } from './kinds/specs.ts';
import { DataKey } from './lib/secrets/data-key.ts';

/** The doctor on its own, for a data folder that can't be opened. */
export function openDoctor(home: string): DoctorService {
  const engine = processEngine({ tools: allTools });
  const docker = openDocker({
    dataFolder: home,
    settings: () => settingsShape.parse({}),
    images: kindSpecs.images,
    tools: allTools,
  });
  const key = new DataKey(home);
  return doctorService({
    dataFolder: home,
    machine: machineChecks({ dataFolder: home, engine, lookAtDocker: docker.look }),
    more: async () => [
      ...databaseChecksFor(home),
      secretsCheck(key, () => ({
        chains: [],
        networks: [],
        webhooks: [],
        abiSources: [],
        keys: [],
        variables: [],
      })),
    ],
  });
}

/** The backups on their own: nothing of the data folder is open, so a restore is done at once. */
export function openBackups(home: string, logger: Logger) {
  keepPrivate(home);
  const service = backupsService({ home, logger, changed: () => undefined });
  return {
    router: { backups: backupsRouter(service) },
    context: contextOf(home, logger, environmentSecrets()),
    close: () => service.close(),
  };
}
