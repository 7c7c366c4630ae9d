-- What was deleted on purpose belongs to the team in which it was, so that nobody stops what another team files or moves;
-- a final that HR deleted is known by its content, too, whatever evaluation it comes in. Managers and HR list finals
-- through functions, so that no plan of a statement tells which there are. A membership counts once its transaction is
-- committed, and for the login that was meant.

set local role meetingtool_owner;

-- What was deleted ---------------------------------------------------------------------------------------------------

-- team: empty for what was deleted before teams were noted and is in no record. sum, digest: SHA-256 of the final's
-- content byte for byte, and as the evaluation gave it.
alter table meetingtool.forgotten
    add column team text not null default '',
    add column sum text not null default '',
    add column digest text not null default '',
    drop constraint forgotten_pkey,
    add primary key (team, id, edition);
alter table meetingtool.forgotten
    alter column team set statistics 0, alter column sum set statistics 0, alter column digest set statistics 0;
create index forgotten_by_sum on meetingtool.forgotten (sum) where sum <> '';

create function meetingtool.sum_of(p_content text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select encode(sha256(convert_to(p_content, 'UTF8')), 'hex')
$$;

alter table meetingtool.record no force row level security;
alter table meetingtool.forgotten no force row level security;
insert into meetingtool.forgotten (team, id, edition, sum, digest)
    select record.team, record.id, forgotten.edition, coalesce(meetingtool.sum_of((one.final -> 'content')::text), ''),
        coalesce(one.final ->> 'digest', '')
    from meetingtool.forgotten join meetingtool.record on record.id = forgotten.id
        left join lateral json_array_elements(case record.kind when 'evaluation'
            then coalesce(record.document::json -> 'finals', '[]') else '[]' end) with ordinality as one(final, edition)
            on one.edition = forgotten.edition
    where forgotten.team = '';
delete from meetingtool.forgotten where team = '' and exists (select from meetingtool.forgotten as known
    where known.id = forgotten.id and known.edition = forgotten.edition and known.team <> '');
alter table meetingtool.forgotten force row level security;
alter table meetingtool.record force row level security;

drop policy own_teams_new on meetingtool.forgotten;
create policy own_teams_new on meetingtool.forgotten for insert to meetingtool_owner
    with check (edition = 0 and team in (select meetingtool.my_teams()));

create or replace function meetingtool.note_forgotten() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if meetingtool.is_alias(new.document) then
        insert into meetingtool.forgotten (team, id, edition) values (new.team, new.id, 0) on conflict do nothing;
    end if;
    return null;
end
$$;

-- Which of these people were made anonymous in a team of this login.
create or replace function meetingtool.forgotten_among(p_people text[]) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct id from meetingtool.forgotten where edition = 0 and id = any (p_people)
        and (team = '' or team in (select meetingtool.my_teams()))
$$;

-- As in the seventh form. What HR deleted is known by its edition and its digest within the team, and by its bytes
-- wherever it comes from: only who has a final can send it.
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
        content := one.final -> 'content';
        if json_typeof(content) is distinct from 'object' then
            raise exception 'a final without content' using errcode = 'MT400';
        end if;
        continue when exists (select from meetingtool.forgotten
                where team in ('', new.team) and id = new.id and edition = one.edition)
            or exists (select from meetingtool.forgotten where sum = meetingtool.sum_of(content::text) and sum <> '')
            or exists (select from meetingtool.forgotten
                where team = new.team and digest = one.final ->> 'digest' and digest <> '');
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

-- As in the seventh form, with team and content.
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
        delete from meetingtool.final where until < p_before returning team, evaluation, edition, content, digest
    ), unlisted as (
        delete from meetingtool.filed using deleted where filed.team = deleted.team
            and filed.evaluation = deleted.evaluation and filed.edition = deleted.edition
    ), remembered as (
        insert into meetingtool.forgotten (team, id, edition, sum, digest)
            select team, evaluation, edition, meetingtool.sum_of(content), digest from deleted on conflict do nothing
    ), noted as (
        insert into meetingtool.forgetting (team, before, finals)
            select team, p_before, count(*) from deleted group by team
    )
    select count(*) into gone from deleted;
    return gone;
end
$$;

-- The list of finals -------------------------------------------------------------------------------------------------

-- The finals that this login may list, without content. p_team: empty for all. p_year: in which their period ended.
create function meetingtool.list_finals(p_team text, p_year integer) returns table (team text, evaluation text,
    edition integer, person text, number text, name text, period text, since date, until date, digest text,
    finalised_at text, finalised_by text, filed_at timestamptz, filed_by name, seal text, reopened_at text, reason text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    return query
        select team, evaluation, edition, person, number, name, period, since, until, digest, finalised_at,
            finalised_by, filed_at, filed_by, seal, reopened_at, reason
        from meetingtool.final
        where (p_team = '' or team = p_team) and (p_year is null or extract(year from until) = p_year)
        order by team, name, until, evaluation, edition;
end
$$;

-- Of the finals of this login's teams, or for HR of all, which are filed.
create function meetingtool.list_filed() returns setof meetingtool.filed
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query select * from meetingtool.filed;
end
$$;

revoke select on meetingtool.final, meetingtool.filed from meetingtool_manager, meetingtool_hr;
revoke all on function meetingtool.list_finals(text, integer), meetingtool.list_filed(), meetingtool.sum_of(text)
    from public;
grant execute on function meetingtool.list_finals(text, integer), meetingtool.list_filed()
    to meetingtool_manager, meetingtool_hr;

-- Members ------------------------------------------------------------------------------------------------------------

-- granted_in: the transaction that let them in. What is not committed lets nobody read, as it could be taken back.
alter table meetingtool.member add column granted_in xid8 not null default '0',
    alter column granted_in set statistics 0;

create or replace function meetingtool.check_member() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    new.role := (select oid from pg_roles where rolname = new.login);
    new.granted_in := pg_current_xact_id();
    return new;
end
$$;

create or replace function meetingtool.my_teams() returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select team from meetingtool.member
        where login = session_user and (until is null or until > clock_timestamp())
            and role = (select oid from pg_roles where rolname = session_user)
            and granted_in is distinct from pg_current_xact_id_if_assigned()
$$;

update meetingtool.form set version = 9;

reset role;
