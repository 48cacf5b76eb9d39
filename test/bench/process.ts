/** Runs a process to its end. Fails unless that is exit code 0: work left undone would seem fast. */
export const runProcess = async (name: string, command: readonly string[]): Promise<void> => {
  const child = Bun.spawn([...command], { stdin: "ignore", stdout: "ignore", stderr: "inherit" })
  const exitCode = await child.exited
  if (exitCode !== 0) throw new Error(`${name} ended with exit code ${exitCode}.`)
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
