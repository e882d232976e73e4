-- What signed-in users of the product show, and the files of packages beside their module. In the manner of V1.

CREATE TABLE user_token (
    tenant      text COLLATE "C" NOT NULL REFERENCES tenant,
    secret_hash text COLLATE "C" NOT NULL UNIQUE,
    kind        text NOT NULL CHECK (kind IN ('token', 'ticket')),
    user_id     text COLLATE "C" NOT NULL CHECK (length(user_id) BETWEEN 1 AND 200),
    plugins     text[] NOT NULL,
    channels    text[] NOT NULL,
    key_id      uuid,
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant, secret_hash),
    FOREIGN KEY (tenant, key_id) REFERENCES api_key
);
COMMENT ON COLUMN user_token.key_id IS 'the key that made it, and without which it is not valid; null for the platform''s own';
CREATE INDEX user_token_expiry ON user_token (tenant, expires_at);

CREATE TABLE release_file (
    tenant  text COLLATE "C" NOT NULL,
    plugin  text COLLATE "C" NOT NULL,
    version text COLLATE "C" NOT NULL,
    path    text COLLATE "C" NOT NULL,
    digest  text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, plugin, version, path),
    FOREIGN KEY (tenant, plugin, version) REFERENCES release ON DELETE CASCADE,
    FOREIGN KEY (tenant, digest) REFERENCES artifact
);
CREATE INDEX release_file_content ON release_file (tenant, digest);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['user_token', 'release_file'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant = current_setting(''plugins.tenant'', true)) '
                       'WITH CHECK (tenant = current_setting(''plugins.tenant'', true))', name);
    END LOOP;
END $$;

-- Keeps one for so long; answers when it ends. A hundred that have ended go with it, so that they never pile up.
CREATE FUNCTION user_token_keep(which_tenant text, hash text, which_kind text, which_user text, which_plugins text[],
                                which_channels text[], which_key uuid, lives_ms bigint) RETURNS timestamptz
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ends timestamptz := clock_timestamp() + lives_ms * interval '1 millisecond';
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    INSERT INTO tenant (tenant) VALUES (which_tenant) ON CONFLICT DO NOTHING;
    DELETE FROM user_token WHERE tenant = which_tenant AND secret_hash IN (
        SELECT secret_hash FROM user_token WHERE tenant = which_tenant AND expires_at <= clock_timestamp()
        LIMIT 100);
    INSERT INTO user_token VALUES (which_tenant, hash, which_kind, which_user, which_plugins, which_channels, which_key, ends);
    RETURN ends;
END $$;

-- These two cross tenants, for the one token whose secret was shown: they run as the owner, whom this policy lets read.

CREATE POLICY owner_reads ON user_token FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION user_token_valid(hash text, which_kind text) RETURNS SETOF user_token
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.* FROM user_token t
    WHERE t.secret_hash = hash AND t.kind = which_kind AND t.expires_at > clock_timestamp()
      AND (t.key_id IS NULL OR EXISTS (
          SELECT 1 FROM api_key k WHERE k.tenant = t.tenant AND k.id = t.key_id AND k.revoked_at IS NULL
             AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())))
$$;

-- A ticket goes to whoever shows it first.
CREATE FUNCTION user_ticket_take(hash text) RETURNS SETOF user_token
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE valid user_token;
BEGIN
    SELECT * INTO valid FROM user_token_valid(hash, 'ticket');
    IF FOUND THEN
        PERFORM set_config('plugins.tenant', valid.tenant, true);
        RETURN QUERY DELETE FROM user_token WHERE tenant = valid.tenant AND secret_hash = hash RETURNING *;
    END IF;
END $$;

REVOKE ALL ON FUNCTION user_token_keep, user_token_valid, user_ticket_take FROM PUBLIC;
GRANT SELECT, INSERT, DELETE ON user_token TO "${service}";
GRANT SELECT, INSERT ON release_file TO "${service}";
GRANT EXECUTE ON FUNCTION user_token_keep, user_token_valid, user_ticket_take TO "${service}";
