import type { Feature } from '../../core/feature/feature.ts';
import { VerificationSection } from './verification-section.tsx';
import { VerifyCommand } from './verify-command.tsx';

export const verification: Feature = {
  name: 'verification',
  slots: {
    'contract.code': [{ order: 10, Part: VerificationSection }],
    commands: [{ order: 7, Part: VerifyCommand }],
  },
};
