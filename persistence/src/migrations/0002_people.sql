-- Up Migration

CREATE EXTENSION IF NOT EXISTS citext;

-- kind: 'external' is known from another application's token, 'guest' has a name and no account.
ALTER TABLE users
  ADD COLUMN email citext UNIQUE,
  ADD COLUMN kind text NOT NULL DEFAULT 'guest' CHECK (kind IN ('account', 'external', 'guest'));

ALTER TABLE lists
  ADD COLUMN editors_may_share boolean NOT NULL DEFAULT false,
  ADD COLUMN deleted_by text;
-- "My lists", and "recent" among them.
CREATE INDEX lists_of_owner ON lists (owner_id, updated_at DESC) WHERE deleted_at IS NULL;
CREATE INDEX lists_deleted ON lists (deleted_at) WHERE deleted_at IS NOT NULL;

-- Grants are kept after they ended: why somebody has no access any more is asked long afterwards.
CREATE TABLE share_grants (
  grant_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  list_id uuid NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
  grantee_id text NOT NULL REFERENCES users (id),
  role text NOT NULL CHECK (role IN ('viewer', 'commenter', 'checker', 'editor', 'admin', 'owner')),
  granted_by text NOT NULL,
  granted_at timestamptz NOT NULL DEFAULT now(),
  -- When the role was last given. A link made before that does not change it.
  decided_at timestamptz NOT NULL DEFAULT now(),
  -- The link the access stands on; none once somebody gave the person a role by hand.
  link_id uuid,
  -- Stays when the person is named again, so that asking twice gives the same id.
  anonymous_id text,
  is_anonymous boolean NOT NULL DEFAULT false,
  revoked_at timestamptz,
  revoked_by text,
  end_reason text CHECK (end_reason IN ('removed', 'left', 'link-revoked')),
  CHECK ((revoked_at IS NULL) = (end_reason IS NULL)),
  CHECK (NOT is_anonymous OR anonymous_id IS NOT NULL)
);
CREATE UNIQUE INDEX share_grants_active ON share_grants (list_id, grantee_id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX share_grants_one_owner ON share_grants (list_id) WHERE role = 'owner' AND revoked_at IS NULL;
-- "Shared with me".
CREATE INDEX share_grants_of_user ON share_grants (grantee_id) WHERE revoked_at IS NULL;
-- The last grant of a person to a list, whether it stands or not.
CREATE INDEX share_grants_last ON share_grants (list_id, grantee_id, revoked_at DESC NULLS FIRST);

INSERT INTO users (id, name)
  SELECT DISTINCT user_id, user_id FROM list_members ON CONFLICT DO NOTHING;
INSERT INTO share_grants (list_id, grantee_id, role, granted_by, granted_at, decided_at)
  SELECT list_id, user_id, role, granted_by, granted_at, granted_at FROM list_members;
DROP TABLE list_members;

CREATE TABLE invitations (
  id uuid PRIMARY KEY,
  list_id uuid NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('viewer', 'commenter', 'checker', 'editor', 'admin')),
  email citext,
  user_id text,
  invited_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  CHECK (num_nonnulls(email, user_id) = 1)
);
CREATE UNIQUE INDEX invitations_of_email ON invitations (list_id, email) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX invitations_of_user ON invitations (list_id, user_id) WHERE user_id IS NOT NULL;
CREATE INDEX invitations_email ON invitations (email) WHERE email IS NOT NULL;
CREATE INDEX invitations_user ON invitations (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE share_links (
  id uuid PRIMARY KEY,
  list_id uuid NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('viewer', 'commenter', 'checker', 'editor', 'admin')),
  token_hash bytea NOT NULL UNIQUE,
  password_hash text,
  expires_at timestamptz,
  max_uses integer CHECK (max_uses > 0),
  uses integer NOT NULL DEFAULT 0,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  revoked_by text
);
CREATE INDEX share_links_of_list ON share_links (list_id) WHERE revoked_at IS NULL;
CREATE INDEX share_grants_of_link ON share_grants (link_id) WHERE revoked_at IS NULL AND link_id IS NOT NULL;

-- No foreign keys: entries outlive what they are about.
CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id text,
  action text NOT NULL,
  list_id uuid,
  subject_id text,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_of_list ON audit_log (list_id, id DESC) WHERE list_id IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- Whatever session_replication_role says.
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_append_only;

CREATE TABLE api_tokens (
  id uuid PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id),
  name text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX api_tokens_of_user ON api_tokens (user_id) WHERE revoked_at IS NULL;

-- session_id '' ends all tokens of the user that were issued before ended_at.
CREATE TABLE ended_sessions (
  user_id text NOT NULL,
  session_id text NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, session_id)
);

CREATE TABLE answers (
  user_id text NOT NULL,
  op_id text NOT NULL,
  fingerprint text NOT NULL,
  claimed_at timestamptz NOT NULL DEFAULT now(),
  status smallint,
  -- As it was sent: jsonb would reorder it, and refuses some characters.
  body text,
  answered_at timestamptz,
  PRIMARY KEY (user_id, op_id)
);
CREATE INDEX answers_old ON answers (claimed_at);

-- Down Migration

DROP TABLE answers, ended_sessions, api_tokens, audit_log, share_links, invitations;
DROP FUNCTION refuse_change;
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
INSERT INTO list_members (list_id, user_id, role, granted_by, granted_at)
  SELECT list_id, grantee_id, role, granted_by, granted_at FROM share_grants WHERE revoked_at IS NULL;
DROP TABLE share_grants;
DROP INDEX lists_of_owner, lists_deleted;
ALTER TABLE lists DROP COLUMN editors_may_share, DROP COLUMN deleted_by;
ALTER TABLE users DROP COLUMN email, DROP COLUMN kind;
