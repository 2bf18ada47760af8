export const webhooksPath = '/settings/webhooks';
