-- Somebody who may sign in. The login key is the login name in the form in which names are compared.
create table account (
  id uuid primary key,
  login text not null,
  login_key text not null unique,
  name text not null,
  email text,
  fhir_user text check (fhir_user ~ '^(Patient|Practitioner|RelatedPerson|Person)/[A-Za-z0-9.-]{1,64}$'),
  roles text not null,
  language text,
  -- Null until the person has chosen one.
  password_hash text,
  password_must_change boolean not null default false,
  created timestamptz not null default now(),
  closed timestamptz
);
create index account_email on account (lower(email));

-- Secrets are sealed with a key that is not in the database. The next one waits until a code has proved that the person
-- has it; until then the former counts. A code counts once: its time step must be later than the last.
create table second_factor (
  account uuid primary key references account on delete cascade,
  secret bytea not null,
  last_step bigint not null
);

create table recovery_code (
  account uuid not null references account on delete cascade,
  digest bytea not null,
  primary key (account, digest)
);

-- Attempts by what they were made against or from, as digests: people type passwords where names belong.
create table attempt (
  digest bytea primary key,
  count int not null,
  free_from timestamptz not null
);
create index attempt_free_from on attempt (free_from);

-- What has been sent by e-mail to somebody who may choose a password with it, once.
create table mailed_link (
  digest bytea primary key,
  account uuid not null references account on delete cascade,
  purpose text not null,
  expires timestamptz not null
);
create index mailed_link_account on mailed_link (account);

-- Who somebody is at the organisation's OpenID Connect provider. An account has one identity there, and keeps it.
create table upstream_identity (
  issuer text not null,
  subject text not null,
  account uuid not null references account on delete cascade,
  primary key (issuer, subject),
  unique (issuer, account)
);

-- Spring Session's tables, as its own script has them but for the types.
create table session (
  primary_id text primary key,
  session_id text not null unique,
  creation_time bigint not null,
  last_access_time bigint not null,
  max_inactive_interval int not null,
  expiry_time bigint not null,
  principal_name text
);
create index session_expiry on session (expiry_time);
create index session_principal on session (principal_name);

create table session_attributes (
  session_primary_id text not null references session (primary_id) on delete cascade,
  attribute_name text not null,
  attribute_bytes bytea not null,
  primary key (session_primary_id, attribute_name)
);
