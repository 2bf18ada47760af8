import type { Workspace } from '../../engines/engine.ts';
import type { FoundNode } from './choose-node.ts';
import { heard } from './heard.ts';

const known = new Map<string, Promise<FoundNode[]>>();

/**
 * That of the image of a workspace; asked once for each image. Empty: there is none.
 *
 * @param cwd a folder that is there
 */
export async function nodesInImage(
  workspace: Workspace,
  cwd: string,
  signal: AbortSignal,
): Promise<FoundNode[]> {
  const image = await workspace.toolIdentity('node');
  const asking = known.get(image) ?? ask(workspace, cwd, signal);
  known.set(image, asking);
  const forget = () => known.delete(image);
  asking.then((found) => found.length > 0 || forget(), forget);
  return asking;
}

async function ask(workspace: Workspace, cwd: string, signal: AbortSignal): Promise<FoundNode[]> {
  const command = { program: 'sh', args: ['-c', 'node -p process.versions.node'], env: {}, cwd };
  const text = await heard(workspace, command, signal);
  const [version] = /^\d+\.\d+\.\d+/.exec(text.trim()) ?? [];
  return version === undefined ? [] : [{ program: 'node', version }];
}
