-- Every message that ever reached an edge, accepted or refused, with its bytes as they came.
create table message (
  id          uuid        primary key,
  -- The order of arrival. Messages are applied in this order.
  seq         bigint      not null generated always as identity unique,
  received_at timestamptz not null default now(),
  source      text        not null,
  format      text        not null,
  type        text        not null,
  control_id  text        not null,
  sender      text        not null,
  digest      bytea       not null,
  raw         bytea       not null,
  state       text        not null check (state in ('received', 'applied', 'rejected', 'failed')),
  reason      text,
  detail      text,
  warnings    text[]      not null default '{}',
  attempts    integer     not null default 0,
  finished_at timestamptz
);

-- A sender that missed its acknowledgement sends the same bytes again: that is one message, unless the first try failed.
create unique index message_once on message (sender, control_id, digest) where state in ('received', 'applied');

-- The worker's queue.
create index message_waiting on message (seq) where state = 'received';

-- One row that readiness writes, to learn whether the database still takes writes.
create table heartbeat (
  only_row   boolean     primary key default true check (only_row),
  written_at timestamptz not null
);
insert into heartbeat (written_at) values (now());
