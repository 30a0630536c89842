-- Several workers, each message by one of them at a time, and those about one patient in the order of their arrival.
alter table message
  -- Replays so far.
  add run          integer  not null default 0,
  -- Hashes of the patients' identifiers; messages that share one are applied one after the other.
  add lanes        bigint[] not null default '{}',
  -- Whether it makes one lane of all of its lanes.
  add merges       boolean  not null default false,
  add leased_by    uuid,
  add leased_until timestamptz,
  -- Tries that failed in a row, and when the next one is due.
  add faults       integer  not null default 0,
  add retry_at     timestamptz,
  -- The dead letter whose place in the lane this one has gone past.
  add after_dead_letter uuid,
  add unread       text[]   not null default '{}',
  -- By version of a resource: element and the field that it came from.
  add trace        text,
  -- ERR-2 of a refusal.
  add location     text;

-- Where unfinished messages stand in their lanes.
create table lane (
  key bigint not null,
  seq bigint not null,
  primary key (key, seq)
);
create index lane_of on lane (seq);

-- Lanes that a merge has made one: all go by the same name.
create table joined_lane (
  key  bigint primary key,
  name bigint not null
);
create index joined_lane_by_name on joined_lane (name);

-- Lanes in which a dead letter lies.
create table broken_lane (
  key        bigint not null,
  message_id uuid   not null references message (id) on delete cascade,
  primary key (key, message_id)
);

-- What waited while one worker took everything in its order keeps that order.
update message set lanes = '{0}' where state = 'received';
insert into lane (key, seq) select 0, seq from message where state = 'received';
