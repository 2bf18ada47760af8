import { toast } from 'sonner';

/** Copies, and says so; where the browser refuses, says that instead. */
export async function copyText(value: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(value);
    toast.success(`Copied ${what}`, { description: value, duration: 2000 });
  } catch {
    toast.error(`The browser did not allow copying the ${what}. Select it and copy it by hand.`, {
      description: value,
    });
  }
}
