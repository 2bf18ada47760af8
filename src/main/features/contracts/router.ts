import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { contracts } from './contract.ts';
import type { ContractsService } from './service.ts';

export function contractsRouter(service: ContractsService) {
  const os = implement(contracts).$context<Context>().use(declaredErrors);
  return os.router({
    live: os.live.handler(({ input }) => service.live(input)),
    abi: os.abi.handler(({ input }) => service.abi(input)),
    show: os.show.handler(({ input }) => service.show(input)),
    code: os.code.handler(({ input }) => service.code(input)),
    events: os.events.handler(({ input }) => service.events(input)),
    followEvents: os.followEvents.handler(({ input, signal }) =>
      service.followEvents(input, signal),
    ),
    setStorage: os.setStorage.handler(({ input }) => service.setStorage(input)),
    storage: os.storage.handler(({ input }) => service.storage(input)),
    add: os.add.handler(({ input }) => service.add(input)),
    remove: os.remove.handler(({ input }) => service.remove(input)),
    snippet: os.snippet.handler(({ input }) => service.snippet(input)),
    read: os.read.handler(({ input }) => service.read(input)),
    simulate: os.simulate.handler(({ input }) => service.simulate(input)),
    senders: os.senders.handler(({ input }) => service.senders(input)),
    pin: os.pin.handler(({ input }) => service.pin(input)),
    send: os.send.handler(({ input }) => service.send(input)),
    readMany: os.readMany.handler(({ input }) => service.readMany(input)),
    calls: os.calls.handler(({ input }) => service.saved.list(input.network)),
    saveCall: os.saveCall.handler(({ input }) => service.saved.save(input)),
    runCall: os.runCall.handler(({ input }) => service.saved.run(input)),
    removeCall: os.removeCall.handler(({ input }) => service.saved.remove(input)),
    readAll: os.readAll.handler(({ input }) => service.readAll(input)),
  });
}
