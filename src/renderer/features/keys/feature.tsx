import { KeyRound } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { keysPath } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const KeysPage = lazyPart(async () => (await import('./keys-page.tsx')).KeysPage);

export const keys: Feature = {
  name: 'keys',
  pages: [{ path: keysPath, Page: KeysPage }],
  places: [
    {
      title: 'Keys',
      path: keysPath,
      Icon: KeyRound,
      keywords: ['signer', 'keystore', 'private key', 'wallet', 'unlock'],
    },
  ],
  touches: { keys: () => [api.keys.key()] },
};
