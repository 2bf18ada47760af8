import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errors, procedure, streamProcedure } from '../../shared/procedure.ts';
import { briefRef, namedProject } from '../../shared/refs.ts';
import { journalEvent } from '../../shared/run.ts';
import { startInput, starting } from '../deployments/contract.ts';
import { projectRef } from '../projects/contract.ts';

export const watchState = z
  .enum(['deploying', 'waiting', 'held'])
  .describe(
    'waiting: for a change of a source; held: a change is there, and `problem` says why it is not deployed',
  );
export type WatchState = z.infer<typeof watchState>;

/** A project that is deployed again when its sources change. */
export const watch = z.object({
  project: namedProject,
  target: z.string().describe('name of one of the chains that Drydock runs'),
  state: watchState,
  startedAt: z.int().describe('Unix time, ms'),
  files: z.int().describe('how many are watched; 0 until they are known'),
  run: briefRef.nullable().describe('the last that it began; null: its record was deleted'),
  good: briefRef.nullable().describe('the last that succeeded: what is in place'),
  problem: z.string().nullable().describe('why the last change is not in place, as sentences'),
});
export type Watch = z.infer<typeof watch>;

const ofProject = z.object({ project: projectRef });

/** One of both: what became of the watch, or what its run has written since. */
export const watchNews = z.object({
  watch: watch.optional(),
  run: z.object({ id: z.int(), events: z.array(journalEvent) }).optional(),
});
export type WatchNews = z.infer<typeof watchNews>;

/** Watch mode: at most one for each project. */
export const watches = {
  list: procedure
    .route({ method: 'GET', path: '/watches', summary: 'Projects that are watched' })
    .output(z.array(watch)),
  start: procedure
    .errors(errors(...starting, 'UNSUPPORTED', 'PROJECT_BUSY'))
    .route({
      method: 'POST',
      path: '/watches',
      summary:
        'Deploy a project to a chain of its own machine, and again after each change of its sources: from the same state, so that addresses stay',
    })
    .input(startInput.omit({ replaceWaiting: true, trigger: true }))
    .output(watch),
  stop: procedure
    .errors(errors('PROJECT_NOT_FOUND'))
    .route({
      method: 'DELETE',
      path: '/watches/{project}',
      summary: 'Stop watching a project; the last good deployment stays',
    })
    .input(
      ofProject.extend({
        cancel: z
          .boolean()
          .default(false)
          .describe('cancel its run, if one is under way; otherwise its end is waited for'),
      }),
    )
    .output(watch.nullable().describe('null: it was not watched')),
  follow: streamProcedure
    .errors(errors('PROJECT_NOT_FOUND', 'TOO_MANY_STREAMS'))
    .route({
      method: 'GET',
      path: '/watches/{project}/follow',
      summary: 'What becomes of a watch, with the output of its runs, until it is stopped',
    })
    .input(ofProject)
    .output(eventIterator(watchNews)),
};
