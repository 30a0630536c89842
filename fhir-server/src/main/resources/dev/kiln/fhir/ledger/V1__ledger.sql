-- What is written in the same transaction as the resources that it is about.

-- A message's Bundle is applied once in each of its runs (a replay begins another one).
create table applied (
  message_id uuid    not null,
  run        integer not null,
  -- The versions that came into being, for example Patient/1/_history/2.
  written    text[]  not null,
  -- What the caller wants to be told when it asks again, in its own form.
  outcome    text    not null,
  applied_at timestamptz not null default now(),
  primary key (message_id, run)
);

-- Who is meant by an identifier. The first to claim it has it.
create table identity_alias (
  resource_type text not null,
  -- The patient whose visits are numbered, or empty: many senders count the visits of each patient from one.
  scope         text not null,
  system        text not null,
  value         text not null,
  resource_id   text not null,
  primary key (resource_type, scope, system, value)
);
create index identity_alias_of on identity_alias (resource_type, resource_id);

-- What each source last said of a resource, as digests: enough to tell whether it still stands there.
create table telling (
  resource text not null,
  source   text not null,
  content  text not null,
  primary key (resource, source)
);
