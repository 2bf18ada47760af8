/** Reserves the space of what is loading, so that nothing moves when it arrives. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-2">
      {Array.from({ length: rows }, (_, row) => (
        <div key={String(row)} className="h-[35px] rounded-md bg-raised" />
      ))}
    </div>
  );
}
