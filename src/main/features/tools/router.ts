import { implement } from '@orpc/server';
import { type Context, declaredErrors } from '../../lib/declared-errors.ts';
import { tools } from './contract.ts';
import type { ToolsService } from './service.ts';

export function toolsRouter(service: ToolsService) {
  const os = implement(tools).$context<Context>().use(declaredErrors);
  return os.router({
    list: os.list.handler(() => service.list()),
    downloading: os.downloading.handler(() => service.downloading()),
    download: os.download.handler(() => service.download()),
  });
}
