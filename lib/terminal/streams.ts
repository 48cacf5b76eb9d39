import * as Context from "effect/Context"

/** A stream that a command prints on, which may be a terminal. */
export interface Output extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  /** A terminal's width; 0 where it does not know. */
  readonly columns?: number
}

/** Where a command prints its results, and what it says besides. */
export interface Streams {
  readonly stdout: Output
  readonly stderr: Output
}

/** The streams of a command: those of this process where none are given. */
export const Streams = Context.Reference<Streams>("towerstats/terminal/Streams", {
  defaultValue: () => process,
})
