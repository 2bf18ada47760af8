import { Link } from 'wouter';
import { webhooksPath } from '../../core/paths.ts';
import { Setting } from '../../core/settings/setting.tsx';

/** The link to the webhooks in the settings. */
export function WebhooksLink() {
  return (
    <Setting name="Webhooks" about="Tell other programs, Slack or Discord what happens.">
      <Link href={webhooksPath} className="text-sm text-accent hover:underline">
        Webhooks
      </Link>
    </Setting>
  );
}
