import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/styles.css';
import { App } from './app/app.tsx';
import { connectToCore } from './core/client.ts';
import { followFragments } from './core/feature/fragment-address.ts';
import { keepPresses } from './ui/keep-presses.ts';

followFragments();
connectToCore();
keepPresses();

/** In a build there is no such page, nor the code of it. */
const Shown =
  import.meta.env.DEV && location.pathname === '/parts'
    ? lazy(async () => ({ default: (await import('./ui/parts-page.tsx')).PartsPage }))
    : App;

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Suspense>
      <Shown />
    </Suspense>
  </StrictMode>,
);
