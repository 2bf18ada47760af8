import { useEffect } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { dialogOf, leaveDialogAddress } from '../core/feature/dialog-address.ts';
import { useFeatures } from '../core/feature/features-context.ts';

/** Opens the dialog that the address asks for, and puts the page's own address back. */
export function AskedDialog() {
  const address = usePathname();
  const features = useFeatures();
  useEffect(() => {
    const asked = dialogOf(address);
    if (!asked) return;
    for (const { dialogs } of features) dialogs?.[asked.dialog]?.(asked.argument);
    leaveDialogAddress();
  }, [address, features]);
  return null;
}
