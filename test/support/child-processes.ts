import { existsSync, readdirSync, readFileSync } from "node:fs"

/** Whether this system tells which processes another one has started. */
export const tellsChildren = existsSync("/proc/self/stat")

const parentOf = (id: string): number => {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8")
    // The name before may have blanks and brackets.
    return Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2])
  } catch {
    return Number.NaN
  }
}

/** The processes that a process has started and that are still there. */
export const childrenOf = (processId: number): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === processId)
    .map(Number)
