import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"

// Reading as many reports takes some milliseconds.
const longestStretch = 20

/**
 * Works through many items, a few at a stretch: in between, what is on its way to and from the
 * database moves on.
 */
export const inStretches = <A, B>(
  items: readonly A[],
  work: (stretch: readonly A[]) => B,
): Effect.Effect<readonly B[]> =>
  Effect.forEach(Arr.chunksOf(items, longestStretch), (stretch) =>
    Effect.map(Effect.yieldNow, () => work(stretch)),
  )
