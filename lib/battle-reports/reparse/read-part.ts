/**
 * One of the processes of a reparse with `--jobs`, as `read-in-parts.ts` starts it: its argument is the
 * part to read, its standard output is for messages alone. It ends when its standard input does, which
 * the process that started it keeps open for as long as it lives.
 */
import * as NodeFileSystem from "@effect/platform-node-shared/NodeFileSystem"
import * as NodePath from "@effect/platform-node-shared/NodePath"
import * as NodeRuntime from "@effect/platform-node-shared/NodeRuntime"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { inBatches } from "../../database/batches.ts"
import { Database } from "../../database/database.ts"
import { type Message, MessageLine, PartText } from "./part.ts"
import { type Following, readStored } from "./read-stored.ts"

const encode = Schema.encodeSync(MessageLine)

const tell = (message: Message) =>
  Effect.callback<void>((resume) => {
    process.stdout.write(`${encode(message)}\n`, () => resume(Effect.void))
  })

// Each start counts from 0.
const telling: Following = (_, work) => {
  let read = 0
  return work((count) => {
    read += count
    return tell({ read })
  })
}

const reasonOf = (cause: Cause.Cause<Error>): string =>
  cause.reasons.find(Cause.isFailReason)?.error.message ?? Cause.pretty(cause)

const readPart = Effect.gen(function* () {
  const part = yield* Effect.orDie(Schema.decodeUnknownEffect(PartText)(process.argv[2]))
  const tally = yield* inBatches(part, (inBatch) =>
    readStored(part, inBatch, Effect.succeed(part.selected), telling),
  )
  yield* tell({ result: tally.result })
}).pipe(
  Effect.provide(Database.layer),
  Effect.onError((cause) =>
    Cause.hasInterruptsOnly(cause) ? Effect.void : tell({ failure: reasonOf(cause) }),
  ),
)

const end = Effect.callback<void>((resume) => {
  process.stdin.once("end", () => resume(Effect.void)).resume()
  return Effect.sync(() => process.stdin.destroy())
})

// Nobody reads any more what is said after the end.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})

Effect.raceFirst(readPart, Effect.andThen(end, Effect.interrupt)).pipe(
  Effect.provide(Layer.merge(NodeFileSystem.layer, NodePath.layer)),
  NodeRuntime.runMain({ disableErrorReporting: true }),
)
