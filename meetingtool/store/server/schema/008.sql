-- What one manager sends stops nobody else: no document is nested deeper than programs read, and ids and moments are some.
-- Who let whom into a team is a line that the team sees. Managers open the finals of their own teams as HR does. Estimates
-- of the planner tell nothing of other teams' rows.

do $$
begin
    if (select rolsuper from pg_roles where rolname = current_user) then
        delete from pg_statistic where starelid in (select oid from pg_class
            where relnamespace = 'meetingtool'::regnamespace);
    end if;
end
$$;

set local role meetingtool_owner;

-- What is sent -------------------------------------------------------------------------------------------------------

-- Whether lists and objects lie more than 64 deep in one another. Those of meetingtool lie about 8 deep.
create function meetingtool.is_too_deep(p_document text) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
    brackets text;
begin
    if length(p_document) - length(translate(p_document, '[{', '')) <= 64 then
        return false;
    end if;
    brackets := regexp_replace(p_document, '"(?:[^"\\]|\\.)*"', '', 'g');
    brackets := translate(regexp_replace(brackets, '[^][{}]', '', 'g'), '{}', '[]');
    for i in 1 .. 64 loop
        exit when brackets = '';
        brackets := replace(brackets, '[]', '');
    end loop;
    return brackets <> '';
end
$$;

-- Whether a text is a moment with its offset in ISO form, as every program reads it.
create function meetingtool.is_moment(p_text text) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
    if p_text !~ ('^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?'
        '(Z|[+-](0[0-9]|1[0-5]):[0-5][0-9](:[0-5][0-9])?)$') then
        return false;
    end if;
    perform p_text::timestamptz;
    return true;
exception when data_exception then
    return false;
end
$$;

-- Rows of before are not looked at.
alter table meetingtool.record add constraint record_saved_at_check check (meetingtool.is_moment(saved_at)) not valid;
alter table meetingtool.former
    add constraint former_id_check check (id ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$' and version > 0) not valid,
    add constraint former_replaced_at_check check (meetingtool.is_moment(replaced_at)) not valid;
alter table meetingtool.deed
    add constraint deed_id_check check (id ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$'
        and (undoes is null or undoes ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$')) not valid,
    add constraint deed_at_check check (meetingtool.is_moment(at)) not valid;
alter table meetingtool.step
    add constraint step_id_check check (id ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$' and before >= 0 and after > 0) not valid;

create function meetingtool.check_depth() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    -- One that came in before there was this rule can be set aside.
    if meetingtool.is_too_deep(new.document) and new.document::json ->> 'removed_at' is null then
        raise exception 'a document that is nested too deep' using errcode = 'MT400';
    end if;
    return new;
end
$$;
create trigger check_depth before insert or update on meetingtool.record
    for each row execute function meetingtool.check_depth();

-- Who let whom in ----------------------------------------------------------------------------------------------------

-- role: the login that was meant, so that another one of the same name is told from it.
alter table meetingtool.member add column role oid;
create function meetingtool.check_member() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    new.role := (select oid from pg_roles where rolname = new.login);
    return new;
end
$$;
create trigger check_member before insert or update on meetingtool.member
    for each row execute function meetingtool.check_member();
alter table meetingtool.member no force row level security;
update meetingtool.member set login = login;
alter table meetingtool.member force row level security;

create table meetingtool.membership (
    number bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    by name not null default session_user,
    team text not null,
    login name not null,
    until timestamptz,
    what text not null check (what in ('added', 'changed', 'removed'))
);
alter table meetingtool.membership enable row level security;
alter table meetingtool.membership force row level security;
create policy own_teams on meetingtool.membership for select using (team in (select meetingtool.my_teams()));
create policy teams on meetingtool.membership for select to meetingtool_teams using (true);
create policy administrators on meetingtool.membership for select to meetingtool_owner
    using (meetingtool.is_administrator());
create policy everybody_new on meetingtool.membership for insert to meetingtool_owner with check (by = session_user);
revoke all on meetingtool.membership from public;
grant select on meetingtool.membership to meetingtool_manager, meetingtool_teams;

create function meetingtool.note_member() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'DELETE' then
        insert into meetingtool.membership (team, login, until, what) values (old.team, old.login, null, 'removed');
    else
        insert into meetingtool.membership (team, login, until, what) values (new.team, new.login, new.until,
            case tg_op when 'INSERT' then 'added' else 'changed' end);
    end if;
    return null;
end
$$;
create trigger note_member after insert or update or delete on meetingtool.member
    for each row execute function meetingtool.note_member();

-- Finals of one's own team -------------------------------------------------------------------------------------------

create policy own_teams_read on meetingtool.reading for insert to meetingtool_owner
    with check (team in (select meetingtool.my_teams()) and login = session_user);
create policy own_teams on meetingtool.filed for select using (team in (select meetingtool.my_teams()));
grant select on meetingtool.filed to meetingtool_manager;

-- As in the third form, and for the managers of the team.
create or replace function meetingtool.note_reading(p_team text, p_evaluation text, p_edition integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    noted bigint;
begin
    if not meetingtool.is_hr() and p_team not in (select meetingtool.my_teams()) then
        raise exception 'for the HR office and the managers of the team' using errcode = 'MT403';
    end if;
    insert into meetingtool.reading (team, evaluation, edition)
        select team, evaluation, edition from meetingtool.final
        where team = p_team and evaluation = p_evaluation and edition = p_edition
        returning number into noted;
    return noted;
end
$$;

-- As in the third form: who sees neither the reading nor the final gets nothing.
create or replace function meetingtool.open_final(p_reading bigint) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_content text;
begin
    select content into found_content
        from meetingtool.reading join meetingtool.final using (team, evaluation, edition)
        where reading.number = p_reading and login = session_user and noted_in <> pg_current_xact_id()
            and at > clock_timestamp() - interval '1 minute';
    return found_content;
end
$$;
grant execute on function meetingtool.note_reading(text, text, integer), meetingtool.open_final(bigint)
    to meetingtool_manager;

revoke all on function meetingtool.is_too_deep(text), meetingtool.is_moment(text), meetingtool.check_depth(),
    meetingtool.check_member(), meetingtool.note_member() from public;

-- Estimates ----------------------------------------------------------------------------------------------------------

-- How often a value stands in a column, which EXPLAIN shows to everybody, is not counted.
do $$
declare
    one record;
begin
    for one in
        select relname, attname from pg_attribute join pg_class on pg_class.oid = attrelid
        where relnamespace = 'meetingtool'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
    loop
        execute format('alter table meetingtool.%I alter column %I set statistics 0', one.relname, one.attname);
    end loop;
end
$$;

update meetingtool.form set version = 8;

reset role;
