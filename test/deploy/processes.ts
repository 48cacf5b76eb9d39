import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"

/** The ids of the processes that a stalling stand-in has started, once it has. */
export const stalling = async (file: string): Promise<readonly number[]> => {
  while (!existsSync(file)) await Bun.sleep(10)
  return (await readFile(file, "utf8")).split(" ").map(Number)
}

/** The processes that still run; one that has ended but is not yet reaped does not. */
export const running = async (processIds: readonly number[]): Promise<readonly number[]> => {
  const listing = await Bun.$`ps -o pid=,stat= -p ${processIds.join(",")}`.nothrow().quiet().text()
  return listing
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, state]) => state !== undefined && !state.startsWith("Z"))
    .map(([processId]) => Number(processId))
}
