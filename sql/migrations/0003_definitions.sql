-- The game's definitions, rebuilt from the wiki's rows. They reference nothing outside this schema.
create domain definitions.definition_kind as text
  check (value in ('card', 'bot', 'ultimate_weapon', 'guardian_chip'));

create domain definitions.parameter_key as text check (value in (
  'angle', 'cash_bonus', 'chance', 'coins_bonus', 'coins_multiplier', 'cooldown', 'damage',
  'damage_multiplier', 'damage_percent', 'damage_reduction', 'double_find_chance', 'duration',
  'effect_wave', 'find_chance', 'linger', 'max_recovery', 'multiplier', 'percentage', 'quantity',
  'range', 'range_bonus', 'recovery_amount', 'size', 'slow', 'targets'
));

create table definitions.definition (
  id bigint generated always as identity primary key,
  kind definitions.definition_kind not null,
  slug text not null check (slug ~ '^[a-z0-9_]+$'),
  name text not null check (name <> ''),
  wiki_page_url text not null,
  wiki_entity_id text not null,
  description text,
  rarity text,
  effect_raw text,
  unlock_text text,
  source_wikidata_id bigint references definitions.wiki_data,
  unique (kind, slug),
  unique (id, kind),
  unique (id, kind, slug)
);

create table definitions.parameter (
  id bigint generated always as identity primary key,
  definition_id bigint not null,
  -- The kind comes along so that the constraints below can speak of it.
  kind definitions.definition_kind not null check (kind <> 'card'),
  key definitions.parameter_key not null,
  display_name text not null,
  unit_kind text not null check (unit_kind in ('seconds', 'percent', 'multiplier', 'count')),
  unique (definition_id, key),
  unique (id, kind),
  unique (id, key),
  foreign key (definition_id, kind) references definitions.definition (id, kind) on delete cascade
);

create table definitions.parameter_level (
  id bigint generated always as identity primary key,
  parameter_id bigint not null,
  kind definitions.definition_kind not null,
  level integer not null check (level >= 0),
  value_raw text not null check (value_raw <> ''),
  cost_raw text not null check (cost_raw <> ''),
  currency text not null,
  source_wikidata_id bigint references definitions.wiki_data,
  unique (parameter_id, level),
  foreign key (parameter_id, kind) references definitions.parameter (id, kind) on delete cascade,
  constraint currency_of_kind check (
    (kind, currency) in (('bot', 'medals'), ('ultimate_weapon', 'stones'), ('guardian_chip', 'bits'))
  )
);

create table definitions.patch_boundary (
  id bigint generated always as identity primary key,
  boundary_date date not null unique,
  label text not null default ''
);
create unique index patch_boundary_label on definitions.patch_boundary (lower(label)) where label <> '';

create table definitions.unit (
  id bigint generated always as identity primary key,
  name text not null unique,
  symbol text not null,
  kind text not null
);

create view definitions.card as
  select id, slug, name, rarity, description, effect_raw, unlock_text, wiki_page_url
  from definitions.definition where kind = 'card';
create view definitions.bot as
  select id, slug, name, wiki_page_url from definitions.definition where kind = 'bot';
create view definitions.ultimate_weapon as
  select id, slug, name, wiki_page_url from definitions.definition where kind = 'ultimate_weapon';
create view definitions.guardian_chip as
  select id, slug, name, wiki_page_url from definitions.definition where kind = 'guardian_chip';

-- PostgreSQL writes through a view of a single table unless it is told not to.
create function definitions.refuse_writing_to_view() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
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

-- The number of each card slot and what it costs, as the wiki writes them. The table of slots is known
-- by its columns' names, in any case and with words around the cost.
create view definitions.card_slot as
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
