-- The registered apps and services, what people and registrations let them do, and the tokens they hold. Lists of
-- scopes and of addresses are separated by spaces, which neither can contain; scopes may contain commas.

create table client (
  client_id      text primary key,
  name           text not null,
  kind           text not null,
  is_backend     boolean not null,
  secret_hash    text,
  jwks           text,
  jwks_url       text,
  redirect_uris  text not null,
  launch_url     text,
  scopes         text not null,
  may_introspect boolean not null,
  is_enabled     boolean not null default true,
  registered     timestamptz not null default now()
);

-- In the database and not in a file, so that all processes sign with the same key and a backup is whole;
-- sealed by a key that is not in it, so that who reads the database can sign nothing.
create table signing_key (
  kid     text primary key,
  jwk     bytea not null,
  created timestamptz not null default clock_timestamp(),
  retired timestamptz
);

-- Each row is an assertion that was accepted; its key refuses the second one, whichever process gets it.
create table client_assertion (
  client_id text not null,
  jti       text not null,
  expires   timestamptz not null,
  primary key (client_id, jti)
);
create index client_assertion_expires on client_assertion (expires);

create table launch (
  handle_hash bytea primary key,
  client_id   text not null references client on delete cascade,
  account     text not null,
  context     text not null,
  expires     timestamptz not null
);

-- An app's request, and once the person has granted it, the family of all tokens that come from it.
create table app_authorization (
  id             uuid primary key,
  client_id      text not null references client on delete cascade,
  account        text not null,
  requested      text not null,
  scopes         text not null default '',
  redirect_uri   text not null,
  app_state      text not null,
  code_challenge text not null,
  nonce          text,
  is_standalone  boolean not null,
  context        text not null,
  session        text,
  family_secret  bytea not null,
  state_hash     bytea unique,
  code_hash      bytea unique,
  code_issued    timestamptz,
  code_expires   timestamptz,
  is_code_used   boolean not null default false,
  created        timestamptz not null default now(),
  last_used      timestamptz,
  revoked        timestamptz
);
create index app_authorization_account on app_authorization (account, client_id);

-- A token that has no row here, or an ended one, is worth nothing, however well it is signed.
create table access_token (
  jti              uuid primary key,
  authorization_id uuid references app_authorization on delete cascade,
  client_id        text not null references client on delete cascade,
  subject          text not null,
  fhir_user        text,
  scopes           text not null,
  context          text not null,
  issued           timestamptz not null,
  expires          timestamptz not null
);
create index access_token_authorization on access_token (authorization_id);
create index access_token_client on access_token (client_id);
create index access_token_expires on access_token (expires);

create table refresh_token (
  token_hash       bytea primary key,
  authorization_id uuid not null references app_authorization on delete cascade,
  issued           timestamptz not null,
  expires          timestamptz not null,
  used             timestamptz
);
create index refresh_token_authorization on refresh_token (authorization_id);
