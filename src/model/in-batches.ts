/** Blobs asked for at once: enough to keep `cat-file` busy, few enough to bound memory. */
const BATCH = 64;

/** Works on a batch at a time, each batch's items together. */
export async function inBatches<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  batch = BATCH,
): Promise<void> {
  for (let start = 0; start < items.length; start += batch) {
    await Promise.all(items.slice(start, start + batch).map(work));
  }
}
