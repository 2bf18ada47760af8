import { setTimeout as sleep } from 'node:timers/promises';
import type { ImageFacts } from '../../engines/images.ts';
import type { ServiceState } from '../../engines/services.ts';
import { variablesOf } from '../../lib/environment.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { ServicesResult } from '../../shared/result.ts';
import type { Failure } from '../../shared/run.ts';
import { urlOf } from '../../targets/runtime/check-services.ts';
import { FollowedLog } from '../../targets/runtime/followed-log.ts';
import { type Probed, probe } from '../../targets/runtime/probe.ts';
import type { RuntimeTarget } from '../../targets/runtime/runtime.ts';
import type { RunContext, RunEnd, RunEnvironment } from '../kind.ts';
import { type About, buildFailed, endedEarly, noResponse, portUnknown } from './explain.ts';
import type { AppInput } from './input.ts';

type AppRun = RunContext<AppInput, RuntimeTarget>;

/** The run ends with this, before its release has taken over. */
class Unserved extends Error {
  readonly end: RunEnd;

  constructor(end: RunEnd) {
    super('the release does not serve');
    this.end = end;
  }
}

const because = (failure: Failure): Unserved => new Unserved({ status: 'failed', failure });

/**
 * Builds the image, starts it beside the release that serves, and lets it take over once it
 * responds. Whatever goes wrong before that leaves the release that served as it was, and nothing
 * that runs of the new one.
 */
export async function runApp(run: AppRun): Promise<RunEnd> {
  try {
    const image = await build(run);
    const port = portOf(run, image);
    const state = await start(run, image, port);
    await untilItResponds(run, image, port, state);
    return await takeOver(run, state);
  } catch (error) {
    await discard(run).catch((why: unknown) => {
      // Docker is gone: what isn't recorded to serve is removed when it is back.
      run.note(`What was started of this release may still run: ${messageOf(why)}`);
    });
    if (error instanceof Unserved) return error.end;
    const stopped = run.stopped();
    if (stopped) return stopped;
    throw error;
  }
}

async function discard({ project, deployment, target }: AppRun): Promise<void> {
  await target.releases.discard(deployment.id);
  await target.services.removeImage(target.imageTag(project.id, deployment.number));
}

async function build(run: AppRun): Promise<ImageFacts> {
  const { project, deployment, input, target, signal } = run;
  const { dockerfile } = input;
  const tag = target.imageTag(project.id, deployment.number);
  run.phase('build');
  run.command(`docker build --file ${dockerfile} --tag ${tag} .`);
  try {
    const id = await target.services.build({
      ...{ folder: project.path, dockerfile, tag, kind: 'app', signal },
      note: (line) => run.output('stdout', line),
    });
    const facts = await target.services.image(id);
    if (facts) return facts;
    throw new AppError(
      'IMAGE_BUILD_FAILED',
      'The image was removed in the moment that it was made.',
    );
  } catch (error) {
    const known = error instanceof AppError && error.code === 'IMAGE_BUILD_FAILED';
    if (!known || run.stopped()) throw error;
    throw because(buildFailed(error.message, aboutOf(run)));
  }
}

function portOf(run: AppRun, image: ImageFacts): number {
  const [only, ...others] = image.ports;
  const { port } = run.input;
  if (port !== null) {
    if (only !== undefined && !image.ports.includes(port)) {
      run.note(`The image exposes ${image.ports.join(', ')}, and the run asks for port ${port}.`);
    }
    return port;
  }
  if (only === undefined || others.length > 0) throw because(portUnknown(aboutOf(run, image)));
  run.note(`The image exposes port ${only}: that is asked.`);
  return only;
}

async function start(run: AppRun, image: ImageFacts, port: number): Promise<ServiceState> {
  const { project, deployment, input, target, environment, signal } = run;
  run.phase('start');
  const own = { ...environment.variables, ...process.env };
  const { variables, secrets } = variablesOf(input.env, own);
  const kept = keptVariables(environment, new Set(Object.keys(variables)));
  run.hide(secrets);
  if (secrets.length > 0) {
    run.note(
      'The values of variables that are given by name are in the environment of the container, where everyone who may use Docker on this machine can read them.',
    );
  }
  if (isReduced(run, image)) {
    run.note('The image names no user of its own: what it starts runs without the rights of root.');
  }
  return target.releases.start(
    {
      ...{ project: project.id, deployment: deployment.id, number: deployment.number, port },
      image: target.imageTag(project.id, deployment.number),
      env: { PORT: `${port}`, ...kept.env, ...variables },
      ...(Object.keys(kept.secrets).length > 0 ? { secrets: kept.secrets } : {}),
      user: input.imageUser ? 'image' : 'unprivileged',
    },
    { note: (line) => run.note(line), signal },
  );
}

