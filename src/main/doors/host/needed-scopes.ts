import type { contract } from '../../contract.ts';
import type { Scope } from '../../shared/scope.ts';

type Contract = typeof contract;
type Operations = {
  [Feature in keyof Contract]: `${Feature}.${Extract<keyof Contract[Feature], string>}`;
}[keyof Contract];

/** Reading asks for no scope but `read`, unless it is listed here. */
export const neededScopes: Partial<Record<Operations, Scope>> = {
  ...all('read', ['contracts.events', 'contracts.read', 'contracts.readMany']),
  ...all('read', ['contracts.senders', 'contracts.simulate', 'contracts.snippet']),
  ...all('read', ['networks.test', 'data.check']),

  ...all('deploy', ['accounts.deal', 'accounts.impersonate', 'accounts.stopImpersonating']),
  ...all('deploy', ['accounts.watch', 'accounts.unwatch']),
  ...all('deploy', ['addressBook.set', 'addressBook.remove']),
  ...all('deploy', ['chainControls.account', 'chainControls.drop', 'chainControls.jump']),
  ...all('deploy', ['chainControls.mining', 'chainControls.nextBlock']),
  ...all('deploy', ['chains.start', 'chains.stop', 'chains.restart', 'chains.save']),
  ...all('deploy', ['chains.snapshot', 'chains.revert', 'chains.describeSnapshot']),
  ...all('deploy', ['chains.removeSnapshot', 'chains.fund', 'chains.mine', 'chains.warp']),
  ...all('deploy', ['compileCache.clear']),
  ...all('deploy', ['containers.cleanup', 'containers.remove', 'containers.stop']),
  ...all('deploy', ['contracts.add', 'contracts.remove', 'contracts.pin', 'contracts.send']),
  ...all('deploy', ['contracts.setStorage', 'contracts.saveCall', 'contracts.removeCall']),
  ...all('deploy', ['contracts.runCall']),
  ...all('deploy', ['deployDefaults.set', 'deployDefaults.remove']),
  ...all('deploy', ['deployments.start', 'deployments.retry', 'deployments.redeploy']),
  ...all('deploy', ['deployments.rollback', 'deployments.stop', 'deployments.cancel']),
  ...all('deploy', ['deployments.dismiss', 'deployments.setLimits']),
  ...all('deploy', ['doctor.reconcile', 'gateway.forget', 'gateway.mendNonce']),
  ...all('deploy', ['history.pin', 'history.note', 'history.tag', 'history.mark']),
  ...all('deploy', ['images.build', 'images.cleanUp', 'images.clear', 'images.remove']),
  ...all('deploy', ['networks.edit', 'networks.move']),
  ...all('deploy', ['projects.add', 'projects.edit', 'projects.move', 'projects.install']),
  ...all('deploy', ['projects.setDockerfile', 'projects.setEngine', 'projects.setToolVersion']),
  ...all('deploy', ['templates.create', 'tools.download', 'upgrades.check']),
  ...all('deploy', ['watches.start', 'watches.stop']),

  ...all('live', ['keys.grant', 'keys.lock', 'rails.freeze']),
  ...all('live', ['reviews.rehearse', 'reviews.approve', 'reviews.raiseFee', 'reviews.reject']),
  // It hands sources to others.
  ...all('live', ['verifications.submit']),

  ...all('admin', ['abiSources.setEtherscanKey', 'accounts.key', 'chains.mnemonic']),
  ...all('admin', ['audit.list', 'audit.verify', 'audit.export']),
  ...all('admin', ['backups.create', 'backups.remove', 'backups.restore']),
  ...all('admin', ['backups.cancelRestore']),
  ...all('admin', ['data.newKey', 'data.prune', 'data.setRetention']),
  ...all('admin', ['environments.set', 'environments.unset', 'environments.reveal']),
  ...all('admin', ['environments.read', 'environments.import', 'environments.export']),
  ...all('admin', ['gateway.decide', 'gateway.setJournal']),
  ...all('admin', ['keys.create', 'keys.import', 'keys.remove']),
  ...all('admin', ['networks.save', 'networks.remove', 'rails.set', 'rails.unfreeze']),
  ...all('admin', ['openIn.project', 'openIn.dataFolder']),
  // What lies in the user's folders.
  ...all('admin', ['projects.browse', 'projects.completePath', 'projects.pickFolder']),
  ...all('admin', ['projects.detect', 'projects.remove']),
  ...all('admin', ['projects.trust', 'projects.untrust']),
  ...all('admin', ['projects.trustParent', 'projects.untrustParent']),
  ...all('admin', ['settings.set', 'settings.reset']),
  ...all('admin', ['terminals.list', 'terminals.open', 'terminals.close', 'terminals.resize']),
  ...all('admin', ['terminals.watch', 'terminals.write']),
  ...all('admin', ['tokens.list', 'tokens.create', 'tokens.revoke']),
  ...all('admin', ['tokens.sessions', 'tokens.endSession']),
  ...all('admin', ['updates.check', 'updates.install']),
  ...all('admin', ['webhooks.add', 'webhooks.update', 'webhooks.remove', 'webhooks.test']),
  ...all('admin', ['webhooks.redeliver']),
};

/** Those that start runs, by what of their input says where: on live networks they need `live`. */
export const starting: ReadonlySet<string> = new Set<Operations>([
  ...(['deployments.start', 'deployments.retry', 'deployments.redeploy'] as const),
  ...(['deployments.rollback', 'deployments.stop', 'watches.start'] as const),
]);

function all(scope: Scope, operations: Operations[]): Partial<Record<Operations, Scope>> {
  return Object.fromEntries(operations.map((name) => [name, scope]));
}
