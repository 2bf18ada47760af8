import type { Feature } from '../../core/feature/feature.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const VerificationSection = lazyPart(
  async () => (await import('./verification-section.tsx')).VerificationSection,
);
const VerifyCommand = lazyPart(async () => (await import('./verify-command.tsx')).VerifyCommand);

export const verification: Feature = {
  name: 'verification',
  slots: {
    'contract.code': [{ order: 10, Part: VerificationSection }],
    commands: [{ order: 7, Part: VerifyCommand }],
  },
};
