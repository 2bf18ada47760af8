import { toast as shown } from 'sonner';
import { expect, test } from 'vitest';
import { showToastsOn, toast } from './toast.ts';

test('notices from before they can be shown are all shown, in their order', () => {
  toast.success('First');
  toast.error('Second', { id: 'second', description: 'why' });
  expect(shown.getHistory()).toEqual([]);
  showToastsOn(shown);
  toast.info('Third');
  expect(shown.getHistory()).toMatchObject([
    { type: 'success', title: 'First' },
    { type: 'error', title: 'Second', id: 'second', description: 'why' },
    { type: 'info', title: 'Third' },
  ]);
});
