import { toast } from 'sonner';

/** Copies, and confirms it; reports when the browser refuses. */
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
