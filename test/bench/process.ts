import { readFile } from "node:fs/promises"

/** Runs a process to its end. Fails unless that is exit code 0: work left undone would seem fast. */
export const runProcess = async (name: string, command: readonly string[]): Promise<void> => {
  const child = Bun.spawn([...command], { stdin: "ignore", stdout: "ignore", stderr: "inherit" })
  const exitCode = await child.exited
  if (exitCode !== 0) throw new Error(`${name} ended with exit code ${exitCode}.`)
}

/** A process may take some more memory after the last look at it, but not much. */
const betweenLooks = 20

const read = (pid: number, file: string) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "")

/** The most memory that a process or one of its children has had so far, in kilobytes; 0 if it is gone. */
const memoryOf = async (pid: number): Promise<number> => {
  const [status, children] = await Promise.all([
    read(pid, "status"),
    read(pid, `task/${pid}/children`),
  ])
  const own = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0)
  const theirs = await Promise.all((children.match(/\d+/g) ?? []).map(Number).map(memoryOf))
  return Math.max(own, ...theirs)
}

/**
 * The most memory that the largest of a process and its children has at once until it ends, in megabytes.
 * Its own resource usage says nothing: on Linux that counts what its parent had when it was started. NaN
 * where there is no /proc.
 */
export const mostMemory = async (child: Bun.Subprocess): Promise<number> => {
  let kilobytes = 0
  while (child.exitCode === null && child.signalCode === null) {
    kilobytes = Math.max(kilobytes, await memoryOf(child.pid))
    await Promise.race([child.exited, Bun.sleep(betweenLooks)])
  }
  return kilobytes > 0 ? kilobytes / 1024 : Number.NaN
}

/** Runs statements in psql, on the database at an address. */
export const psql = (url: string, ...statements: readonly string[]): Promise<void> => {
  const flags = statements.flatMap((statement) => ["--command", statement])
  return runProcess("psql", [
    "psql",
    "--quiet",
    "--no-psqlrc",
    "-v",
    "ON_ERROR_STOP=1",
    ...flags,
    url,
  ])
}
