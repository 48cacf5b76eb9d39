import { connect, createServer, type Socket } from "node:net"

/** A relay to a server, which can be closed or broken. */
export interface Relay {
  /** The address of one of the server's databases, through the relay. */
  readonly through: (url: string) => string
  /** Refuses new connections; open ones go on. */
  readonly close: () => void
  /** Breaks all open connections, as a crashing server does. */
  readonly reset: () => void
  /** Passes on nothing more, like a network that has failed. */
  readonly fallSilent: () => void
}

/** Opens a port that passes everything on to the server at `url`, and back. */
export const startRelay = async (url: string): Promise<Relay> => {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  let isSilent = false
  const passOn = (near: Socket) => {
    const far = connect(Number(port === "" ? 5432 : port), hostname)
    near.on("data", (bytes) => isSilent || far.write(bytes))
    far.on("data", (bytes) => isSilent || near.write(bytes))
    near.on("end", () => far.end())
    far.on("end", () => near.end())
    near.on("error", () => far.destroy())
    far.on("error", () => near.destroy())
    open.add(near)
    near.on("close", () => open.delete(near))
  }
  const relay = createServer(passOn)
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve))
  const address = relay.address()
  return {
    through: (target) => {
      const through = new URL(target)
      through.hostname = "127.0.0.1"
      through.port = String(typeof address === "object" ? address?.port : "")
      return through.href
    },
    close: () => relay.close(),
    fallSilent: () => {
      isSilent = true
    },
    reset: () => {
      for (const near of open) near.resetAndDestroy()
    },
  }
}
