import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import type * as PlatformError from "effect/PlatformError"

/** Why a file or folder could not be used, in the operating system's words where it gave any. */
export function reasonOf({ cause, reason }: PlatformError.PlatformError): string {
  return cause instanceof Error ? cause.message : reason._tag
}

/** Replaces a file as a whole: a concurrent reader sees the old text or the new one, never a part. */
export const replaceFile = Effect.fnUntraced(function* (file: string, text: string) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const draft = yield* files.makeTempFileScoped({
    directory: path.dirname(file),
    prefix: ".saving-",
  })
  yield* files.writeFileString(draft, text)
  yield* files.rename(draft, file)
}, Effect.scoped)
