import { createRouterClient, implement, ORPCError } from '@orpc/server';
import type { App } from '../../../app.ts';
import type { DeploymentDetail } from '../../../features/deployments/contract.ts';
import { type Context, declaredErrors } from '../../../lib/declared-errors.ts';
import { contractsOf, contractsResultOf, countsOf } from '../../../shared/result-parts.ts';
import { simpleContract } from './contract.ts';
import { folderOf } from './folder-of.ts';
import { inputOf } from './input-of.ts';
import { snakeCase } from './snake-case.ts';

interface Asked {
  path_url: string;
  framework: string;
  network: string;
  script_path?: string;
  parameters?: Record<string, unknown>;
  tags?: string[];
  trust: boolean;
}

/** Serves the plain face by calling the procedures of the other one, whose errors it passes on. */
export function simpleRouter(router: App['router']) {
  const coreFor = (context: Context) => createRouterClient(router, { context });
  const os = implement(simpleContract).$context<Context>().use(declaredErrors);

  /** To its end, which comes also when the caller has gone away. */
  async function deploy(asked: Asked, context: Context, signal: AbortSignal | undefined) {
    const core = coreFor(context);
    const { path_url, framework, network, trust } = asked;
    const input = inputOf(asked);
    const project = await core.projects.add({ path: folderOf(path_url), kind: framework });
    const { id } = await core.deployments.start({
      project: project.id,
      target: network,
      input,
      trust,
      trigger: 'api',
    });
    for await (const _ of await core.deployments.watch({ id, after: 0 }, { signal })) {
      // Only its end matters.
    }
    return resultOf(await core.deployments.get({ id }));
  }

  return os.router({
    deploy: os.deploy.handler(({ input, context, signal }) =>
      deploy({ ...input, network: 'local' }, context, signal),
    ),
    publish: os.publish.handler(({ input, context, signal }) => deploy(input, context, signal)),
    networks: {
      list: os.networks.list.handler(async ({ context }) =>
        snakeCase(await coreFor(context).networks.list()),
      ),
      get: os.networks.get.handler(async ({ input, context }) =>
        snakeCase(await coreFor(context).networks.get({ name: input.network_name })),
      ),
    },
    cache: {
      status: os.cache.status.handler(async ({ context }) => {
        const { images, cache } = await coreFor(context).images.status();
        const tags = images.filter(({ present }) => present).map(({ tag }) => tag);
        return {
          cached_images: tags.length,
          cache_enabled: cache.enabled,
          cached_image_tags: tags,
        };
      }),
      clear: os.cache.clear.handler(async ({ context }) => {
        const { removed, kept } = await coreFor(context).images.clear();
        const left = kept.map(({ tag, reason }) => `; kept ${tag}: ${reason}`).join('');
        return {
          success: true as const,
          message: `Removed images: ${removed.length}${left}.`,
        };
      }),
    },
    foundryCache: {
      status: os.foundryCache.status.handler(async ({ context }) => {
        const { entries, enabled, ttlSeconds } = await coreFor(context).compileCache.status();
        return {
          cached_compilations: entries,
          cache_enabled: enabled,
          cache_ttl_seconds: ttlSeconds,
        };
      }),
      clear: os.foundryCache.clear.handler(async ({ context }) => {
        const { entries } = await coreFor(context).compileCache.clear();
        return { success: true as const, message: `Deleted compilations: ${entries}.` };
      }),
    },
    containers: {
      stats: os.containers.stats.handler(async ({ context }) =>
        snakeCase(await coreFor(context).containers.statsOnce({})),
      ),
      cleanup: os.containers.cleanup.handler(async ({ context }) => {
        const { containers, volumes, bytes } = await coreFor(context).containers.cleanup({});
        return {
          success: true as const,
          message: `Removed containers: ${containers.length}, volumes: ${volumes.length}.`,
          removed_containers: containers.map(({ name }) => name),
          removed_volumes: volumes.map(({ name }) => name),
          freed_bytes: bytes,
        };
      }),
    },
  });
}

/** Throws what a run failed with, as an error of its own. */
function resultOf(run: DeploymentDetail) {
  const { id, number, project, status, target, failure } = run;
  const { transactionCounts, gasUsed } = contractsOf(run.summary) ?? {
    transactionCounts: countsOf([]),
    gasUsed: null,
  };
  const counts = snakeCase(transactionCounts);
  if (status === 'succeeded') {
    const { chainId, contracts, transactions } = contractsResultOf(run.result) ?? {
      ...{ chainId: null, contracts: [], transactions: [] },
    };
    return {
      ...{ success: true as const, deployment_id: id, number, status, project },
      ...{ network: target, chain_id: chainId, gas_used: gasUsed, transaction_counts: counts },
      contracts: snakeCase(contracts),
      transactions: snakeCase(transactions),
    };
  }
  throw new ORPCError('DEPLOYMENT_FAILED', {
    defined: true,
    status: 424,
    message: failure?.message ?? `${project.name} #${number} was ${status} before its end.`,
    data: {
      deployment_id: id,
      status,
      transaction_counts: counts,
      reason: failure?.code ?? status.toUpperCase(),
      fix: failure?.fix,
    },
  });
}
