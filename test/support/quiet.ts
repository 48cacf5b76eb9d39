import { afterAll, beforeAll, type Mock, spyOn } from "bun:test"

/** Keeps the standard error of commands that run within a test out of the test's output. */
export const quietly = (): void => {
  let stderr: Mock<typeof process.stderr.write>
  beforeAll(() => {
    stderr = spyOn(process.stderr, "write").mockImplementation(() => true)
  })
  afterAll(() => stderr.mockRestore())
}
