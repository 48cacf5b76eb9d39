import { connect, createServer, type Socket } from "node:net"

/** A way to a server that can be closed to newcomers. */
export interface Relay {
  /** The server's address by way of the relay. */
  readonly url: string
  /** Refuses further connections; those that are open go on. */
  readonly close: () => void
}

/** Opens a port that passes everything on to the server at `url`, and back. */
export const startRelay = async (url: string): Promise<Relay> => {
  const { hostname, port } = new URL(url)
  const passOn = (near: Socket) => {
    const far = connect(Number(port === "" ? 5432 : port), hostname)
    near.pipe(far).pipe(near)
    near.on("error", () => far.destroy())
    far.on("error", () => near.destroy())
  }
  const relay = createServer(passOn)
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve))
  const address = relay.address()
  const through = new URL(url)
  through.hostname = "127.0.0.1"
  through.port = String(typeof address === "object" ? address?.port : "")
  return { url: through.href, close: () => relay.close() }
}
