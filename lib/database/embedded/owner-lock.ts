import { dirname } from "node:path"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import type { PlatformError } from "effect/PlatformError"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { note } from "../../terminal/notice.ts"
import { isRunning, ProcessIdentity, thisProcess } from "./process-identity.ts"

const Owner = Schema.Struct({ lockId: Schema.String, ...ProcessIdentity.fields })
const OwnerText = Schema.fromJsonString(Owner)

/** The embedded database is open in another process: two at once would corrupt it. */
export class DatabaseInUse extends Schema.TaggedError<DatabaseInUse>()("DatabaseInUse", {
  folder: Schema.String,
  processId: Schema.Int,
  command: Schema.String,
}) {
  override get message(): string {
    return `The embedded database ${this.folder} is in use by process ${this.processId} (${this.command}). Wait for it to end or stop it, then run the command again.`
  }
}

/** The lock file cannot be read, so nobody can tell whether its owner lives. */
export class DamagedLock extends Schema.TaggedError<DamagedLock>()("DamagedLock", {
  file: Schema.String,
}) {
  override get message(): string {
    return `The lock file ${this.file} is damaged. Make sure that no other command is running, delete the file, then run the command again.`
  }
}

const isAlreadyThere = (error: PlatformError): boolean => error.reason._tag === "AlreadyExists"
const isGone = (error: PlatformError): boolean => error.reason._tag === "NotFound"

const acquire = Effect.fnUntraced(function* (folder: string, lockFile: string) {
  const files = yield* FileSystem.FileSystem
  const lockId = crypto.randomUUID()
  const draft = `${lockFile}.${lockId}`

  // Linking is atomic and fails where the file exists: a lock is never seen half-written.
  const claim = (file: string) =>
    files.link(draft, file).pipe(
      Effect.as(true),
      Effect.catchIf(isAlreadyThere, () => Effect.succeed(false)),
    )

  const readOwner = Effect.fnUntraced(function* (file: string) {
    const text = yield* files.readFileString(file).pipe(
      Effect.asSome,
      Effect.catchIf(isGone, () => Effect.succeedNone),
    )
    if (Option.isNone(text)) return Option.none()
    const owner = Schema.decodeUnknownOption(OwnerText)(text.value)
    return Option.isSome(owner) ? owner : yield* new DamagedLock({ file })
  })

  // Only the process that holds the take-over claim may remove a dead owner's lock, so a lock that a
  // live process took in the meantime, which has another id, is out of reach.
  const removeStale = Effect.fnUntraced(function* (staleId: string) {
    const takeOver = `${lockFile}.${staleId}.take-over`
    if (yield* claim(takeOver)) {
      const owner = yield* readOwner(lockFile)
      if (Option.isSome(owner) && owner.value.lockId === staleId) yield* files.remove(lockFile)
      return yield* files.remove(takeOver)
    }
    const other = yield* readOwner(takeOver)
    if (Option.isSome(other) && !isRunning(other.value))
      return yield* new DamagedLock({ file: takeOver })
    yield* Effect.sleep("20 millis")
  })

  const takeLock = Effect.gen(function* () {
    while (!(yield* claim(lockFile))) {
      const owner = yield* readOwner(lockFile)
      if (Option.isNone(owner)) continue
      const { processId, command } = owner.value
      if (isRunning(owner.value)) return yield* new DatabaseInUse({ folder, processId, command })
      yield* removeStale(owner.value.lockId)
    }
  })

  yield* files.makeDirectory(dirname(lockFile), { recursive: true })
  const identity = yield* Effect.sync(thisProcess)
  yield* files.writeFileString(draft, Schema.encodeSync(OwnerText)({ lockId, ...identity }))
  yield* takeLock.pipe(Effect.ensuring(Effect.ignore(files.remove(draft))))
})

const isInUse = Schema.is(DatabaseInUse)

/**
 * Owns the embedded database's folder for the current scope. A file beside the folder names the
 * owning process: a live owner is never robbed, however long it is silent; a dead one's lock is
 * taken over. While a live owner has the folder, this waits for it up to `patience`.
 */
export const ownFolder = Effect.fnUntraced(function* (
  folder: string,
  patience: Duration.Duration = Duration.zero,
) {
  const files = yield* FileSystem.FileSystem
  const lockFile = `${folder}.lock`
  const attempt = Effect.acquireRelease(acquire(folder, lockFile), () =>
    Effect.ignore(files.remove(lockFile)),
  )
  const keepTrying = Effect.retry(attempt, {
    while: isInUse,
    schedule: Schedule.upTo(Schedule.spaced("200 millis"), { duration: patience }),
  })
  const waitFor = ({ processId, command }: DatabaseInUse) =>
    note(
      `Waiting up to ${Duration.toSeconds(patience)}s for process ${processId} (${command}), which has the embedded database open …`,
    )
  yield* Effect.catchIf(attempt, isInUse, (inUse) =>
    Duration.isZero(patience) ? Effect.fail(inUse) : Effect.andThen(waitFor(inUse), keepTrying),
  )
})
