import { withoutNulls } from '../../lib/without-nulls.ts';
import { withAddresses } from '../../shared/address-of.ts';
import type { Caller } from '../../shared/caller.ts';
import { AppError } from '../../shared/errors.ts';
import { withoutAliases } from '../../shared/input-aliases.ts';
import type { KindInfo } from '../../shared/kind.ts';
import { waitingPhases } from '../../shared/phase.ts';
import type { DeploymentsContext } from './context.ts';
import type { Deployment, StartInput } from './contract.ts';
import { toDto } from './to-dto.ts';

/** The only engine that runtime targets have so far. */
const ONLY_ENGINE = 'docker';

/** The request is that of an earlier run, whole: no defaults apply. */
export interface Repeats {
  /** The failed run that it retries, if it does. */
  retryOf: number | null;
  /** See `DeploymentRow`; absent: nothing. */
  approval?: number;
  resumes?: boolean;
  standsFor?: string;
}

/** Records a request and queues it. Returns the queued deployment. */
export async function startRun(
  context: DeploymentsContext,
  asked: StartInput,
  repeats: Repeats | null,
  caller: Caller,
): Promise<{ deployment: Deployment; replaced: number[] }> {
  const { deps, store, journal } = context;
  const project = deps.project(asked.project);
  const kind = await deps.kinds.get(project.kind);
  const { info } = kind;
  const provider = deps.provider(info.target);
  const target = targetOf(info, asked.target);
  provider.assertExists(target);
  await deps.ensureTrusted(project.id, asked.trust);
  const given = withoutAliases(info.inputs, asked.input ?? {});
  const addressOf = info.target === 'chain' ? deps.addressesOn(target) : undefined;
  const addressed = addressOf
    ? withAddresses(info.inputs, given, { addressOf, network: target })
    : given;
  const completed = repeats ? addressed : await deps.withDefaults(project.id, target, addressed);
  const input = (await kind.normalize(withoutNulls(completed), project.path, {
    trusted: deps.isTrusted(project.path),
    defaults: { snapshot: deps.settings().snapshotBeforeDeploy },
    addressOf,
  })) as Record<string, unknown>;

  const approval = repeats?.approval ?? null;
  const needs = kind.needs(input);
  provider.assertApproved?.(target, needs, { approval, caller });

  const replaced = asked.replaceWaiting
    ? store.waiting().filter((w) => w.projectId === project.id && w.target === target)
    : [];
  const id = store.transaction(() => {
    const inserted = store.insert({
      projectId: project.id,
      ...{ kind: info.id, family: info.family, target, title: kind.title(input), input },
      createdAt: Date.now(),
      phases: waitingPhases(info.phases.map((phase) => phase.id)),
      owner: deps.owner,
      locks: [`project:${project.id}`, ...provider.locks(target, needs)],
      trigger: asked.trigger ?? 'manual',
      priority: asked.priority ?? 0,
      retryOf: repeats?.retryOf ?? null,
      approval,
      resumes: repeats?.resumes ?? false,
      standsFor: repeats?.standsFor ?? null,
    });
    journal.append(inserted, [{ at: Date.now(), type: 'status', status: 'queued' }]);
    return inserted;
  });
  context.changed(id);
  return { deployment: toDto(context.find(id)), replaced: replaced.map((row) => row.id) };
}

function targetOf(info: KindInfo, asked: string | undefined): string {
  if (asked !== undefined) return asked;
  if (info.target === 'runtime') return ONLY_ENGINE;
  throw new AppError(
    'BAD_INPUT',
    'target: is missing. Name the network to deploy to, such as local.',
    { field: 'target' },
  );
}
