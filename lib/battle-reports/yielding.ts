import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"

// Reading as many takes a millisecond or two.
const longestChunk = 5

/** Works through many items in chunks, and lets the database's traffic move on between them. */
export const inYieldingChunks = <A, B>(
  items: readonly A[],
  work: (chunk: readonly A[]) => B,
): Effect.Effect<readonly B[]> =>
  Effect.forEach(Arr.chunksOf(items, longestChunk), (chunk) =>
    Effect.map(Effect.yieldNow, () => work(chunk)),
  )
