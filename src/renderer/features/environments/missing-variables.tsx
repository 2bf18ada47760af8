import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api } from '../../core/client.ts';
import type { SlotProps } from '../../core/feature/slots.ts';
import { projectPath } from '../../core/paths.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';

/** Before a deploy: what it asks for, and would not be given. */
export function MissingVariables({ project, target, entry }: SlotProps['deploy.notices']) {
  const [, navigate] = useLocation();
  const { data } = useQuery(
    api.environments.check.queryOptions({ input: { project, target, entry } }),
  );
  if (!data || data.missing.length === 0) return null;
  return (
    <ErrorNotice
      tone="warn"
      message={`It asks for ${data.missing.join(', ')}, and nothing sets ${data.missing.length === 1 ? 'it' : 'them'}.`}
    >
      <Button size="sm" onClick={() => navigate(projectPath(project, 'environment'))}>
        Environment
      </Button>
    </ErrorNotice>
  );
}
