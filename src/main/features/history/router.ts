import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { history } from './contract.ts';
import type { HistoryService } from './service.ts';

export function historyRouter(service: HistoryService) {
  const os = implement(history).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(({ input }) => service.list(input)),
    search: os.search.handler(({ input }) => service.search(input)),
    get: os.get.handler(({ input }) => service.get(input.id)),
    options: os.options.handler(() => service.options()),
    pin: os.pin.handler(({ input }) => service.pin(input.id, input.pinned)),
    note: os.note.handler(({ input }) => service.note(input.id, input.note)),
    tag: os.tag.handler(({ input }) => service.tag(input.id, input.add, input.remove)),
    mark: os.mark.handler(({ input: { ids, ...marks } }) => service.mark(ids, marks)),
    log: os.log.handler(({ input: { id, ...options } }) => service.log(id, options)),
    live: os.live.handler(({ input }) => service.live(input.id)),
    diff: os.diff.handler(({ input }) => service.diff(input.a, input.b)),
    export: os.export.handler(({ input }) => service.export(input.id, input.format)),
    exportLive: os.exportLive.handler(({ input }) =>
      service.exportLive(input.network, input.format),
    ),
    exportList: os.exportList.handler(({ input }) => service.exportList(input)),
  });
}
