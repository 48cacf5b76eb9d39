import { readFileSync } from "node:fs"
import { basename } from "node:path"
import * as Schema from "effect/Schema"

/** A process, told apart from a later one that got the same id. */
export const ProcessIdentity = Schema.Struct({
  processId: Schema.Int,
  /** The kernel's start time of the process; null where `/proc` does not tell. */
  processStart: Schema.NullOr(Schema.String),
  command: Schema.String,
})
export type ProcessIdentity = typeof ProcessIdentity.Type

// Fields 3 and 22 of proc(5)'s stat; they are counted after the name, which may hold spaces. A
// process that has ended stays listed, as a zombie, until its parent asks for it: it runs no more.
const startOf = (processId: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, "utf8")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return fields[0] === "Z" ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

const exists = (processId: number): boolean => {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    // A process of another user exists although it cannot be signalled.
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

/** Whether that very process still runs. */
export const isRunning = (identity: ProcessIdentity): boolean =>
  exists(identity.processId) &&
  (identity.processStart === null || identity.processStart === startOf(identity.processId))

/** The process this code runs in. */
export const thisProcess = (): ProcessIdentity => ({
  processId: process.pid,
  processStart: startOf(process.pid),
  command: process.argv
    .slice(1)
    .map((argument) => basename(argument))
    .join(" "),
})
