-- When somebody stops managing a team is a moment that every program can read, and a team's title is one line. HR that waits
-- to delete finals lets everybody else go first, and an evaluation whose finals HR deleted long ago waits for nobody.

set local role meetingtool_owner;

-- Moments and titles -------------------------------------------------------------------------------------------------

-- Whether every program can read a moment, in any time zone: none that is infinite, or outside the years 1 to 9999.
create function meetingtool.is_readable(p_moment timestamptz) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select p_moment between '0001-01-02 00:00:00+00' and '9999-12-30 00:00:00+00'
$$;

-- Rows of before are not looked at: `server init --check` names them.
alter table meetingtool.member
    add constraint member_until_check check (meetingtool.is_readable(until)) not valid;
alter table meetingtool.membership
    add constraint membership_until_check check (meetingtool.is_readable(until)) not valid;

-- As in the eleventh form, for a moment that can be read. p_until: the moment at which it ends; null for good.
create or replace function meetingtool.add_member(p_team text, p_login name, p_until timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
begin
    perform meetingtool.look_after_teams();
    if not meetingtool.is_readable(p_until) then
        raise exception 'a moment that not every program can read; null is for good' using errcode = 'MT412';
    end if;
    insert into meetingtool.member (team, login, until) select id, p_login, p_until from meetingtool.team
        where id = p_team on conflict (team, login) do update set until = excluded.until;
    return found;
end
$$;

-- No rule of the table, which would stop every deed of a team that has another title already.
create function meetingtool.check_title(p_title text) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
    if p_title is null or p_title !~ '\S' or length(p_title) > 200
       or p_title ~ '[\u0001-\u001f\u007f-\u009f\u2028\u2029]' then
        raise exception 'a title is one line of up to 200 letters' using errcode = 'MT413';
    end if;
end
$$;

-- As in the eleventh form, with a title that fits.
create or replace function meetingtool.add_team(p_team text, p_title text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
begin
    perform meetingtool.look_after_teams();
    perform meetingtool.check_title(p_title);
    insert into meetingtool.team (id, title) values (p_team, p_title) on conflict do nothing;
    return found;
end
$$;

create or replace function meetingtool.rename_team(p_team text, p_title text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
begin
    perform meetingtool.look_after_teams();
    perform meetingtool.check_title(p_title);
    update meetingtool.team set title = p_title where id = p_team;
    return found;
end
$$;

-- Finals -------------------------------------------------------------------------------------------------------------

-- Whether HR deleted a final edition: known by its edition and its digest within the team, and by its bytes.
create function meetingtool.was_deleted(p_team text, p_evaluation text, p_edition integer, p_digest text, p_content text)
returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    return exists (select from meetingtool.forgotten
            where team in ('', p_team) and id = p_evaluation and edition = p_edition)
        or exists (select from meetingtool.forgotten where sum = meetingtool.sum_of(p_content) and sum <> '')
        or exists (select from meetingtool.forgotten where team = p_team and digest = p_digest and digest <> '');
end
$$;

-- As in the eleventh form; what was deleted before waits for no deletion.
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
        continue when meetingtool.was_deleted(new.team, new.id, one.edition, one.final ->> 'digest', content::text);
        lock table meetingtool.forgetting in share mode;
        continue when meetingtool.was_deleted(new.team, new.id, one.edition, one.final ->> 'digest', content::text);
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

-- As in the eleventh form. Whoever waits for a lock of a table makes all others wait behind it, so this looks again and
-- again instead, for ten seconds.
create or replace function meetingtool.forget_finals(p_before date) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
declare
    gone bigint;
    wait_until constant timestamptz := clock_timestamp() + interval '10 seconds';
begin
    if not meetingtool.is_hr() then
        raise exception 'for the HR office' using errcode = 'MT403';
    end if;
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'an older view of what is filed' using errcode = 'MT401';
    end if;
    if p_before is null or p_before not between '0001-01-01' and current_date + 1 then
        raise exception 'a day to come, or none' using errcode = 'MT411';
    end if;
    perform set_config('idle_in_transaction_session_timeout', '60s', true);
    loop
        begin
            lock table meetingtool.forgetting in row exclusive mode nowait;
            exit;
        exception when lock_not_available then
            if clock_timestamp() > wait_until then
                raise;
            end if;
        end;
        perform pg_sleep(0.05);
    end loop;
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

revoke all on function meetingtool.is_readable(timestamptz), meetingtool.check_title(text),
    meetingtool.was_deleted(text, text, integer, text, text) from public;

update meetingtool.form set version = 12;

reset role;
