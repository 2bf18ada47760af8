import { Compass } from 'lucide-react';
import { Route, Switch } from 'wouter';
import { useFeatures } from '../core/feature/features-context.ts';
import { EmptyState } from '../ui/empty-state.tsx';

export function Routes() {
  const pages = useFeatures().flatMap((feature) => feature.pages ?? []);
  return (
    <Switch>
      {pages.map(({ path, Page }) => (
        <Route key={path} path={path}>
          {(params) => <Page params={params} />}
        </Route>
      ))}
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
