import * as Stream from "effect/Stream"

/**
 * Collects the garbage of what has passed now and then: after so much of it, by `sizeOf`. Much of it has
 * outlived a quick collection, and the runtime puts off thorough ones for so long that the heap would grow
 * with all there is to pass.
 */
export const collectingGarbage =
  <A>(sizeOf: (item: A) => number, sizePerCollection: number) =>
  <E, R>(items: Stream.Stream<A, E, R>) =>
    Stream.suspend(() => {
      let size = 0
      return Stream.map(items, (item) => {
        size += sizeOf(item)
        if (size >= sizePerCollection) {
          size = 0
          Bun.gc(true)
        }
        return item
      })
    })
