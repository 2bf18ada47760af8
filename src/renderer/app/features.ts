import type { Feature } from '../core/feature/feature.ts';
import { accounts } from '../features/accounts/feature.tsx';
import { addressBook } from '../features/address-book/feature.tsx';
import { chains } from '../features/chains/feature.tsx';
import { compileCache } from '../features/compile-cache/feature.tsx';
import { containers } from '../features/containers/feature.tsx';
import { contracts } from '../features/contracts/feature.tsx';
import { data } from '../features/data/feature.tsx';
import { deployDefaults } from '../features/deploy-defaults/feature.tsx';
import { deployments } from '../features/deployments/feature.tsx';
import { doctor } from '../features/doctor/feature.tsx';
import { environments } from '../features/environments/feature.tsx';
import { events } from '../features/events/feature.tsx';
import { explorer } from '../features/explorer/feature.tsx';
import { find } from '../features/find/feature.tsx';
import { gas } from '../features/gas/feature.tsx';
import { gateway } from '../features/gateway/feature.tsx';
import { history } from '../features/history/feature.tsx';
import { images } from '../features/images/feature.tsx';
import { insights } from '../features/insights/feature.tsx';
import { keys } from '../features/keys/feature.tsx';
import { networks } from '../features/networks/feature.tsx';
import { openIn } from '../features/open-in/feature.tsx';
import { projects } from '../features/projects/feature.tsx';
import { reviews } from '../features/reviews/feature.tsx';
import { settings } from '../features/settings/feature.tsx';
import { stateDiff } from '../features/state-diff/feature.tsx';
import { terminals } from '../features/terminals/feature.tsx';
import { tools } from '../features/tools/feature.tsx';
import { updates } from '../features/updates/feature.tsx';
import { upgrades } from '../features/upgrades/feature.tsx';
import { verification } from '../features/verification/feature.tsx';
import { webhooks } from '../features/webhooks/feature.tsx';
import { laterPart, lazyPart } from '../ui/lazy-part.tsx';
import { HelpCommands } from './help-commands.tsx';
import { WindowCommands } from './window-commands.tsx';

const PanelCommands = lazyPart(
  async () => (await import('./panel/panel-commands.tsx')).PanelCommands,
);

const QuestionDialog = laterPart(
  async () => (await import('../core/questions/question-dialog.tsx')).QuestionDialog,
);

/** The features of the window, in the order of the sidebar and the palette. */
export const features: readonly Feature[] = [
  projects,
  openIn,
  chains,
  stateDiff,
  gateway,
  deployments,
  deployDefaults,
  environments,
  contracts,
  verification,
  upgrades,
  explorer,
  find,
  gas,
  accounts,
  addressBook,
  history,
  reviews,
  keys,
  insights,
  networks,
  images,
  containers,
  data,
  doctor,
  tools,
  settings,
  updates,
  webhooks,
  compileCache,
  terminals,
  events,
  {
    name: 'app',
    slots: {
      commands: [
        { order: 80, Part: WindowCommands },
        { order: 65, Part: PanelCommands },
        { order: 90, Part: HelpCommands },
      ],
      overlays: [{ order: 90, Part: QuestionDialog }],
    },
  },
];
