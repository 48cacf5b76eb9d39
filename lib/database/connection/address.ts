import { isIPv6 } from "node:net"
import { userInfo } from "node:os"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

const tlsModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const
/** What a connection's encryption has to be, as PostgreSQL's own tools call it. */
export type TlsMode = (typeof tlsModes)[number]

/** The parts of a PostgreSQL address. */
export interface ServerAddress {
  /** A name, an IP address, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  /** Null where the address has none. */
  readonly password: Redacted.Redacted<string> | null
  readonly database: string
  readonly tls: TlsMode
  /** The file of the certificates to trust; null for those that come with the runtime. */
  readonly rootCertificates: string | null
  readonly applicationName: string | null
  /** Settings of the server for this session, such as `-c work_mem=64MB`. */
  readonly options: string | null
  /** How long connecting may take, in seconds; null for as long as it takes. */
  readonly connectTimeout: number | null
}

/** Whether a host is the folder of a Unix socket. */
export const isFolder = (host: string): boolean => host.startsWith("/")

const isLocal = (host: string): boolean =>
  isFolder(host) || host === "localhost" || host === "::1" || host.startsWith("127.")

const pattern =
  /^postgres(?:ql)?:\/\/(?:([^/?#]*)@)?(\[[^\]/?#]*\]|[^:/?#]*)(?::([^/?#]*))?(?:\/([^/?#]*))?(?:\?([^#]*))?$/

// What libpq knows and this suite does not do, and what to do about it.
const unsupported: Readonly<Record<string, string>> = {
  hostaddr: "Write the address as the host",
  service: "Write out what the service file says",
  sslcert: "Client certificates are not supported",
  sslkey: "Client certificates are not supported",
  sslcrl: "Revocation lists are not supported",
  gssencmode: "Kerberos is not supported",
  target_session_attrs: "Name the one server that is meant",
  channel_binding:
    "Leave it out; sslmode=verify-full makes sure of the server as well, by its certificate",
}

// Values of those that ask for nothing.
const harmless: readonly string[] = [
  "channel_binding=prefer",
  "channel_binding=disable",
  "gssencmode=prefer",
  "gssencmode=disable",
  "target_session_attrs=any",
]

const readable = [
  "host",
  "port",
  "user",
  "password",
  "dbname",
  "sslmode",
  "sslrootcert",
  "application_name",
  "options",
  "connect_timeout",
] as const
type Parameter = (typeof readable)[number]
type Parameters = { readonly [name in Parameter]?: string }

const isReadable = (name: string): name is Parameter =>
  readable.some((candidate) => candidate === name)

const decode = (part: string, text: string): Result.Result<string, string> =>
  Result.try({
    try: () => decodeURIComponent(text),
    catch: () => `a % in ${part} must be written as %25`,
  })

const readParameters = (query: string): Result.Result<Parameters, string> =>
  Result.gen(function* () {
    const parameters: { [name in Parameter]?: string } = {}
    for (const pair of query.split("&")) {
      const [name = "", ...value] = pair.split("=")
      if (pair === "" || harmless.includes(pair)) continue
      if (!isReadable(name)) {
        const advice = unsupported[name] ?? "Remove it; settings of the server go into options"
        return yield* Result.fail(`the parameter ${name} is not supported. ${advice}`)
      }
      parameters[name] = yield* decode(name, value.join("="))
    }
    return parameters
  })

const readNumber = (
  name: string,
  text: string | undefined,
  fallback: number,
): Result.Result<number, string> => {
  if (text === undefined || text === "") return Result.succeed(fallback)
  return /^\d{1,5}$/.test(text)
    ? Result.succeed(Number(text))
    : Result.fail(`its ${name} is not a number`)
}

const readTls = (
  host: string,
  { sslmode, sslrootcert }: Parameters,
): Result.Result<TlsMode, string> => {
  const mode = tlsModes.find((candidate) => candidate === sslmode)
  if (sslmode !== undefined && mode === undefined)
    return Result.fail(`its sslmode is none of ${tlsModes.join(", ")}`)
  if (sslrootcert === "system")
    return mode === undefined || mode === "verify-full"
      ? Result.succeed("verify-full")
      : Result.fail("sslrootcert=system needs sslmode=verify-full")
  if (mode === "verify-ca" && sslrootcert === undefined)
    return Result.fail("sslmode=verify-ca needs sslrootcert, the file of the authority to trust")
  // As libpq has it: who names an authority wants the certificate to be checked.
  if (mode === "require" && sslrootcert !== undefined) return Result.succeed("verify-ca")
  return Result.succeed(mode ?? (isLocal(host) ? "disable" : "prefer"))
}

/**
 * Reads a PostgreSQL address as libpq does, parameters included; the failure says what is wrong with
 * it and repeats no value. A parameter that the suite cannot honour is refused, never ignored.
 * Without sslmode, TLS is used where the server offers it, save on this machine.
 */
export const readAddress = (url: Redacted.Redacted<string>): Result.Result<ServerAddress, string> =>
  Result.gen(function* () {
    const [matched, login = "", hostPart = "", portPart, path = "", query = ""] =
      pattern.exec(Redacted.value(url)) ?? []
    if (matched === undefined)
      return yield* Result.fail(
        /^postgres(?:ql)?:\/\//.test(Redacted.value(url))
          ? "it cannot be parsed as a URL"
          : "it does not start with postgres://",
      )
    const parameters = yield* readParameters(query)
    const [userPart = "", ...passwordParts] = login.split(":")
    const user = yield* decode("user or password", userPart)
    const password = yield* decode("user or password", passwordParts.join(":"))
    const plainHost = yield* decode("its host", hostPart.replace(/^\[(.*)\]$/, "$1"))
    const host = parameters.host ?? plainHost
    if (host === "") return yield* Result.fail("it names no host")
    if (host.includes(",")) return yield* Result.fail("it names several hosts; name one")
    if (hostPart.startsWith("[") && !isIPv6(plainHost))
      return yield* Result.fail("its host is not an IPv6 address")
    const name = (parameters.user ?? user) || userInfo().username
    const seconds = yield* readNumber("connect_timeout", parameters.connect_timeout, 10)
    const secret = parameters.password ?? password
    return {
      host,
      port: yield* readNumber("port", parameters.port ?? portPart, 5432),
      user: name,
      password: secret === "" ? null : Redacted.make(secret),
      database: (parameters.dbname ?? (yield* decode("its database", path))) || name,
      tls: yield* readTls(host, parameters),
      rootCertificates:
        parameters.sslrootcert === "system" ? null : (parameters.sslrootcert ?? null),
      applicationName: parameters.application_name ?? null,
      options: parameters.options ?? null,
      connectTimeout: seconds === 0 ? null : seconds,
    }
  })

const hostPart = (host: string): string => (isIPv6(host) ? `[${host}]` : host)

/** The address without its password and parameters, for messages. */
export const displayAddress = ({ host, port, user, database }: ServerAddress): string =>
  `postgres://${user}@${hostPart(host)}${port === 5432 ? "" : `:${port}`}/${database}`

/** Writes an address as a URL, password and parameters included, to hand it to another process. */
export const formatAddress = (address: ServerAddress): Redacted.Redacted<string> => {
  const { host, port, user, password, database, applicationName, options } = address
  const login = [user, ...(password === null ? [] : [Redacted.value(password)])]
  const parameters = {
    host: isFolder(host) ? host : null,
    sslmode: address.tls,
    sslrootcert: address.rootCertificates,
    application_name: applicationName,
    options,
    connect_timeout: String(address.connectTimeout ?? 0),
  }
  const query = Object.entries(parameters).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  const place = `${isFolder(host) ? "" : hostPart(host)}:${port}`
  return Redacted.make(
    `postgres://${login.map(encodeURIComponent).join(":")}@${place}/${encodeURIComponent(database)}?${query.join("&")}`,
  )
}
