import path from 'node:path';
import { proxies } from '../../lib/proxies.ts';
import type { CompileCache } from '../compile-cache.ts';
import type { RunContext } from '../kind.ts';
import { type FoundNode, nodesHere } from './choose-node.ts';
import { codeCache } from './code-cache.ts';
import type { HardhatRun } from './input.ts';
import { nodesInImage } from './nodes-in-image.ts';
import { filesHere, filesInContainer, type RunFiles } from './run-files.ts';
import type { NodePlace } from './run-node.ts';

/** What differs between a run on this machine and one in a container. */
export interface ToolPlace {
  readonly name: NodePlace;
  nodes(): Promise<readonly FoundNode[]>;
  /** Variables of a command that installs packages for a Node. */
  installVariables(node: FoundNode): Record<string, string>;
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
  installVariables: ({ program }) => ({
    PATH: [path.dirname(program), process.env.PATH].join(path.delimiter),
  }),
  fileOf: (file) => file,
  variables: async () => ({ ...nodeOptions(), ...(await codeCache(cache, project)) }),
  files: () => filesHere(input),
});

function placeInContainer({ workspace, project, input, deployment, signal }: Context): ToolPlace {
  return {
    name: 'image',
    nodes: () => nodesInImage(workspace, project.path, signal),
    installVariables: () => registry(),
    // Paths of a Windows host are others there; the folder that it runs in is not.
    fileOf: (file) => path.relative(project.path, file).replaceAll('\\', '/'),
    variables: async (url) => noProxy(new URL(url).hostname),
    files: async () => filesInContainer(input, deployment.id),
  };
}

/** The user's own, for every Node that they start. */
function nodeOptions(): Record<string, string> {
  const { NODE_OPTIONS } = process.env;
  return NODE_OPTIONS === undefined ? {} : { NODE_OPTIONS };
}

/** That which this machine uses instead of the usual one. */
function registry(): Record<string, string> {
  const own = process.env.NPM_CONFIG_REGISTRY ?? process.env.npm_config_registry;
  return own ? { NPM_CONFIG_REGISTRY: own } : {};
}

/** What is sent to this machine goes by no proxy. */
function noProxy(host: string): Record<string, string> {
  const { NO_PROXY, no_proxy } = proxies();
  const all = [NO_PROXY ?? no_proxy, host].filter(Boolean).join(',');
  return { NO_PROXY: all, no_proxy: all };
}
