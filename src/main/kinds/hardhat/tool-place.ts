import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { proxies } from '../../lib/proxies.ts';
import type { CompileCache } from '../compile-cache.ts';
import type { RunContext } from '../kind.ts';
import { type FoundNode, nodesHere } from './choose-node.ts';
import { codeCache } from './code-cache.ts';
import type { HardhatRun } from './input.ts';
import { nodesInImage } from './nodes-in-image.ts';
import type { PackageInstall } from './package-manager.ts';
import { inProject, type Packages, packagesInFolder, packagesInVolume } from './packages.ts';
import { filesHere, filesInContainer, type RunFiles } from './run-files.ts';
import type { NodePlace } from './run-node.ts';

/** What differs between a run on this machine and one in a container. */
export interface ToolPlace {
  readonly name: NodePlace;
  nodes(): Promise<readonly FoundNode[]>;
  /** What is installed, as its commands see it. */
  packages(files: ProjectFiles, install: PackageInstall): Promise<Packages>;
  /** Variables of a command that installs packages for a Node. */
  installVariables(node: FoundNode, install: PackageInstall): Record<string, string>;
  /** A file of the project, as a command that runs in the project's folder finds it. */
  fileOf(file: string): string;
  /** Variables of a command that sends to an address, before those of the user. */
  variables(url: string): Promise<Record<string, string>>;
  files(): Promise<RunFiles>;
}

type Context = Pick<
  RunContext<HardhatRun>,
  'workspace' | 'project' | 'input' | 'deployment' | 'signal'
>;

export const toolPlace = (context: Context, cache: CompileCache): ToolPlace =>
  context.workspace.engine === 'docker' ? placeInContainer(context) : placeHere(context, cache);

const placeHere = ({ input, project }: Context, cache: CompileCache): ToolPlace => ({
  name: 'here',
  nodes: nodesHere,
  packages: async (files, install) => packagesInFolder(files, install),
  installVariables: ({ program }) => ({
    PATH: [path.dirname(program), process.env.PATH].join(path.delimiter),
  }),
  fileOf: (file) => file,
  variables: async () => ({ ...nodeOptions(), ...(await codeCache(cache, project)) }),
  files: () => filesHere(input),
});

export function placeInContainer({
  workspace,
  project,
  input,
  deployment,
  signal,
}: Context): ToolPlace {
  return {
    name: 'image',
    nodes: () => nodesInImage(workspace, project.path, signal),
    async packages(files, install) {
      const own = await workspace.ownFolders();
      return own.length === 0
        ? packagesInFolder(files, install)
        : packagesInVolume({ workspace, files, install, signal });
    },
    installVariables: (_, { manager }) => ({ ...registry(), ...(manager === 'pnpm' ? STORE : {}) }),
    // Paths of a Windows host are others there; the folder that it runs in is not.
    fileOf: (file) => inProject(project.path, file),
    variables: async (url) => noProxy(new URL(url).hostname),
    files: async () => filesInContainer(input, deployment.id),
  };
}

/** pnpm would put its store into the project: it looks for a place that it can link from. */
const STORE = Object.fromEntries(
  ['npm_config_store_dir', 'pnpm_config_store_dir'].map((name) => [
    name,
    '/home/drydock/.local/share/pnpm/store',
  ]),
);

/** The user's own, for every Node that they start. */
function nodeOptions(): Record<string, string> {
  const { NODE_OPTIONS } = process.env;
  return NODE_OPTIONS === undefined ? {} : { NODE_OPTIONS };
}

/** That which this machine uses instead of the usual one. */
function registry(): Record<string, string> {
  const own = process.env.NPM_CONFIG_REGISTRY ?? process.env.npm_config_registry;
  return own ? { NPM_CONFIG_REGISTRY: own, YARN_NPM_REGISTRY_SERVER: own } : {};
}

/** What is sent to this machine goes by no proxy. */
function noProxy(host: string): Record<string, string> {
  const { NO_PROXY, no_proxy } = proxies();
  const all = [NO_PROXY ?? no_proxy, host].filter(Boolean).join(',');
  return { NO_PROXY: all, no_proxy: all };
}
