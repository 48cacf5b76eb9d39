import { isIPv6 } from "node:net"
import { userInfo } from "node:os"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { isFolder, type ServerAddress, type TlsMode, tlsModes } from "./address.ts"

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
  sslnegotiation: "Leave it out; TLS is negotiated as by every version of PostgreSQL",
  require_auth: "Ways to log in cannot be chosen",
  ssl: "Write sslmode=require, or sslmode=verify-full to have the certificate checked",
  pgbouncer: "Leave it out; the suite works behind PgBouncer as it is",
  schema: "Leave it out; the suite's tables are in schemas of their own",
}

// Values of those that ask for nothing.
const harmless: readonly string[] = [
  "gssencmode=prefer",
  "gssencmode=disable",
  "target_session_attrs=any",
]

/** Environment variables by their names. */
export type Environment = Readonly<Record<string, string | undefined>>

const readable = [
  "host",
  "port",
  "user",
  "password",
  "dbname",
  "sslmode",
  "sslrootcert",
  "channel_binding",
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

/** What PostgreSQL's own tools read from the environment, each under the parameter it stands for. */
export const variables: Readonly<Record<string, string>> = {
  PGHOST: "host",
  PGHOSTADDR: "hostaddr",
  PGPORT: "port",
  PGUSER: "user",
  PGPASSWORD: "password",
  PGDATABASE: "dbname",
  PGSERVICE: "service",
  PGSSLMODE: "sslmode",
  PGSSLROOTCERT: "sslrootcert",
  PGSSLCERT: "sslcert",
  PGSSLKEY: "sslkey",
  PGSSLCRL: "sslcrl",
  PGSSLNEGOTIATION: "sslnegotiation",
  PGCHANNELBINDING: "channel_binding",
  PGREQUIREAUTH: "require_auth",
  PGGSSENCMODE: "gssencmode",
  PGTARGETSESSIONATTRS: "target_session_attrs",
  PGOPTIONS: "options",
  PGCONNECT_TIMEOUT: "connect_timeout",
}

const readVariables = (environment: Environment): Result.Result<Parameters, string> =>
  Result.gen(function* () {
    const parameters: { [name in Parameter]?: string } = {}
    for (const [variable, name] of Object.entries(variables)) {
      const value = environment[variable]
      if (value === undefined || value === "" || harmless.includes(`${name}=${value}`)) continue
      if (!isReadable(name))
        return yield* Result.fail(`${variable} is not supported. ${unsupported[name]}`)
      parameters[name] = value
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

const bindings: readonly string[] = ["disable", "prefer", "require"]

const readTls = (host: string, parameters: Parameters): Result.Result<TlsMode, string> => {
  const { sslmode, sslrootcert, channel_binding: binding } = parameters
  const mode = tlsModes.find((candidate) => candidate === sslmode)
  if (sslmode !== undefined && mode === undefined)
    return Result.fail(`its sslmode is none of ${tlsModes.join(", ")}`)
  if (binding !== undefined && !bindings.includes(binding))
    return Result.fail(`its channel_binding is none of ${bindings.join(", ")}`)
  // The driver cannot bind what it proves by SCRAM to the certificate. That the certificate is checked,
  // and for this host, keeps everybody else off the line as well.
  if (binding === "require")
    return mode === "disable"
      ? Result.fail("channel_binding=require needs TLS, which sslmode=disable does without")
      : Result.succeed("verify-full")
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
 * Without sslmode, TLS is used where the server offers it, save on this machine. What the address does
 * not say is taken from the variables of `environment`, as PostgreSQL's own tools do.
 */
export const readAddress = (
  url: Redacted.Redacted<string>,
  environment: Environment = {},
): Result.Result<ServerAddress, string> =>
  Result.gen(function* () {
    const [matched, login = "", hostPart = "", portPart, path = "", query = ""] =
      pattern.exec(Redacted.value(url)) ?? []
    if (matched === undefined)
      return yield* Result.fail(
        /^postgres(?:ql)?:\/\//.test(Redacted.value(url))
          ? "it cannot be parsed as a URL"
          : "it does not start with postgres://",
      )
    const defaults = yield* readVariables(environment)
    const given = yield* readParameters(query)
    const parameters = { ...defaults, ...given }
    const [userPart = "", ...passwordParts] = login.split(":")
    const user = yield* decode("user or password", userPart)
    const password = yield* decode("user or password", passwordParts.join(":"))
    const plainHost = yield* decode("its host", hostPart.replace(/^\[(.*)\]$/, "$1"))
    const host = (given.host ?? plainHost) || (defaults.host ?? "")
    if (host === "") return yield* Result.fail("it names no host")
    if (host.includes(",")) return yield* Result.fail("it names several hosts; name one")
    if (hostPart.startsWith("[") && !isIPv6(plainHost))
      return yield* Result.fail("its host is not an IPv6 address")
    const name = (given.user ?? user) || (defaults.user ?? userInfo().username)
    const seconds = yield* readNumber("connect_timeout", parameters.connect_timeout, 10)
    const secret = (given.password ?? password) || (defaults.password ?? "")
    const pathName = yield* decode("its database", path)
    return {
      host,
      port: yield* readNumber("port", (given.port ?? portPart) || defaults.port, 5432),
      user: name,
      password: secret === "" ? null : Redacted.make(secret),
      database: (given.dbname ?? pathName) || (defaults.dbname ?? name),
      tls: yield* readTls(host, parameters),
      bindsChannel: parameters.channel_binding === "require",
      rootCertificates:
        parameters.sslrootcert === "system" ? null : (parameters.sslrootcert ?? null),
      applicationName: parameters.application_name ?? null,
      options: parameters.options ?? null,
      connectTimeout: seconds === 0 ? null : seconds,
    }
  })
