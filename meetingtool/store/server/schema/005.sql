-- Deleting former versions is a line in the log of the team, and nobody who left a deed open keeps the others out of it.

set local role meetingtool_owner;

-- As in the fourth form, and whoever holds a team and does nothing for a minute loses what was not finished.
create or replace function meetingtool.hold(p_team text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_seq bigint;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'an older view of who manages a team' using errcode = 'MT401';
    end if;
    select seq into found_seq from meetingtool.team
        where id = p_team and closed_at is null and id in (select meetingtool.my_teams()) for update;
    if found_seq is null then
        raise exception 'no team of yours that is open' using errcode = 'MT403';
    end if;
    perform set_config('idle_in_transaction_session_timeout', '60s', true);
    return found_seq;
end
$$;

-- As in the first form, and noted.
create or replace function meetingtool.purge(p_team text, p_ids text[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    new_seq bigint := meetingtool.hold(p_team) + 1;
    gone bigint;
begin
    delete from meetingtool.former where team = p_team and id = any (p_ids);
    get diagnostics gone = row_count;
    if gone > 0 then
        insert into meetingtool.deed (team, id, seq, at, by, what) values (p_team,
            '01' || upper(left(md5(random()::text || clock_timestamp()::text || new_seq::text), 24)), new_seq,
            to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), session_user,
            'versions.deleted');
        update meetingtool.team set seq = new_seq where id = p_team;
    end if;
    return gone;
end
$$;

update meetingtool.form set version = 5;

reset role;
