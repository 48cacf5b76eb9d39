import { isIPv6 } from "node:net"
import * as Redacted from "effect/Redacted"

/** What a connection's encryption can have to be, as PostgreSQL's own tools call it. */
export const tlsModes = [
  "disable",
  "allow",
  "prefer",
  "require",
  "verify-ca",
  "verify-full",
] as const
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
  /** Whether the server has to prove itself on this very connection, not only by its address. */
  readonly bindsChannel: boolean
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
    channel_binding: address.bindsChannel ? "require" : null,
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
