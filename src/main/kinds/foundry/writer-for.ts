import type { Workspace } from '../../engines/engine.ts';
import { type ProjectWriter, projectWriter } from '../../lib/project-writer.ts';

/** Writes to what a run's tools can write to: those in a container see the project alone. */
export const writerFor = (folder: string, { engine }: Pick<Workspace, 'engine'>): ProjectWriter =>
  projectWriter(folder, { linksOut: engine === 'process' });
