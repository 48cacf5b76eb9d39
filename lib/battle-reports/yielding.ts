import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"

// Each statement of a batch waits for what is being read a few times: reading as many takes a fraction of
// a millisecond.
const longestChunk = 2

/** Works through many items in chunks, and lets the database's traffic move on between them. */
export const inYieldingChunks = <A, B>(
  items: readonly A[],
  work: (chunk: readonly A[]) => B,
): Effect.Effect<readonly B[]> =>
  Effect.forEach(Arr.chunksOf(items, longestChunk), (chunk) =>
    Effect.map(Effect.yieldNow, () => work(chunk)),
  )
