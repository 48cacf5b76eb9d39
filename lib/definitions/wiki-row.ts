import type { StoredRevision } from "../wiki/revisions/revisions.ts"

/**
 * A row of the wiki as the rebuild reads it: the latest revision of its entity, stored or planned,
 * that is not deprecated.
 */
export type WikiRow = Pick<
  StoredRevision,
  | "id"
  | "pageUrl"
  | "canonicalName"
  | "entityId"
  | "headers"
  | "rawRow"
  | "sourceSection"
  | "parseVersion"
>
