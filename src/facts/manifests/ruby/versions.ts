/** The version where requirements admit only one (`"1.2.3"`, `"= 1.2.3"`); `null`: they admit more. */
export function exactVersion(requirements: readonly string[]): string | null {
  const [only, ...more] = requirements;
  if (only === undefined || more.length > 0) return null;
  return /^\s*=?\s*v?(\d[0-9A-Za-z.-]*)\s*$/.exec(only)?.[1] ?? null;
}
