-- Up Migration

-- Built-in accounts: the tables better-auth 1.7 asks for with e-mail and password, sign-in links and passkeys. Names are its own.
-- A user's id is the same as in public.users, which learns of people when they first get a token.
CREATE SCHEMA accounts;

CREATE TABLE accounts."user" (
  id text PRIMARY KEY,
  name text NOT NULL,
  -- Guests have one that no mail can reach.
  email text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL,
  image text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now(),
  "isGuest" boolean NOT NULL
);

CREATE TABLE accounts.session (
  id text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  token text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES accounts."user" (id) ON DELETE CASCADE
);
CREATE INDEX "session_userId_idx" ON accounts.session ("userId");

-- One row a way to prove who somebody is; here only "credential", with the password's hash.
CREATE TABLE accounts.account (
  id text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES accounts."user" (id) ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX "account_userId_idx" ON accounts.account ("userId");

CREATE TABLE accounts.verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verification_identifier_idx ON accounts.verification (identifier);

CREATE TABLE accounts.passkey (
  id text PRIMARY KEY,
  name text,
  "publicKey" text NOT NULL,
  "userId" text NOT NULL REFERENCES accounts."user" (id) ON DELETE CASCADE,
  "credentialID" text NOT NULL,
  counter integer NOT NULL,
  "deviceType" text NOT NULL,
  "backedUp" boolean NOT NULL,
  transports text,
  "createdAt" timestamptz,
  aaguid text
);
CREATE INDEX "passkey_userId_idx" ON accounts.passkey ("userId");
CREATE INDEX "passkey_credentialID_idx" ON accounts.passkey ("credentialID");

-- Down Migration

DROP SCHEMA accounts CASCADE;
