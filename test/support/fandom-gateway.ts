import { afterAll, beforeAll, beforeEach } from "bun:test"
import { mkdtemp, rm } from "node:fs/promises"
import { type AddressInfo, connect, createServer, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { demoPages } from "./demo-files.ts"
import { selfSigned } from "./self-signed.ts"
import { type StandInWiki, startStandInWiki } from "./stand-in-wiki.ts"

/** Makes a command in a process of its own take a stand-in wiki for Fandom. */
export interface FandomGateway {
  /**
   * The environment of a command that is to use it: an HTTPS proxy, and a certificate to trust, as
   * behind a company's firewall. The command itself knows nothing of it and follows all its rules.
   */
  readonly environment: Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}

const tunnel = (from: Socket, port: number) => {
  const to = connect(port, "127.0.0.1", () => {
    from.write("HTTP/1.1 200 Connection established\r\n\r\n")
    from.pipe(to).pipe(from)
  })
  for (const [end, other] of [
    [from, to],
    [to, from],
  ] as const)
    end.on("error", () => other.destroy())
}

const startProxy = (port: number) =>
  new Promise<ReturnType<typeof createServer>>((started) => {
    const proxy = createServer((client) => {
      client.once("data", (head) => {
        if (/^CONNECT [a-z-]+\.fandom\.com:443 /.test(head.toString())) tunnel(client, port)
        else client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n")
      })
    }).listen(0, "127.0.0.1", () => started(proxy))
  })

const portOf = (address: AddressInfo | string | null): number =>
  address !== null && typeof address === "object" ? address.port : 0

/** Serves a wiki on this machine as all of Fandom's hosts, over https and through a proxy. */
export const startFandomGateway = async ({
  answer,
}: Pick<StandInWiki, "answer">): Promise<FandomGateway> => {
  const tls = selfSigned("*.fandom.com")
  const folder = await mkdtemp(join(tmpdir(), "fandom-gateway-"))
  const certificate = join(folder, "certificate.pem")
  await Bun.write(certificate, tls.cert)
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 0,
    tls,
    fetch: answer,
  })
  const proxy = await startProxy(server.port ?? 0)
  return {
    environment: {
      HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy.address())}`,
      NO_PROXY: "",
      NODE_EXTRA_CA_CERTS: certificate,
    },
    stop: async () => {
      proxy.close()
      await server.stop(true)
      await rm(folder, { recursive: true })
    },
  }
}

/** Serves the demo's pages as Fandom to the tests of a group; each test starts without faults. */
export const standInFandom = () => {
  let wiki: StandInWiki
  let gateway: FandomGateway
  beforeAll(async () => {
    wiki = await startStandInWiki(demoPages)
    gateway = await startFandomGateway(wiki)
  })
  beforeEach(() => wiki.reset())
  afterAll(async () => {
    await gateway.stop()
    await wiki.stop()
  })
  return {
    get wiki() {
      return wiki
    },
    get environment() {
      return gateway.environment
    },
  }
}
