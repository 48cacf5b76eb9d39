import { resolve } from "node:path"
import type postgres from "postgres"

const script = resolve(import.meta.dir, "../../sql/roles.sql")

/** The names of an installation's three roles. */
export interface Roles {
  readonly suite: string
  readonly site: string
  readonly reader: string
}

/**
 * Runs sql/roles.sql on a database, with names of its own for the roles: they belong to the whole
 * server, which other tests use at the same time. Gives each role a password, its name.
 */
export const createRoles = async (sql: postgres.Sql): Promise<Roles> => {
  const prefix = `towerstats_${crypto.randomUUID().slice(0, 8)}`
  const text = await Bun.file(script).text()
  await sql.unsafe(text.replaceAll(/\btowerstats_(?=suite|site|reader)/g, `${prefix}_`))
  const roles = { suite: `${prefix}_suite`, site: `${prefix}_site`, reader: `${prefix}_reader` }
  for (const role of Object.values(roles)) await sql.unsafe(`alter role ${role} password '${role}'`)
  return roles
}

/** Drops roles and takes what they own and may do from them. */
export const dropRoles = async (sql: postgres.Sql, roles: Roles): Promise<void> => {
  for (const role of Object.values(roles))
    await sql.unsafe(
      `reassign owned by ${role} to current_user; drop owned by ${role}; drop role ${role}`,
    )
}

/** The address of a database for a role. */
export const addressFor = (url: string, role: string): string => {
  const address = new URL(url)
  address.username = role
  address.password = role
  return address.href
}
