import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Router } from 'wouter';
import { followChanges } from '../core/changes.ts';
import { usePageLocation } from '../core/feature/dialog-address.ts';
import { FeaturesContext } from '../core/feature/features-context.ts';
import { queryClient } from '../core/query-client.ts';
import { loadPartsWhenIdle } from '../ui/lazy-part.tsx';
import { features } from './features.ts';
import { Layout } from './layout.tsx';

export function App() {
  useEffect(() => {
    const abort = new AbortController();
    void followChanges(queryClient, features, abort.signal);
    for (const feature of features) void feature.follow?.(abort.signal);
    void loadPartsWhenIdle();
    return () => abort.abort();
  }, []);
  return (
    <QueryClientProvider client={queryClient}>
      <FeaturesContext value={features}>
        <Router hook={usePageLocation}>
          <Layout />
        </Router>
      </FeaturesContext>
    </QueryClientProvider>
  );
}
