import { dockerCheck } from '../../engines/docker/docker-check.ts';
import type { DockerDependencies } from '../../engines/docker/open-docker.ts';
import type { Engine } from '../../engines/engine.ts';
import type { InstalledTools, Toolchain, ToolSpec } from '../../engines/tools.ts';
import { kindSpecs } from '../../kinds/specs.ts';
import type { NamedCheck } from '../../shared/check.ts';
import { targetSpecs } from '../../targets/specs.ts';

/** Every tool that commands and services name. */
export const allTools: readonly ToolSpec[] = [...kindSpecs.tools, ...targetSpecs.tools];

/** Those of which several versions can be installed. */
export const allToolchains: readonly Toolchain[] = [
  ...new Set(allTools.flatMap(({ toolchain }) => toolchain ?? [])),
];

/** What kinds and targets need on this machine, and the Docker daemon. */
export function machineChecks(deps: {
  dataFolder: string;
  /** That of processes. */
  engine: Pick<Engine, 'tool'> & InstalledTools;
  lookAtDocker: DockerDependencies['look'];
}): NamedCheck[] {
  return [...kindSpecs.checks(deps), ...targetSpecs.checks(deps), dockerCheck(deps.lookAtDocker)];
}
