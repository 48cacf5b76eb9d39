import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { queryFirst } from "../database/query.ts"
import { noticeWarning } from "../terminal/notice.ts"
import { marks } from "./source/django-tables.ts"

/** The schema where this database has a Django TowerStats that was not adopted. */
const siteBeside = queryFirst(
  Schema.Struct({ schema: Schema.String }),
  (sql) => sql`
    select relnamespace::regnamespace::text as schema from pg_class
    where relkind in ('r', 'p') and relname in ${sql(marks)}
      and not exists (select from towerstats.adoption where finished_at is not null)
    group by relnamespace having count(*) = ${marks.length}
    order by relnamespace limit 1`,
)

/** Warns of players whom this database has in Django's tables alone, where the suite does not look. */
export const warnOfSiteBeside = Effect.flatMap(siteBeside, (site) =>
  site === null
    ? Effect.void
    : noticeWarning(
        `The schema ${site.schema} of this database has the tables of a Django TowerStats, and its players and reports are not in the suite's. See what would come over with \`bun run adopt --from "$DATABASE_URL" --check\`.`,
      ),
)
