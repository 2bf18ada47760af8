import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { giveTrust, projectRef } from '../projects/contract.ts';

const columns = z.int().min(2).max(1000);
const rows = z.int().min(1).max(1000);

const exit = z.object({
  code: z.int().nullable(),
  signal: z.string().nullable().describe('e.g. SIGKILL, when one ended it'),
});

export const terminal = z.object({
  id: z.string(),
  project: z.object({ id: z.int(), name: z.string() }),
  number: z.int().describe('counts within the project'),
  shell: z.string().describe('what runs in it, e.g. bash'),
  openedAt: z.int().describe('Unix time, ms'),
  exit: exit.nullable().describe('null while it runs'),
});
export type Terminal = z.infer<typeof terminal>;

/**
 * Output is counted in UTF-16 code units from the start of the terminal. The last 256 Ki of them
 * are kept.
 */
export const terminalEvent = z.discriminatedUnion('type', [
  /** Comes first. When `from` is above `after`, what lies between is lost: clear the screen. */
  z.object({
    type: z.literal('attached'),
    from: z.int(),
    end: z.int().describe('what comes up to here was shown before'),
  }),
  z.object({ type: z.literal('data'), start: z.int(), text: z.string() }),
  /** The last one. */
  z.object({ type: z.literal('exit'), ...exit.shape }),
]);
export type TerminalEvent = z.infer<typeof terminalEvent>;

const openInput = z.object({
  project: projectRef,
  columns: columns.default(80),
  rows: rows.default(24),
  trust: giveTrust.optional(),
});
export type OpenInput = z.infer<typeof openInput>;

const id = z.object({ id: z.string().min(1).max(100) });
const one = procedure.errors(errors('TERMINAL_NOT_FOUND'));
const running = one.errors(errors('TERMINAL_ENDED'));

export const terminals = {
  list: procedure
    .errors(errors('PROJECT_NOT_FOUND'))
    .route({ method: 'GET', path: '/terminals', summary: 'Open terminals, oldest first' })
    .input(z.object({ project: projectRef.optional() }))
    .output(z.array(terminal)),
  open: procedure
    .errors(
      errors(
        'PROJECT_NOT_FOUND',
        'FOLDER_NOT_FOUND',
        'NOT_TRUSTED',
        'TRUST_TOO_WIDE',
        'TOOL_MISSING',
        'ENGINE_UNAVAILABLE',
        'IMAGE_BUILD_FAILED',
        'DOCKERFILE_UNUSABLE',
      ),
    )
    .route({
      method: 'POST',
      path: '/terminals',
      summary: "Open a shell in a project's folder",
    })
    .input(openInput)
    .output(terminal),
  watch: one
    .route({
      method: 'GET',
      path: '/terminals/{id}/watch',
      summary: 'The output after `after`, as far as it is kept, then live',
    })
    .input(
      id.extend({
        after: z.int().nonnegative().default(0),
        /**
         * The stream ends after about so much; call again to go on. While the reader asks for no
         * more, the program that writes has to wait, so a flood can't fill the reader's memory.
         */
        limit: z.int().min(1).max(16_777_216).default(262_144),
      }),
    )
    .errors(errors('TOO_MANY_STREAMS'))
    .output(eventIterator(terminalEvent)),
  write: running
    .route({ method: 'POST', path: '/terminals/{id}/write', summary: 'Type into it' })
    .input(id.extend({ text: z.string().max(1_000_000) }))
    .output(z.void()),
  resize: running
    .route({ method: 'POST', path: '/terminals/{id}/resize', summary: 'Change its size' })
    .input(id.extend({ columns, rows }))
    .output(z.void()),
  close: one
    .route({
      method: 'DELETE',
      path: '/terminals/{id}',
      summary: 'End it; answers when everything that was started in it is gone',
    })
    .input(id)
    .output(terminal),
};
