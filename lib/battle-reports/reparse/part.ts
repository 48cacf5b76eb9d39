import * as Schema from "effect/Schema"
import { Snapshot } from "../../database/transaction.ts"
import { Selected } from "./selection.ts"
import { ReparseResult } from "./tally.ts"

/** What one of several processes of a reparse is to read, and how. */
export const Part = Schema.Struct({
  mode: Schema.Literals(["check", "write"]),
  lockTimeout: Schema.DurationFromMillis,
  /** What a check sees, which is the same in all processes; null for a write. */
  snapshot: Schema.NullOr(Snapshot),
  selected: Selected,
})
export type Part = typeof Part.Type

/** A part as an argument of a process. */
export const PartText = Schema.fromJsonString(Part)

/** What such a process says: how far it has come, and in the end its result, or why it has none. */
export const Message = Schema.Union([
  Schema.Struct({ read: Schema.Int }),
  Schema.Struct({ result: ReparseResult }),
  Schema.Struct({ failure: Schema.String }),
])
export type Message = typeof Message.Type

/** A message as a line of standard output. */
export const MessageLine = Schema.fromJsonString(Message)
