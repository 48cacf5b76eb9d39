import { afterAll, afterEach, beforeAll, beforeEach } from "bun:test"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

const create = (): Promise<string> => mkdtemp(join(tmpdir(), "towerstats-test-"))
const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })

/** Makes a new folder for as long as it is used. */
export const withFolder = async <A>(use: (folder: string) => Promise<A>): Promise<A> => {
  const folder = await create()
  return use(folder).finally(() => remove(folder))
}

/** An empty folder for all tests of a file or group. Returns a function, as it exists only then. */
export const sharedFolder = (): (() => string) => {
  let folder = ""
  beforeAll(async () => {
    folder = await create()
  })
  afterAll(() => remove(folder))
  return () => folder
}

/** A new, empty folder for each test. Returns a function, as it exists only then. */
export const folderOfEachTest = (): (() => string) => {
  let folder = ""
  beforeEach(async () => {
    folder = await create()
  })
  afterEach(() => remove(folder))
  return () => folder
}
