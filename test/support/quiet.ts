import { afterAll, beforeAll, type Mock, spyOn } from "bun:test"

/** Keeps what commands say on standard error, when they run within the test, out of its output. */
export const quietly = (): void => {
  let stderr: Mock<typeof process.stderr.write>
  beforeAll(() => {
    stderr = spyOn(process.stderr, "write").mockImplementation(() => true)
  })
  afterAll(() => stderr.mockRestore())
}