/**
 * What the user keeps for such runs, without what this run gives itself: secrets as files, as all
 * who may use Docker can read the environment of a container.
 */
function keptVariables({ variables, secretNames }: RunEnvironment, given: ReadonlySet<string>) {
  const env: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (given.has(name)) continue;
    if (secretNames.includes(name)) {
      secrets[name] = value;
      env[`${name}_FILE`] = `/run/secrets/${name}`;
    } else env[name] = value;
  }
  return { env, secrets };
}

const isReduced = ({ input }: AppRun, image: ImageFacts): boolean =>
  !input.imageUser && image.isRoot;

async function untilItResponds(
  run: AppRun,
  image: ImageFacts,
  port: number,
  started: ServiceState,
): Promise<void> {
  const { input, target, signal } = run;
  const { services } = target;
  const { container } = started.ref;
  run.phase('probe');
  const host = started.ports[0]?.host;
  const log = new FollowedLog(services, container, ({ stream, text }) => run.output(stream, text));
  let probed: Probed = { ok: false, why: 'ended' };
  try {
    if (host !== undefined) {
      run.note(`Asking ${urlOf(host)}${input.path ?? '/'} until it responds.`);
      probed = await probe({
        ...{ port: host, path: input.path ?? '/', timeoutMs: input.timeout * 1000, signal },
        accepts: input.path === null ? (status) => status < 500 : (status) => status < 400,
        state: async () => (await services.state(container))?.state ?? null,
      });
    }
  } finally {
    await log.end();
  }
  if (probed.ok) {
    run.note(`It responds with status ${probed.status}.`);
    return;
  }
  const about = { ...aboutOf(run, image), port };
  const stopped = run.stopped();
  if (stopped || probed.why === 'aborted') throw new Unserved(stopped ?? { status: 'cancelled' });
  if (probed.why === 'late') throw because(noResponse(probed, input.timeout, about));
  const { exitCode = null, outOfMemory = false } = (await services.state(container)) ?? {};
  throw because(endedEarly({ exitCode, outOfMemory }, about));
}

/** From the moment that it is recorded the new release serves, whatever happens then. */
async function takeOver(run: AppRun, state: ServiceState): Promise<RunEnd> {
  const { project, deployment, input, target, signal } = run;
  run.phase('record');
  const failure = await run.record(resultOf(run, state));
  if (failure) throw because(failure);
  try {
    const others = await target.releases.of(project.id);
    const before = others.filter(
      (one) => one.deployment !== deployment.id && one.state === 'running',
    );
    if (before.length > 0 && input.window > 0) {
      run.note(
        `The previous release goes on for ${input.window} s, for those who still use its address.`,
      );
      await sleep(input.window * 1000, undefined, { signal }).catch(() => undefined);
    }
    await target.releases.retireOthers(project.id, deployment.id);
  } catch (error) {
    // It serves already; what is left of earlier ones is ended by the next look at all of them.
    run.warn(`A previous release could not be stopped: ${messageOf(error)}`);
  }
  return { status: 'succeeded' };
}

export function resultOf(
  { project, deployment }: Pick<AppRun, 'project' | 'deployment'>,
  { ref, container, image, ports }: ServiceState,
): ServicesResult {
  const host = ports[0]?.host ?? null;
  return {
    family: 'services',
    services: [
      {
        name: project.name,
        url: host === null ? null : urlOf(host),
        container,
        containerId: ref.container,
        image: image.id,
        port: host,
        health: 'healthy',
        release: deployment.number,
      },
    ],
  };
}

const aboutOf = (run: AppRun, image?: ImageFacts): About => ({
  deployment: run.deployment.id,
  dockerfile: run.input.dockerfile,
  exposed: image?.ports ?? [],
  port: run.input.port,
  path: run.input.path,
  reduced: image !== undefined && isReduced(run, image),
  lines: run.recentLines(),
});
