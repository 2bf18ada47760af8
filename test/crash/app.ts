import { DockerDaemon } from '#main/engines/docker/daemon.ts';
import { homeId, labels } from '#main/engines/docker/labels.ts';
import { isFinal } from '#main/shared/final.ts';
import type { HostProcess } from '#test/harness/host-process.ts';
import type { Crashable } from './frame.ts';
import { dockerLeftovers } from './leftovers.ts';

/**
 * One or two releases of an app that responds with its release, of which some end at once; or a
 * release is taken back, or stopped.
 *
 * @param dockerHost as in DOCKER_HOST
 */
export function appRounds(folder: string, home: string, dockerHost: string): Crashable {
  const project = 'shop';
  let release = 0;
  /** Something served before, and nothing was asked for that ends it. */
  let mustServe = false;

  async function containers() {
    const daemon = new DockerDaemon({ dockerHost: () => dockerHost, changed: () => undefined });
    const { docker } = await daemon.require();
    const label = [`${labels.home}=${homeId(home)}`, `${labels.kind}=app`];
    return docker.listContainers({ all: true, filters: { label } });
  }

  const running = async () =>
    (await containers()).filter(({ State }) => State === 'running').map(({ Id }) => Id);

  function deploy({ client }: HostProcess, random: () => number) {
    const env = [`RELEASE=${++release}`, ...(random() < 0.15 ? ['FAILS=1'] : [])];
    const input = { env, window: random() < 0.5 ? 0 : 1 };
    return client.deployments.start({ project, input }).catch(() => undefined);
  }

  async function serving({ client }: HostProcess) {
    return (await client.deployments.list({ live: true, limit: 10 })).items;
  }

  return {
    ...{ kind: 'app', engine: 'docker', env: { DOCKER_HOST: dockerHost }, withinMs: 4000 },
    // What is left of a run that was begun again and failed is ended by the next look, a minute later.
    settlesWithinMs: 90_000,
    leftovers: dockerLeftovers(dockerHost),
    keeps: async () => (await containers()).map(({ Id: container }) => ({ container })),

    async prepare(core) {
      await core.client.projects.add({ path: folder, name: project });
      await deploy(core, () => 1);
      for (;;) {
        const [first] = (await core.client.deployments.list({ limit: 1 })).items;
        if (first && isFinal(first.status)) return;
      }
    },

    async act(core, random) {
      const what = random();
      const { deployments } = core.client;
      const [live] = await serving(core);
      const id = live?.id;
      mustServe = id !== undefined && what >= 0.35;
      if (id !== undefined && what < 0.25) {
        deployments.rollback({ id }).catch(() => undefined);
        return [];
      }
      if (id !== undefined && what < 0.35) {
        deployments.stop({ id }).catch(() => undefined);
        return [];
      }
      return Array.from({ length: 1 + Math.floor(random() * 2) }, () => deploy(core, random));
    },

    async wrongWhileGone() {
      return mustServe && (await running()).length === 0 ? ['what served did not go on'] : [];
    },

    async wrong(core) {
      const wrong: string[] = [];
      const live = await serving(core);
      const all = await containers();
      const runs = await running();
      if (live.length > 1 || (mustServe && live.length === 0)) {
        wrong.push(`${live.length} are live`);
      }
      if (all.length > 2) wrong.push(`${all.length} containers are there`);
      if (live.length === 0 && runs.length > 0) wrong.push(`${runs} run, and nothing is live`);
      for (const { id, input } of live) {
        const { result } = await core.client.deployments.get({ id });
        const service = result?.family === 'services' ? result.services[0] : undefined;
        if (runs.length !== 1 || runs[0] !== service?.containerId) {
          wrong.push(`deployment ${id} serves from ${service?.containerId}; ${runs} run`);
        }
        const wanted = String((input.env as string[])[0]).replace('RELEASE=', '');
        const said = await fetch(`${service?.url}/`)
          .then((response) => response.json() as Promise<{ release: string }>)
          .catch((error: Error) => ({ release: `nothing: ${error.message}` }));
        if (said.release !== wanted) wrong.push(`deployment ${id} responds with ${said.release}`);
      }
      return wrong;
    },

    letGo: async ({ client }) => void (await client.projects.remove({ project })),
  };
}
