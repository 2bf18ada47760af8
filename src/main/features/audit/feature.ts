import { type Core, feature } from '../feature.ts';
import { auditStore } from './store.ts';

export const audit = feature({
  name: 'audit',
  async make(_, { db, changed, secrets }: Core) {
    const { AuditService } = await import('./service.ts');
    return new AuditService({ store: auditStore(db), changed, mask: secrets.mask });
  },
  router: async (service) => (await import('./router.ts')).auditRouter(service),
  servesAtOnce: true,
});
