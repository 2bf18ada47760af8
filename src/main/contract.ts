import { abiSources } from './features/abi-sources/contract.ts';
import { accounts } from './features/accounts/contract.ts';
import { addressBook } from './features/address-book/contract.ts';
import { app } from './features/app/contract.ts';
import { artifacts } from './features/artifacts/contract.ts';
import { audit } from './features/audit/contract.ts';
import { backups } from './features/backups/contract.ts';
import { chainControls } from './features/chain-controls/contract.ts';
import { chains } from './features/chains/contract.ts';
import { compileCache } from './features/compile-cache/contract.ts';
import { containers } from './features/containers/contract.ts';
import { contracts } from './features/contracts/contract.ts';
import { data } from './features/data/contract.ts';
import { deployDefaults } from './features/deploy-defaults/contract.ts';
import { deployments } from './features/deployments/contract.ts';
import { doctor } from './features/doctor/contract.ts';
import { environments } from './features/environments/contract.ts';
import { events } from './features/events/contract.ts';
import { explorer } from './features/explorer/contract.ts';
import { find } from './features/find/contract.ts';
import { gas } from './features/gas/contract.ts';
import { gateway } from './features/gateway/contract.ts';
import { history } from './features/history/contract.ts';
import { images } from './features/images/contract.ts';
import { insights } from './features/insights/contract.ts';
import { keys } from './features/keys/contract.ts';
import { networks } from './features/networks/contract.ts';
import { openIn } from './features/open-in/contract.ts';
import { projects } from './features/projects/contract.ts';
import { railsContract } from './features/rails/contract.ts';
import { reviews } from './features/reviews/contract.ts';
import { settings } from './features/settings/contract.ts';
import { stateDiff } from './features/state-diff/contract.ts';
import { templates } from './features/templates/contract.ts';
import { terminals } from './features/terminals/contract.ts';
import { tokens } from './features/tokens/contract.ts';
import { tools } from './features/tools/contract.ts';
import { updates } from './features/updates/contract.ts';
import { upgrades } from './features/upgrades/contract.ts';
import { verifications } from './features/verification/contract.ts';
import { watches } from './features/watches/contract.ts';
import { webhooks } from './features/webhooks/contract.ts';

/** The only bridge into the core: every door serves it, every client is typed by it. */
export const contract = {
  app,
  projects,
  openIn,
  networks,
  rails: railsContract,
  chains,
  stateDiff,
  chainControls,
  gateway,
  deployDefaults,
  environments,
  deployments,
  watches,
  reviews,
  history,
  contracts,
  verifications,
  upgrades,
  addressBook,
  accounts,
  abiSources,
  keys,
  audit,
  tokens,
  artifacts,
  explorer,
  find,
  gas,
  insights,
  doctor,
  settings,
  events,
  templates,
  terminals,
  webhooks,
  data,
  backups,
  containers,
  images,
  tools,
  compileCache,
  updates,
};
