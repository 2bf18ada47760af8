import { Compass } from 'lucide-react';
import { Redirect, Route, Switch } from 'wouter';
import { ChainPage } from '../features/chains/chain-page.tsx';
import { ContainersPage } from '../features/containers/containers-page.tsx';
import { containersPath } from '../features/containers/containers-path.ts';
import { DataPage } from '../features/data/data-page.tsx';
import { dataPath } from '../features/data/data-path.ts';
import { DeadLettersPage } from '../features/deployments/dead-letters-page.tsx';
import { DeploymentPage } from '../features/deployments/deployment-page.tsx';
import {
  deadLettersPath,
  historyPath,
  queuePath,
} from '../features/deployments/deployment-path.ts';
import { QueuePage } from '../features/deployments/queue-page.tsx';
import { DoctorPage } from '../features/doctor/doctor-page.tsx';
import { doctorPath } from '../features/doctor/doctor-path.ts';
import { DiffPage } from '../features/history/diff-page.tsx';
import { HistoryPage } from '../features/history/history-page.tsx';
import { ImagesPage } from '../features/images/images-page.tsx';
import { imagesPath } from '../features/images/images-path.ts';
import { NetworksPage } from '../features/networks/networks-page.tsx';
import { networksPath } from '../features/networks/networks-path.ts';
import { ProjectPage } from '../features/projects/project-page.tsx';
import { isProjectTab, projectPath } from '../features/projects/project-path.ts';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { settingsPath } from '../features/settings/settings-path.ts';
import { WebhooksPage } from '../features/webhooks/webhooks-page.tsx';
import { webhooksPath } from '../features/webhooks/webhooks-path.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { OverviewPage } from './overview-page.tsx';

export function Routes() {
  return (
    <Switch>
      <Route path="/" component={OverviewPage} />
      <Route path="/projects/:id/:tab?">
        {({ id, tab }) => {
          const project = Number(id);
          if (tab !== undefined && !isProjectTab(tab))
            return <Redirect to={projectPath(project)} />;
          return <ProjectPage key={id} id={project} tab={tab ?? 'deploy'} />;
        }}
      </Route>
      <Route path="/deployments/:id">
        {({ id }) => <DeploymentPage key={id} id={Number(id)} />}
      </Route>
      <Route path="/chains/:name">
        {({ name }) => {
          const chain = decodeURIComponent(name);
          return <ChainPage key={chain} name={chain} />;
        }}
      </Route>
      <Route path={queuePath} component={QueuePage} />
      <Route path={deadLettersPath} component={DeadLettersPage} />
      <Route path="/deployments/:a/diff/:b">
        {({ a, b }) => <DiffPage a={Number(a)} b={Number(b)} />}
      </Route>
      <Route path={`${historyPath}/:view?`}>
        {({ view }) => <HistoryPage segment={view ?? ''} />}
      </Route>
      <Route path={networksPath} component={NetworksPage} />
      <Route path={imagesPath} component={ImagesPage} />
      <Route path={containersPath} component={ContainersPage} />
      <Route path={dataPath} component={DataPage} />
      <Route path={doctorPath} component={DoctorPage} />
      <Route path={webhooksPath} component={WebhooksPage} />
      <Route path={settingsPath} component={SettingsPage} />
      <Route>
        <div className="p-5">
          <EmptyState icon={<Compass size={22} />} title="There is no such page">
            Choose one on the left, or press ⌘K or Ctrl+K and type where to go.
          </EmptyState>
        </div>
      </Route>
    </Switch>
  );
}
