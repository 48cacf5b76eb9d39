import { resolve } from "node:path"
import * as Effect from "effect/Effect"
import * as ChildProcess from "effect/process/ChildProcess"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { BatchedWork, InBatch } from "../../database/batches.ts"
import { type LentDatabase, lendDatabase } from "../../database/lend.ts"
import { exportSnapshot } from "../../database/transaction.ts"
import { killedBy } from "../../terminal/killed-by.ts"
import type { Advance } from "../../terminal/progress-bar.ts"
import { type Message, MessageLine, type Part, PartText } from "./part.ts"
import type { Following } from "./read-stored.ts"
import { type ReparseRequest, selectReports } from "./selection.ts"
import { splitShard } from "./shard.ts"
import { ReparseTally } from "./tally.ts"

/** One of the processes that read has failed; the others were stopped. */
export class PartFailed extends Schema.TaggedError<PartFailed>()("PartFailed", {
  reason: Schema.String,
}) {
  override get message(): string {
    return `One of the processes that read reports failed, and the others were stopped. ${this.reason}`
  }
}

const endedEarly = (how: string) =>
  new PartFailed({
    reason: `It ended early (${how}). What was stored before stays; run the command again, and it goes on from there.`,
  })

const script = resolve(import.meta.dir, "read-part.ts")

// As long as a lost rollback may take, and a little more.
const grace = "10 seconds"

const encode = Schema.encodeSync(PartText)
const decode = Schema.decodeUnknownEffect(MessageLine)

const exited = (code: number): string => `exit code ${code}`

/** Has a process of its own read a part, and returns its result. What it warns of it prints itself. */
const readPart = Effect.fnUntraced(
  function* (part: Part, lent: LentDatabase, advance: Advance) {
    // In the same process group, it gets what a terminal or a deploy sends to all of that.
    const child = yield* ChildProcess.make(process.execPath, [script, encode(part)], {
      ...{ env: lent, extendEnv: true, stderr: "inherit" },
      ...{ detached: false, forceKillAfter: grace },
    })
    const last = yield* child.stdout.pipe(
      Stream.decodeText,
      Stream.splitLines,
      Stream.mapEffect((line) => Effect.orDie(decode(line))),
      Stream.runFoldEffect(
        (): Message => ({ read: 0 }),
        (before, message) =>
          "read" in message && "read" in before
            ? Effect.as(advance(message.read - before.read), message)
            : Effect.succeed(message),
      ),
    )
    const ending = yield* Effect.match(child.exitCode, { onSuccess: exited, onFailure: killedBy })
    if ("result" in last) return last.result
    return yield* "failure" in last ? new PartFailed({ reason: last.failure }) : endedEarly(ending)
  },
  Effect.scoped,
  Effect.catchTag("PlatformError", ({ message }) =>
    Effect.fail(endedEarly(`it could not start: ${message}`)),
  ),
)

/**
 * Reads stored reports in so many processes, each those of a shard of the players over a connection
 * of its own, and adds up what they count. All of a check's processes see the same snapshot. Which
 * reports are the newest is decided once, for all of them.
 */
export const readInParts = Effect.fnUntraced(function* (
  work: BatchedWork,
  inBatch: InBatch,
  request: ReparseRequest,
  jobs: number,
  following: Following,
) {
  const { selection, extent } = yield* inBatch(selectReports(request))
  const snapshot = work.mode === "check" ? yield* exportSnapshot : null
  const parts = splitShard(selection.shard, jobs).map((shard): Part => {
    const selected = { selection: { ...selection, shard, limit: null }, extent }
    return { mode: work.mode, lockTimeout: work.lockTimeout, snapshot, selected }
  })
  const results = yield* following(extent.reports, (advance) =>
    lendDatabase(`towerstats jobs ${crypto.randomUUID()}`, (lent) =>
      Effect.forEach(parts, (part) => readPart(part, lent, advance), { concurrency: jobs }),
    ),
  )
  const tally = new ReparseTally()
  for (const result of results) tally.addResult(result)
  return tally
})
