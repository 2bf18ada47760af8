import type { Changes } from './features/app/changes.ts';
import type { OwnInfo } from './features/app/info.ts';
import { appRouter } from './features/app/router.ts';
import { backupsRouter } from './features/backups/router.ts';
import type { BackupsService } from './features/backups/service.ts';
import { chainsRouter } from './features/chains/router.ts';
import type { ChainsService } from './features/chains/service.ts';
import { compileCacheRouter } from './features/compile-cache/router.ts';
import type { CompileCacheService } from './features/compile-cache/service.ts';
import { containersRouter } from './features/containers/router.ts';
import type { ContainersService } from './features/containers/service.ts';
import { dataRouter } from './features/data/router.ts';
import type { DataService } from './features/data/service.ts';
import { deploymentsRouter } from './features/deployments/router.ts';
import type { DeploymentsService } from './features/deployments/service.ts';
import type { Reconciler } from './features/doctor/reconciler.ts';
import { doctorRouter } from './features/doctor/router.ts';
import type { DoctorService } from './features/doctor/service.ts';
import { eventsRouter } from './features/events/router.ts';
import type { EventsService } from './features/events/service.ts';
import { historyRouter } from './features/history/router.ts';
import type { HistoryService } from './features/history/service.ts';
import { imagesRouter } from './features/images/router.ts';
import type { ImagesService } from './features/images/service.ts';
import { networksRouter } from './features/networks/router.ts';
import type { NetworksService } from './features/networks/service.ts';
import { projectsRouter } from './features/projects/router.ts';
import type { ProjectsService } from './features/projects/service.ts';
import { settingsRouter } from './features/settings/router.ts';
import type { SettingsService } from './features/settings/service.ts';
import { terminalsRouter } from './features/terminals/router.ts';
import type { TerminalsService } from './features/terminals/service.ts';
import { webhooksRouter } from './features/webhooks/router.ts';
import type { WebhooksService } from './features/webhooks/service.ts';

export type { Context } from './kit/declared-errors.ts';

export interface Services {
  changes: Changes;
  info: () => Promise<OwnInfo>;
  projects: ProjectsService;
  networks: NetworksService;
  chains: ChainsService;
  deployments: DeploymentsService;
  history: HistoryService;
  doctor: DoctorService;
  reconciler: Reconciler;
  settings: SettingsService;
  events: EventsService;
  terminals: TerminalsService;
  webhooks: WebhooksService;
  data: DataService;
  backups: BackupsService;
  containers: ContainersService;
  images: ImagesService;
  compileCache: CompileCacheService;
}

/** Serves the whole contract. */
export function createRouter(services: Services) {
  return {
    app: appRouter(services.changes, services.info),
    projects: projectsRouter(services.projects),
    networks: networksRouter(services.networks),
    chains: chainsRouter(services.chains),
    deployments: deploymentsRouter(services.deployments),
    history: historyRouter(services.history),
    doctor: doctorRouter(services.doctor, services.reconciler),
    settings: settingsRouter(services.settings),
    events: eventsRouter(services.events),
    terminals: terminalsRouter(services.terminals),
    webhooks: webhooksRouter(services.webhooks),
    data: dataRouter(services.data),
    backups: backupsRouter(services.backups),
    containers: containersRouter(services.containers),
    images: imagesRouter(services.images),
    compileCache: compileCacheRouter(services.compileCache),
  };
}

export type Router = ReturnType<typeof createRouter>;
