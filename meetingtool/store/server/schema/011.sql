-- Nobody makes others wait: a deletion of finals stops no save, and who looks after teams works through functions, too, so
-- that no lock of a table is theirs. Of a team that is not one's own, reading functions read no row. A final is filed
-- under the days of the period that it says itself.

set local role meetingtool_owner;

-- Finals -------------------------------------------------------------------------------------------------------------

-- The day that a text says; null for one that says none.
create function meetingtool.day_in(p_text text) returns date
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
    return case when p_text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then p_text::date end;
exception when data_exception then
    return null;
end
$$;

-- As in the ninth form. What is filed is looked at first and left as it is, even while HR deletes it. A new final waits,
-- two seconds at most, for a deletion that is not committed, and what HR deleted is looked up after that: so nothing is
-- filed that was deleted meanwhile.
create or replace function meetingtool.file_finals() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s' as $$
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
        if exists (select from meetingtool.final
                where team = new.team and evaluation = new.id and edition = one.edition) then
            update meetingtool.final
                set reopened_at = one.final ->> 'reopened_at', reason = coalesce(one.final ->> 'reason', '')
                where team = new.team and evaluation = new.id and edition = one.edition
                    and reopened_at is null and one.final ->> 'reopened_at' is not null;
            continue;
        end if;
        lock table meetingtool.forgetting in share mode;
        continue when exists (select from meetingtool.forgotten
                where team in ('', new.team) and id = new.id and edition = one.edition)
            or exists (select from meetingtool.forgotten where sum = meetingtool.sum_of(content::text) and sum <> '')
            or exists (select from meetingtool.forgotten
                where team = new.team and digest = one.final ->> 'digest' and digest <> '');
        insert into meetingtool.final (team, evaluation, edition, person, number, name, period, since, until, digest,
                finalised_at, finalised_by, content, reopened_at, reason)
            values (new.team, new.id, one.edition, new.document::json ->> 'person',
                coalesce(content -> 'person' ->> 'number', ''), coalesce(content -> 'person' ->> 'name', ''),
                coalesce(content -> 'period' ->> 'label', ''),
                coalesce(meetingtool.day_in(content -> 'period' ->> 'since'), (new.document::json ->> 'since')::date),
                coalesce(meetingtool.day_in(content -> 'period' ->> 'until'), (new.document::json ->> 'until')::date),
                one.final ->> 'digest', one.final ->> 'finalised_at', one.final ->> 'finalised_by', content::text,
                one.final ->> 'reopened_at', coalesce(one.final ->> 'reason', ''));
    end loop;
    return null;
end
$$;

-- As in the ninth form, after whoever is filing finals; and whoever deletes them and does nothing for a minute has deleted
-- nothing.
create or replace function meetingtool.forget_finals(p_before date) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
declare
    gone bigint;
begin
    if not meetingtool.is_hr() then
        raise exception 'for the HR office' using errcode = 'MT403';
    end if;
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'an older view of what is filed' using errcode = 'MT401';
    end if;
    if p_before is null or p_before > current_date + 1 then
        raise exception 'a day to come' using errcode = 'MT411';
    end if;
    perform set_config('idle_in_transaction_session_timeout', '60s', true);
    lock table meetingtool.forgetting in row exclusive mode;
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

create policy administrators on meetingtool.forgetting for select to meetingtool_owner
    using (meetingtool.is_administrator());

-- Teams and members --------------------------------------------------------------------------------------------------

create policy looked_after on meetingtool.team to meetingtool_owner
    using (pg_has_role(session_user, 'meetingtool_teams', 'member'))
    with check (pg_has_role(session_user, 'meetingtool_teams', 'member'));
create policy looked_after on meetingtool.member to meetingtool_owner
    using (pg_has_role(session_user, 'meetingtool_teams', 'member'))
    with check (pg_has_role(session_user, 'meetingtool_teams', 'member'));

-- What follows is for whoever looks after teams; one who leaves it open and does nothing for a minute has done nothing.
create function meetingtool.look_after_teams() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if not meetingtool.is_administrator() and not pg_has_role(session_user, 'meetingtool_teams', 'member') then
        raise exception 'for who looks after teams' using errcode = '42501';
    end if;
    perform set_config('idle_in_transaction_session_timeout', '60s', true);
end
$$;

