-- Up Migration

-- User ids come from whoever signs the tokens.
CREATE TABLE users (
  id text PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE lists (
  id uuid PRIMARY KEY,
  owner_id text NOT NULL,
  title text NOT NULL,
  head_seq bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
)
-- Every batch updates head_seq: room on the page keeps that update out of the index (HOT).
WITH (fillfactor = 50);

CREATE TABLE list_members (
  list_id uuid NOT NULL REFERENCES lists (id),
  user_id text NOT NULL,
  role text NOT NULL CHECK (role IN ('viewer', 'commenter', 'checker', 'editor', 'admin', 'owner')),
  granted_by text NOT NULL,
  granted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (list_id, user_id)
);
CREATE INDEX list_members_of_user ON list_members (user_id);
CREATE UNIQUE INDEX list_members_one_owner ON list_members (list_id) WHERE role = 'owner';

-- No foreign key to lists: the writer has locked the list's row in the same statement, checking again would cost a lookup per row.
CREATE TABLE list_updates (
  list_id uuid NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  actor_id text,
  op_id uuid NOT NULL,
  ops jsonb NOT NULL,
  data bytea NOT NULL,
  checksum integer NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (list_id, seq),
  CONSTRAINT list_updates_op UNIQUE (list_id, op_id)
);
-- Encoded Yjs updates are short and mostly text or already compact.
ALTER TABLE list_updates ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE list_snapshots (
  list_id uuid NOT NULL REFERENCES lists (id),
  seq bigint NOT NULL CHECK (seq > 0),
  -- 1: one update as Yjs 13 encodes it (V1). A reader skips what it does not know: the log has everything.
  format smallint NOT NULL DEFAULT 1,
  data bytea NOT NULL,
  checksum integer NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (list_id, seq)
);

CREATE TABLE quarantine (
  list_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('missing-row', 'corrupt-row', 'corrupt-snapshot')),
  seq bigint NOT NULL,
  detail text NOT NULL,
  found_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (list_id, kind, seq)
);

-- Down Migration

DROP TABLE quarantine, list_snapshots, list_updates, list_members, lists, users;
