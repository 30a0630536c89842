-- Whether no earlier unfinished message shares a lane with it, so that a worker finds what it may
-- take at once, however much waits in one lane. It is reckoned anew at each start.
alter table message add is_first boolean not null default false;
create index message_next on message (seq) where state = 'received' and is_first;

-- The bytes hold sender and control id, which may be longer than an entry of an index may be.
drop index message_once;
create unique index message_once on message (format, digest) where state in ('received', 'applied');

-- Dead letters are counted again and again.
create index message_failed on message (seq) where state = 'failed';