-- Each of these: whether there was something to do it to.
create function meetingtool.add_team(p_team text, p_title text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
begin
    perform meetingtool.look_after_teams();
    insert into meetingtool.team (id, title) values (p_team, p_title) on conflict do nothing;
    return found;
end
$$;

create function meetingtool.rename_team(p_team text, p_title text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
begin
    perform meetingtool.look_after_teams();
    update meetingtool.team set title = p_title where id = p_team;
    return found;
end
$$;

create function meetingtool.close_team(p_team text, p_closed boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
begin
    perform meetingtool.look_after_teams();
    update meetingtool.team set closed_at = case when p_closed then now() end where id = p_team;
    return found;
end
$$;

-- p_until: the moment at which it ends; null for good.
create function meetingtool.add_member(p_team text, p_login name, p_until timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
begin
    perform meetingtool.look_after_teams();
    insert into meetingtool.member (team, login, until) select id, p_login, p_until from meetingtool.team
        where id = p_team on conflict (team, login) do update set until = excluded.until;
    return found;
end
$$;

create function meetingtool.remove_member(p_team text, p_login name) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
begin
    perform meetingtool.look_after_teams();
    delete from meetingtool.member where team = p_team and login = p_login;
    return found;
end
$$;

drop policy teams on meetingtool.team;
drop policy teams on meetingtool.member;
create policy teams on meetingtool.team for select to meetingtool_teams using (true);
create policy teams on meetingtool.member for select to meetingtool_teams using (true);
revoke insert (id, title), update (title, closed_at) on meetingtool.team from meetingtool_teams;
revoke insert (team, login, until), update (until), delete on meetingtool.member from meetingtool_teams;

-- Reading ------------------------------------------------------------------------------------------------------------

-- As in the tenth form, but nothing is read for a team that is not of this login.
create or replace function meetingtool.records_of(p_team text) returns setof meetingtool.record
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_team in (select meetingtool.my_teams()) then
        return query select * from meetingtool.record where team = p_team;
    end if;
end
$$;

create or replace function meetingtool.documents_in(p_team text, p_book text) returns setof text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_team in (select meetingtool.my_teams()) then
        return query select document from meetingtool.record where team = p_team and book = p_book;
    end if;
end
$$;

create or replace function meetingtool.records_since(p_team text, p_seq bigint) returns setof meetingtool.record
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_team in (select meetingtool.my_teams()) then
        return query select * from meetingtool.record where team = p_team and seq > p_seq order by seq;
    end if;
end
$$;

create or replace function meetingtool.sizes_of(p_team text) returns table (book text, size bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    if p_team in (select meetingtool.my_teams()) then
        return query select book, sum(length(document)) from meetingtool.record where team = p_team group by book;
    end if;
end
$$;

create or replace function meetingtool.formers_of(p_team text, p_id text) returns setof meetingtool.former
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_team not in (select meetingtool.my_teams()) then
        return;
    elsif p_id is null then
        return query select * from meetingtool.former where team = p_team;
    else
        return query select * from meetingtool.former where team = p_team and id = p_id order by version;
    end if;
end
$$;

create or replace function meetingtool.last_deeds(p_team text, p_limit bigint) returns table (id text, at text, by text,
    what text, undoes text, steps text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    if p_team not in (select meetingtool.my_teams()) then
        return;
    end if;
    return query
        select deed.id, deed.at, deed.by, deed.what, deed.undoes,
            array_agg(array[step.id, step.before::text, step.after::text] order by step.id)
        from (select * from meetingtool.deed where team = p_team order by seq desc, id desc limit p_limit) deed
            left join meetingtool.step on step.team = deed.team and step.deed = deed.id
        group by deed.id, deed.at, deed.by, deed.what, deed.undoes, deed.seq
        order by deed.seq desc, deed.id desc;
end
$$;

create or replace function meetingtool.is_kept(p_team text, p_deed text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return p_team in (select meetingtool.my_teams())
        and exists (select from meetingtool.step where team = p_team and deed = p_deed);
end
$$;

-- As in the ninth form: of all teams for HR, else of one's own.
create or replace function meetingtool.list_finals(p_team text, p_year integer) returns table (team text,
    evaluation text, edition integer, person text, number text, name text, period text, since date, until date,
    digest text, finalised_at text, finalised_by text, filed_at timestamptz, filed_by name, seal text,
    reopened_at text, reason text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    if not meetingtool.is_hr() and p_team <> '' and p_team not in (select meetingtool.my_teams()) then
        return;
    end if;
    return query
        select team, evaluation, edition, person, number, name, period, since, until, digest, finalised_at,
            finalised_by, filed_at, filed_by, seal, reopened_at, reason
        from meetingtool.final
        where (p_team = '' or team = p_team) and (p_year is null or extract(year from until) = p_year)
        order by team, name, until, evaluation, edition;
end
$$;

revoke all on function meetingtool.day_in(text), meetingtool.look_after_teams(), meetingtool.add_team(text, text),
    meetingtool.rename_team(text, text), meetingtool.close_team(text, boolean),
    meetingtool.add_member(text, name, timestamptz), meetingtool.remove_member(text, name) from public;
grant execute on function meetingtool.add_team(text, text), meetingtool.rename_team(text, text),
    meetingtool.close_team(text, boolean), meetingtool.add_member(text, name, timestamptz),
    meetingtool.remove_member(text, name) to meetingtool_teams;

update meetingtool.form set version = 11;

reset role;
