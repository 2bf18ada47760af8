import { create } from 'zustand';
import type { BuildInput } from '#main/features/images/contract.ts';
import { client } from '../../core/client.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { asTrusted } from '../../core/trust.ts';
import { LogBuffer } from '../../ui/terminal/log-buffer.ts';

export interface ImageBuild {
  title: string;
  log: LogBuffer;
  state: 'running' | 'done' | 'failed';
}

interface Builds {
  /** The last build that was started here. */
  build: ImageBuild | null;
}

/** The build on the images page; it continues while other pages are open. */
export const useImageBuild = create<Builds>(() => ({ build: null }));

/** Closes the log of a build that has ended. */
export const closeBuild = () => useImageBuild.setState({ build: null });

/** Builds an image, unless a build started here is still running. */
export async function buildImage(input: Partial<BuildInput>, title: string): Promise<void> {
  if (useImageBuild.getState().build?.state === 'running') return;
  const log = new LogBuffer();
  const show = (state: ImageBuild['state']) =>
    useImageBuild.setState({ build: { title, log, state } });
  show('running');
  try {
    const build = () => client.images.build(input);
    const stream = await asTrusted(input.project ?? '', 'build', build);
    if (!stream) return closeBuild();
    for await (const lines of stream) {
      log.push(lines.map((line) => ({ ...line, kind: 'stdout' })));
    }
    show('done');
  } catch (error) {
    const { message } = problemOf(error);
    log.push([{ seq: log.end + 1, at: Date.now(), kind: 'bad', text: message }]);
    show('failed');
  }
}
