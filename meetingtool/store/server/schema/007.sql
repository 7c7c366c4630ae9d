-- What was deleted here on purpose comes back by no copy of a folder: a final that HR deleted is not filed again, be it
-- that its evaluation is changed or that it is moved into another team; and who was made anonymous is known to an import.

set local role meetingtool_owner;

-- The final editions that HR deleted, and with edition 0 the people who were made anonymous. Ids alone, of no team.
create table meetingtool.forgotten (
    id text not null,
    edition integer not null,
    primary key (id, edition)
);

-- Whether a document is of a person without a name any more, as `meetingtool forget` leaves it.
create function meetingtool.is_alias(p_document text) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select handle ~ '^former-[0-9]+$' and name = 'Former-colleague-' || substr(handle, 8)
    from json_to_record(replace(replace(p_document, '\\', '\u005c'), '\u0000', '\u0001')::json)
        as person(handle text, name text)
$$;

-- Of what was deleted before there was such a table, what the records have and the list of all that was filed has not.
alter table meetingtool.record no force row level security;
alter table meetingtool.filed no force row level security;
insert into meetingtool.forgotten (id, edition)
    select distinct record.id, one.edition
    from meetingtool.record, json_array_elements(coalesce(document::json -> 'finals', '[]')) with ordinality
        as one(final, edition)
    where kind = 'evaluation' and not exists (select from meetingtool.filed
        where filed.evaluation = record.id and filed.edition = one.edition);
insert into meetingtool.forgotten (id, edition)
    select distinct id, 0 from meetingtool.record where kind = 'person' and meetingtool.is_alias(document);
alter table meetingtool.filed force row level security;
alter table meetingtool.record force row level security;

alter table meetingtool.forgotten enable row level security;
alter table meetingtool.forgotten force row level security;
create policy everybody on meetingtool.forgotten for select to meetingtool_owner using (true);
create policy office_new on meetingtool.forgotten for insert to meetingtool_owner
    with check (edition > 0 and meetingtool.is_hr());
create policy own_teams_new on meetingtool.forgotten for insert to meetingtool_owner
    with check (edition = 0 and id in (select record.id from meetingtool.record));
revoke all on meetingtool.forgotten from public;

create function meetingtool.note_forgotten() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if meetingtool.is_alias(new.document) then
        insert into meetingtool.forgotten (id, edition) values (new.id, 0) on conflict do nothing;
    end if;
    return null;
end
$$;
create trigger note_forgotten after insert or update on meetingtool.record
    for each row when (new.kind = 'person') execute function meetingtool.note_forgotten();

-- Which of these people were made anonymous on this server.
create function meetingtool.forgotten_among(p_people text[]) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select id from meetingtool.forgotten where edition = 0 and id = any (p_people)
$$;

-- As in the first form, without what HR deleted.
create or replace function meetingtool.file_finals() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    one record;
    content json;
begin
    for one in
        select value as final, ordinality::integer as edition
        from json_array_elements(coalesce(new.document::json -> 'finals', '[]')) with ordinality
    loop
        continue when exists (select from meetingtool.forgotten where id = new.id and edition = one.edition);
        content := one.final -> 'content';
        if json_typeof(content) is distinct from 'object' then
            raise exception 'a final without content' using errcode = 'MT400';
        end if;
        insert into meetingtool.final (team, evaluation, edition, person, number, name, period, since, until, digest,
                finalised_at, finalised_by, content, reopened_at, reason)
            values (new.team, new.id, one.edition, new.document::json ->> 'person',
                coalesce(content -> 'person' ->> 'number', ''), coalesce(content -> 'person' ->> 'name', ''),
                coalesce(content -> 'period' ->> 'label', ''), (new.document::json ->> 'since')::date,
                (new.document::json ->> 'until')::date, one.final ->> 'digest', one.final ->> 'finalised_at',
                one.final ->> 'finalised_by', content::text, one.final ->> 'reopened_at',
                coalesce(one.final ->> 'reason', ''))
            on conflict (team, evaluation, edition) do nothing;
        update meetingtool.final
            set reopened_at = one.final ->> 'reopened_at', reason = coalesce(one.final ->> 'reason', '')
            where team = new.team and evaluation = new.id and edition = one.edition
                and reopened_at is null and one.final ->> 'reopened_at' is not null;
    end loop;
    return null;
end
$$;

-- As in the sixth form, and what goes is remembered.
create or replace function meetingtool.forget_finals(p_before date) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    gone bigint;
begin
    if not meetingtool.is_hr() then
        raise exception 'for the HR office' using errcode = 'MT403';
    end if;
    if p_before is null or p_before > current_date + 1 then
        raise exception 'a day to come' using errcode = 'MT411';
    end if;
    with deleted as (
        delete from meetingtool.final where until < p_before returning team, evaluation, edition
    ), unlisted as (
        delete from meetingtool.filed using deleted where filed.team = deleted.team
            and filed.evaluation = deleted.evaluation and filed.edition = deleted.edition
    ), remembered as (
        insert into meetingtool.forgotten (id, edition) select evaluation, edition from deleted on conflict do nothing
    ), noted as (
        insert into meetingtool.forgetting (team, before, finals)
            select team, p_before, count(*) from deleted group by team
    )
    select count(*) into gone from deleted;
    return gone;
end
$$;

revoke all on function meetingtool.is_alias(text), meetingtool.note_forgotten(), meetingtool.forgotten_among(text[])
    from public;
grant execute on function meetingtool.forgotten_among(text[]) to meetingtool_manager;

update meetingtool.form set version = 7;

reset role;
