import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { addressBook } from './contract.ts';
import type { AddressBookService } from './service.ts';

export function addressBookRouter(service: AddressBookService) {
  const os = implement(addressBook).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(({ input }) => service.list(input)),
    set: os.set.handler(({ input }) => service.set(input)),
    remove: os.remove.handler(({ input }) => service.remove(input)),
  });
}
