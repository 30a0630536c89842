-- What a message says is sealed with a key that lies beside the database. What an earlier release has
-- written is sealed in the background.
alter table message
  -- The number of the key that seals raw; 0 while it is plain.
  add raw_key       integer not null default 0,
  -- Takes the place of detail, which may quote the message.
  add sealed_detail bytea,
  add detail_key    integer not null default 0;
create index message_plain on message (seq) where raw_key = 0;

-- The keys that are in use, each with the key of the digests sealed by it.
create table seal_key (
  number     integer primary key,
  digest_key bytea   not null
);
