import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { followChanges } from '../features/app/changes.ts';
import { queryClient } from '../features/app/query-client.ts';
import { followActivity } from '../features/events/activity.ts';
import { Layout } from './layout.tsx';

export function App() {
  useEffect(() => {
    const abort = new AbortController();
    void followChanges(queryClient, abort.signal);
    void followActivity(abort.signal);
    return () => abort.abort();
  }, []);
  return (
    <QueryClientProvider client={queryClient}>
      <Router hook={useHashLocation}>
        <Layout />
      </Router>
    </QueryClientProvider>
  );
}
