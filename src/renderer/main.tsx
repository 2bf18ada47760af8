import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/styles.css';
import { App } from './app/app.tsx';
import { applyRememberedTheme } from './app/theme.ts';
import { connectToCore } from './core/client.ts';
import { followFragments } from './core/feature/fragment-address.ts';
import { keepPresses } from './ui/keep-presses.ts';

followFragments();
connectToCore();
applyRememberedTheme();
keepPresses();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
