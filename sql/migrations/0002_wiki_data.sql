-- Everything the wiki ever said, one row for each revision of each table row.
create schema if not exists definitions;

create table definitions.wiki_data (
  id bigint generated always as identity primary key,
  page_url text not null,
  canonical_name text not null,
  entity_id text not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  headers text[] not null,
  raw_row jsonb not null check (jsonb_typeof(raw_row) = 'object'),
  source_section text not null,
  parse_version text not null,
  page_revision bigint,
  first_seen timestamptz not null default now(),
  last_seen timestamptz not null default now() check (last_seen >= first_seen),
  deprecated boolean not null default false,
  unique (page_url, source_section, parse_version, entity_id, content_hash)
);

create function definitions.keep_wiki_history() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'UPDATE' then
    raise exception 'rows of definitions.wiki_data are history and cannot be deleted'
      using errcode = 'integrity_constraint_violation';
  end if;
  -- An adoption may bring an earlier sight of the same content.
  if new.first_seen > old.first_seen or
     (new.id, new.page_url, new.canonical_name, new.entity_id, new.content_hash, new.headers,
      new.raw_row, new.source_section, new.parse_version, new.page_revision)
    is distinct from
     (old.id, old.page_url, old.canonical_name, old.entity_id, old.content_hash, old.headers,
      old.raw_row, old.source_section, old.parse_version, old.page_revision) then
    raise exception 'the content of definitions.wiki_data row % cannot change; store a new revision', old.id
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;

create trigger keep_history before update or delete on definitions.wiki_data
  for each row execute function definitions.keep_wiki_history();
create trigger keep_history_whole before truncate on definitions.wiki_data
  for each statement execute function definitions.keep_wiki_history();

-- The rows of the wiki that are current: the latest revision of each entity of each section, unless
-- it left the wiki, and of those the rows of the page that was seen last. A page has a bot, chip or
-- weapon as a whole, and a list of cards or slots as a whole. Rows of one entity that were seen at the
-- same time contradict each other: a page has it in two of its tables. All of them are current, so
-- that a reader can name the contradiction rather than take one side unawares. Said twice in the same
-- words, they are one row. lib/wiki/revisions/latest-rows.ts is the same rule, for rows not stored yet.
create view definitions.latest_wiki_row as
with latest_in_section as (
  select distinct on (page_url, source_section, parse_version, entity_id) *
  from definitions.wiki_data
  order by page_url, source_section, parse_version, entity_id, last_seen desc, id desc
),
live as (
  select *, coalesce(raw_row ->> '_wiki_entity_id', '') as owner
  from latest_in_section
  where not deprecated
),
seen_page as (
  select *, max(last_seen) over (partition by parse_version, owner, page_url) as page_seen
  from live
),
ranked_page as (
  select *, rank() over (partition by parse_version, owner order by page_seen desc) as page_age
  from seen_page
),
ranked as (
  select *, rank() over (partition by parse_version, owner, entity_id order by last_seen desc) as age
  from ranked_page
  where page_age = 1
)
select distinct on (parse_version, owner, entity_id, content_hash)
  id, page_url, canonical_name, entity_id, content_hash, headers, raw_row, source_section,
  parse_version, page_revision, first_seen, last_seen, deprecated
from ranked
where age = 1
order by parse_version, owner, entity_id, content_hash, id desc;
