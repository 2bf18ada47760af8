import type { Db } from '../../db/open.ts';
import type { ServicesResult } from '../../shared/result.ts';
import type { Family } from '../family.ts';
import { type AskContainer, checkEngine } from './check-engine.ts';
import { type ServicesCheck, type ServicesDiff, serviceFormats } from './contract.ts';
import { diffServices } from './diff.ts';
import { servicesEnv } from './services-env.ts';
import { servicesStore } from './store.ts';

export interface ServicesNeeds {
  db: Db;
  container: AskContainer;
}

/** What runs started on a container engine. */
export function servicesFamily({
  db,
  container,
}: ServicesNeeds): Family<ServicesResult, ServicesDiff, ServicesCheck> {
  return {
    results: servicesStore(db),
    diff: async (a, b) => diffServices(a?.result ?? null, b?.result ?? null),
    formats: serviceFormats,
    export: ({ result }, _format, { stem, about }) => ({
      name: `${stem}.env`,
      type: 'text/plain',
      text: servicesEnv(result?.services ?? [], `Written by Drydock: ${about}.`),
    }),
    words: ({ services }) =>
      services.map(({ name, url, image, container: named, containerId }) =>
        [name, url, image, named, containerId].filter(Boolean).join(' '),
      ),
    check: (run) => checkEngine(container, run),
    record: () => ({}),
  };
}
