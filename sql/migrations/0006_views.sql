-- Rows of one entity that were seen at the same time contradict each other: a page has it in two of
-- its tables. All of them are current, so that whoever reads them can name the contradiction
-- rather than take one side of it unawares. Said twice in the same words, it is one row.
create or replace view definitions.latest_wiki_row as
with latest_in_section as (
  select distinct on (page_url, source_section, parse_version, entity_id) *
  from definitions.wiki_data
  order by page_url, source_section, parse_version, entity_id, last_seen desc, id desc
),
live as (
  select *, rank() over (partition by parse_version, entity_id order by last_seen desc) as age
  from latest_in_section
  where not deprecated
)
select distinct on (parse_version, entity_id, content_hash)
  id, page_url, canonical_name, entity_id, content_hash, headers, raw_row, source_section,
  parse_version, page_revision, first_seen, last_seen, deprecated
from live
where age = 1
order by parse_version, entity_id, content_hash, id desc;

-- PostgreSQL writes through a view of a single table unless it is told not to.
create function definitions.refuse_writing_to_view() returns trigger
language plpgsql as $$
begin
  raise exception '%.% is there to be read; a rebuild writes definitions', tg_table_schema, tg_table_name
    using errcode = 'object_not_in_prerequisite_state';
end
$$;
create trigger read_only instead of insert or update or delete on definitions.card
  for each row execute function definitions.refuse_writing_to_view();
create trigger read_only instead of insert or update or delete on definitions.bot
  for each row execute function definitions.refuse_writing_to_view();
create trigger read_only instead of insert or update or delete on definitions.ultimate_weapon
  for each row execute function definitions.refuse_writing_to_view();
create trigger read_only instead of insert or update or delete on definitions.guardian_chip
  for each row execute function definitions.refuse_writing_to_view();

-- The table of slots is known by its columns' names in any case and with words around the cost.
create or replace view definitions.card_slot as
select
  raw_row ->> (
    select header from unnest(headers) with ordinality as listed (header, position)
    where lower(header) = 'slots' order by position limit 1
  ) as slot,
  raw_row ->> (
    select header from unnest(headers) with ordinality as listed (header, position)
    where header ilike '%cost%'
    order by header ilike '%gem cost%' desc, header ilike '%unlock cost%' desc, position limit 1
  ) as cost,
  id as source_wikidata_id
from definitions.latest_wiki_row
where parse_version = 'cards_v1' and 'slots' in (select lower(header) from unnest(headers) as header);
