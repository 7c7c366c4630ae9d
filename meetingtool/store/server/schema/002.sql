-- Decisions about names lie in books of their own, names-YYYY. A server that was set up before there were such books
-- knows nothing of them; on a new one this changes nothing.
set local role meetingtool_owner;
alter table meetingtool.record drop constraint record_book_check;
alter table meetingtool.record add constraint record_book_check
    check (book ~ '^(team|(surveys-|names-)?[0-9]{4})$');
update meetingtool.form set version = 2;
reset role;
