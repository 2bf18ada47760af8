import { create } from 'zustand';
import type { BuildInput } from '#main/features/images/contract.ts';
import { api, client } from '../../client.ts';
import { LogBuffer } from '../../ui/terminal/log-buffer.ts';
import { problemOf } from '../app/problem.ts';
import { queryClient } from '../app/query-client.ts';

export interface ImageBuild {
  title: string;
  log: LogBuffer;
  state: 'running' | 'done' | 'failed';
}

interface Builds {
  /** The last one that was started here. */
  build: ImageBuild | null;
}

/** The build that the page of images shows; it goes on while other pages are looked at. */
export const useImageBuild = create<Builds>(() => ({ build: null }));

/** Puts the log of a build that has ended away. */
export const closeBuild = () => useImageBuild.setState({ build: null });

/** Builds an image, unless one is being built from here. */
export async function buildImage(input: Partial<BuildInput>, title: string): Promise<void> {
  if (useImageBuild.getState().build?.state === 'running') return;
  const log = new LogBuffer();
  const show = (state: ImageBuild['state']) =>
    useImageBuild.setState({ build: { title, log, state } });
  show('running');
  try {
    for await (const lines of await client.images.build(input)) {
      log.push(lines.map((line) => ({ ...line, kind: 'stdout' })));
    }
    show('done');
  } catch (error) {
    const { message } = problemOf(error);
    log.push([{ seq: log.end + 1, at: Date.now(), kind: 'bad', text: message }]);
    show('failed');
  }
  void queryClient.invalidateQueries({ queryKey: api.images.key() });
}
