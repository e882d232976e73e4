-- Everything belongs to a tenant. Every table carries it, and row-level security, forced on the owner too, shows a transaction
-- only the rows of the tenant named by the setting plugins.tenant (none when it is not set).
--
-- Documents (manifest, config, grants, facts) are text that is checked to be JSON: json types would refuse or change some of it.

CREATE TABLE tenant (
    tenant     text COLLATE "C" PRIMARY KEY CHECK (tenant ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    revision   bigint NOT NULL DEFAULT 0 CHECK (revision >= 0),
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN tenant.revision IS 'how often the tenant''s catalogue has changed';

CREATE TABLE artifact (
    tenant  text COLLATE "C" NOT NULL REFERENCES tenant,
    digest  text COLLATE "C" NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (tenant, digest),
    CHECK (digest = 'sha256:' || encode(sha256(content), 'hex'))
);
ALTER TABLE artifact ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE TABLE plugin (
    tenant          text COLLATE "C" NOT NULL REFERENCES tenant,
    id              text COLLATE "C" NOT NULL,
    state           text NOT NULL
                    CHECK (state IN ('installed', 'enabling', 'enabled', 'disabled', 'quarantined', 'failed')),
    state_reason    text,
    lease_owner     text,
    lease_ends      timestamptz,
    revision        bigint NOT NULL CHECK (revision > 0),
    active_version  text COLLATE "C" NOT NULL,
    grants          text NOT NULL CHECK (grants IS JSON OBJECT),
    level           text NOT NULL,
    consent         text,
    config          text NOT NULL CHECK (config IS JSON OBJECT),
    config_revision bigint NOT NULL CHECK (config_revision > 0),
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant, id),
    CHECK ((state = 'enabling') = (lease_owner IS NOT NULL AND lease_ends IS NOT NULL)),
    CHECK ((state IN ('quarantined', 'failed')) = (state_reason IS NOT NULL))
);

CREATE TABLE release (
    tenant         text COLLATE "C" NOT NULL,
    plugin         text COLLATE "C" NOT NULL,
    version        text COLLATE "C" NOT NULL,
    package_digest text COLLATE "C" NOT NULL,
    module_digest  text COLLATE "C" NOT NULL,
    manifest       text NOT NULL CHECK (manifest IS JSON OBJECT),
    name           text NOT NULL,
    description    text NOT NULL,
    permissions    varchar[] NOT NULL,
    scan           text NOT NULL CHECK (scan IS JSON ARRAY),
    installed_at   timestamptz NOT NULL,
    installed_by   text NOT NULL,
    PRIMARY KEY (tenant, plugin, version),
    FOREIGN KEY (tenant, plugin) REFERENCES plugin ON DELETE CASCADE,
    FOREIGN KEY (tenant, module_digest) REFERENCES artifact
);
CREATE INDEX release_module ON release (tenant, module_digest);
ALTER TABLE plugin
    ADD FOREIGN KEY (tenant, id, active_version) REFERENCES release DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE hook_policy (
    tenant       text COLLATE "C" NOT NULL REFERENCES tenant,
    hook         text COLLATE "C" NOT NULL,
    plugin_order text[] NOT NULL,
    on_error     text CHECK (on_error IN ('open', 'closed')),
    revision     bigint NOT NULL CHECK (revision > 0),
    PRIMARY KEY (tenant, hook)
);

CREATE TABLE plugin_usage (
    tenant        text COLLATE "C" NOT NULL REFERENCES tenant,
    plugin        text COLLATE "C" NOT NULL,
    keys          bigint NOT NULL DEFAULT 0 CHECK (keys >= 0),
    bytes         bigint NOT NULL DEFAULT 0 CHECK (bytes >= 0),
    last_revision bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, plugin)
);
COMMENT ON TABLE plugin_usage IS 'what plugin_data holds for a plugin, kept in the same transactions; its row is their lock';
COMMENT ON COLUMN plugin_usage.last_revision IS 'the last revision given to a key; never given twice, so that an ETag is never right again';

CREATE TABLE plugin_data (
    tenant     text COLLATE "C" NOT NULL,
    plugin     text COLLATE "C" NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    key        text COLLATE "C" NOT NULL CHECK (octet_length(key) BETWEEN 1 AND 512),
    value      text NOT NULL CHECK (value IS JSON),
    bytes      bigint NOT NULL GENERATED ALWAYS AS (octet_length(key) + octet_length(value)) STORED,
    revision   bigint NOT NULL CHECK (revision > 0),
    expires_at timestamptz,
    PRIMARY KEY (tenant, plugin, user_id, key),
    FOREIGN KEY (tenant, plugin) REFERENCES plugin_usage
);
COMMENT ON COLUMN plugin_data.user_id IS 'empty for the plugin''s own keys';
CREATE INDEX plugin_data_expiry ON plugin_data (tenant, expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE api_key (
    tenant      text COLLATE "C" NOT NULL REFERENCES tenant,
    id          uuid NOT NULL,
    name        text NOT NULL,
    secret_hash text COLLATE "C" NOT NULL UNIQUE,
    roles       text[] NOT NULL,
    plugins     text[] NOT NULL,
    users       text NOT NULL CHECK (users IN ('any', 'as-token')),
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz,
    revoked_at  timestamptz,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE audit_log (
    tenant        text COLLATE "C" NOT NULL REFERENCES tenant,
    sequence      bigint NOT NULL CHECK (sequence > 0),
    at            timestamptz NOT NULL,
    actor         text NOT NULL,
    action        text NOT NULL,
    subject       text NOT NULL,
    facts         text NOT NULL CHECK (facts IS JSON OBJECT),
    previous_hash bytea NOT NULL,
    hash          bytea NOT NULL,
    PRIMARY KEY (tenant, sequence)
);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['tenant', 'artifact', 'plugin', 'release', 'hook_policy', 'plugin_usage', 'plugin_data',
                                'api_key', 'audit_log'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant = current_setting(''plugins.tenant'', true)) '
                       'WITH CHECK (tenant = current_setting(''plugins.tenant'', true))', name);
    END LOOP;
END $$;

-- The audit chain. The service can only say what happened; number, time and hashes come from here. The lock puts the entries of
-- one tenant in a row even when their transactions run side by side.

CREATE FUNCTION audit_hash(previous bytea, entry audit_log) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN sha256(previous || convert_to(json_build_array(
    entry.tenant, entry.sequence, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    entry.actor, entry.action, entry.subject, entry.facts)::text, 'UTF8'));

CREATE FUNCTION audit_append() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last audit_log;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit:' || NEW.tenant, 0));
    SELECT * INTO last FROM audit_log WHERE tenant = NEW.tenant ORDER BY sequence DESC LIMIT 1;
    NEW.sequence := coalesce(last.sequence, 0) + 1;
    NEW.at := clock_timestamp();
    NEW.previous_hash := coalesce(last.hash, sha256(convert_to(NEW.tenant, 'UTF8')));
    NEW.hash := audit_hash(NEW.previous_hash, NEW);
    RETURN NEW;
END $$;
CREATE TRIGGER audit_append BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_append();

-- The first entry of the present tenant's chain that does not fit the one before it; NULL when all do.
CREATE FUNCTION audit_first_break() RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT min(sequence) FROM (
        SELECT a.sequence, a.hash <> audit_hash(a.previous_hash, a)
               OR a.previous_hash <> lag(a.hash, 1, sha256(convert_to(a.tenant, 'UTF8'))) OVER chain
               OR a.sequence <> lag(a.sequence, 1, 0::bigint) OVER chain + 1 AS broken
        FROM audit_log a WHERE a.tenant = current_setting('plugins.tenant', true)
        WINDOW chain AS (ORDER BY a.sequence)) links
    WHERE broken
$$;

-- A change of the management side: change_begin, the change itself, change_commit; all in one transaction.

-- Names the tenant for this transaction and lets one change of it happen at a time. Answers the catalogue's revision.
CREATE FUNCTION change_begin(which text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE present bigint;
BEGIN
    PERFORM set_config('plugins.tenant', which, true);
    INSERT INTO tenant (tenant) VALUES (which) ON CONFLICT DO NOTHING;
    -- Not FOR UPDATE: that would wait for whoever only refers to the tenant.
    SELECT revision INTO STRICT present FROM tenant WHERE tenant = which FOR NO KEY UPDATE;
    RETURN present;
END $$;

-- Writes the audit entry; if the catalogue changed, steps its revision and tells the other replicas. Answers the revision.
CREATE FUNCTION change_commit(steps_catalogue boolean, who text, what text, to_what text, details text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    named text := current_setting('plugins.tenant');
    present bigint;
BEGIN
    INSERT INTO audit_log (tenant, actor, action, subject, facts) VALUES (named, who, what, to_what, details);
    UPDATE tenant SET revision = revision + CASE WHEN steps_catalogue THEN 1 ELSE 0 END WHERE tenant = named
    RETURNING revision INTO STRICT present;
    IF steps_catalogue THEN
        PERFORM pg_notify('storysign_catalog', named);
    END IF;
    RETURN present;
END $$;

-- Plugins' data. One call is one statement is one transaction; the usage row is locked first, so that quotas are exact.

CREATE FUNCTION data_usage_lock(which_tenant text, which_plugin text) RETURNS plugin_usage
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE usage plugin_usage;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    SELECT * INTO usage FROM plugin_usage WHERE tenant = which_tenant AND plugin = which_plugin FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO tenant (tenant) VALUES (which_tenant) ON CONFLICT DO NOTHING;
        INSERT INTO plugin_usage (tenant, plugin) VALUES (which_tenant, which_plugin) ON CONFLICT DO NOTHING;
        SELECT * INTO STRICT usage FROM plugin_usage WHERE tenant = which_tenant AND plugin = which_plugin FOR UPDATE;
    END IF;
    RETURN usage;
END $$;

-- Removes what a plugin's keys have outlived, at most so many. The usage row is locked already.
CREATE FUNCTION data_expire(which_tenant text, which_plugin text, most int) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone_keys int; gone_bytes bigint;
BEGIN
    WITH gone AS (
        DELETE FROM plugin_data d USING (
            SELECT user_id, key FROM plugin_data
            WHERE tenant = which_tenant AND plugin = which_plugin AND expires_at <= clock_timestamp() LIMIT most) old
        WHERE d.tenant = which_tenant AND d.plugin = which_plugin AND d.user_id = old.user_id AND d.key = old.key
        RETURNING d.bytes)
    SELECT count(*), coalesce(sum(bytes), 0) INTO gone_keys, gone_bytes FROM gone;
    UPDATE plugin_usage SET keys = keys - gone_keys, bytes = bytes - gone_bytes
    WHERE tenant = which_tenant AND plugin = which_plugin AND gone_keys > 0;
    RETURN gone_keys;
END $$;

CREATE FUNCTION data_get(which_tenant text, which_plugin text, which_user text, which_key text)
RETURNS TABLE (value text, revision bigint, expires_at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY SELECT d.value, d.revision, d.expires_at FROM plugin_data d
    WHERE d.tenant = which_tenant AND d.plugin = which_plugin AND d.user_id = which_user AND d.key = which_key
      AND (d.expires_at IS NULL OR d.expires_at > clock_timestamp());
END $$;

-- No key is longer than 512 bytes, so that many of the last character end the range of a prefix.
CREATE FUNCTION data_keys(which_tenant text, which_plugin text, which_user text, starts text, later_than text, most int)
RETURNS TABLE (key text)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY SELECT d.key FROM plugin_data d
    WHERE d.tenant = which_tenant AND d.plugin = which_plugin AND d.user_id = which_user
      AND d.key >= starts AND d.key <= starts || repeat(chr(1114111), 128)
      AND (later_than IS NULL OR d.key > later_than)
      AND (d.expires_at IS NULL OR d.expires_at > clock_timestamp())
    ORDER BY d.key LIMIT most;
END $$;

-- condition: -1 always, 0 only when the key is not there, else only at this revision.
-- outcome: 'done', 'condition', 'keys' or 'bytes' (over that limit).
CREATE FUNCTION data_put(which_tenant text, which_plugin text, which_user text, which_key text, new_value text,
                         lives_ms bigint, condition bigint, most_keys bigint, most_bytes bigint)
RETURNS TABLE (outcome text, new_revision bigint, created boolean)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    usage plugin_usage := data_usage_lock(which_tenant, which_plugin);
    stored plugin_data;
    there boolean;
    added_keys int;
    added_bytes bigint;
BEGIN
    SELECT * INTO stored FROM plugin_data d
    WHERE d.tenant = which_tenant AND d.plugin = which_plugin AND d.user_id = which_user AND d.key = which_key;
    there := FOUND AND (stored.expires_at IS NULL OR stored.expires_at > clock_timestamp());
    IF (condition = 0 AND there) OR (condition > 0 AND (NOT there OR stored.revision <> condition)) THEN
        RETURN QUERY SELECT 'condition', 0::bigint, false;
        RETURN;
    END IF;
    added_keys := CASE WHEN stored.key IS NULL THEN 1 ELSE 0 END;
    added_bytes := octet_length(which_key) + octet_length(new_value) - coalesce(stored.bytes, 0);
    IF (added_keys > 0 AND usage.keys + added_keys > most_keys)
        OR (added_bytes > 0 AND usage.bytes + added_bytes > most_bytes) THEN
        -- What has expired does not count; then what this key had may be gone too.
        IF data_expire(which_tenant, which_plugin, 2147483647) > 0 THEN
            RETURN QUERY SELECT * FROM data_put(which_tenant, which_plugin, which_user, which_key, new_value, lives_ms,
                                                condition, most_keys, most_bytes);
            RETURN;
        END IF;
        RETURN QUERY SELECT CASE WHEN added_keys > 0 AND usage.keys + added_keys > most_keys THEN 'keys' ELSE 'bytes' END,
                            0::bigint, false;
        RETURN;
    END IF;
    INSERT INTO plugin_data AS d (tenant, plugin, user_id, key, value, revision, expires_at)
    VALUES (which_tenant, which_plugin, which_user, which_key, new_value, usage.last_revision + 1,
            clock_timestamp() + lives_ms * interval '1 millisecond')
    ON CONFLICT (tenant, plugin, user_id, key) DO UPDATE
        SET value = excluded.value, revision = excluded.revision, expires_at = excluded.expires_at;
    UPDATE plugin_usage SET keys = keys + added_keys, bytes = bytes + added_bytes, last_revision = last_revision + 1
    WHERE tenant = which_tenant AND plugin = which_plugin;
    RETURN QUERY SELECT 'done', usage.last_revision + 1, NOT there;
END $$;

-- outcome: 'done', 'condition' or 'missing'.
CREATE FUNCTION data_delete(which_tenant text, which_plugin text, which_user text, which_key text, condition bigint)
RETURNS TABLE (outcome text, old_revision bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    stored plugin_data;
    there boolean;
BEGIN
    PERFORM data_usage_lock(which_tenant, which_plugin);
    SELECT * INTO stored FROM plugin_data d
    WHERE d.tenant = which_tenant AND d.plugin = which_plugin AND d.user_id = which_user AND d.key = which_key;
    there := FOUND AND (stored.expires_at IS NULL OR stored.expires_at > clock_timestamp());
    IF (condition = 0 AND there) OR (condition > 0 AND (NOT there OR stored.revision <> condition)) THEN
        RETURN QUERY SELECT 'condition', 0::bigint;
    ELSIF NOT there THEN
        RETURN QUERY SELECT 'missing', 0::bigint;
    ELSE
        DELETE FROM plugin_data d
        WHERE d.tenant = which_tenant AND d.plugin = which_plugin AND d.user_id = which_user AND d.key = which_key;
        UPDATE plugin_usage SET keys = keys - 1, bytes = bytes - stored.bytes
        WHERE tenant = which_tenant AND plugin = which_plugin;
        RETURN QUERY SELECT 'done', stored.revision;
    END IF;
END $$;

-- Everything a plugin holds, when it is uninstalled without keeping it; answers how many keys. The last revision stays.
CREATE FUNCTION data_clear(which_tenant text, which_plugin text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE before plugin_usage := data_usage_lock(which_tenant, which_plugin);
BEGIN
    DELETE FROM plugin_data WHERE tenant = which_tenant AND plugin = which_plugin;
    UPDATE plugin_usage SET keys = 0, bytes = 0 WHERE tenant = which_tenant AND plugin = which_plugin;
    RETURN before.keys;
END $$;

-- One step of the clean-up job: the expired keys of one plugin of the tenant, at most so many; 0 when none is left.
CREATE FUNCTION data_purge(which_tenant text, most int) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE which_plugin text;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    SELECT d.plugin INTO which_plugin FROM plugin_data d
    WHERE d.tenant = which_tenant AND d.expires_at <= clock_timestamp() LIMIT 1;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    PERFORM data_usage_lock(which_tenant, which_plugin);
    RETURN data_expire(which_tenant, which_plugin, most);
END $$;

-- What must cross tenants, and nothing else: the revisions for the poll, and the one key whose secret was shown. They run as the
-- owner, whom these two policies let read.

CREATE POLICY owner_reads ON tenant FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_reads ON api_key FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION catalogue_revisions() RETURNS TABLE (tenant text, revision bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT tenant, revision FROM tenant ORDER BY tenant $$;

CREATE FUNCTION api_key_by_hash(hash text) RETURNS SETOF api_key
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT * FROM api_key WHERE secret_hash = hash $$;

-- What the service may do. Nothing is granted to anybody else.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO "${service}";
GRANT SELECT, INSERT ON tenant TO "${service}";
GRANT UPDATE (revision) ON tenant TO "${service}";
GRANT SELECT, INSERT, DELETE ON artifact TO "${service}";
GRANT SELECT, INSERT, UPDATE, DELETE ON plugin TO "${service}";
GRANT SELECT, INSERT ON release TO "${service}";
GRANT SELECT, INSERT, UPDATE ON hook_policy TO "${service}";
GRANT SELECT, INSERT, UPDATE ON plugin_usage TO "${service}";
GRANT SELECT, INSERT, UPDATE, DELETE ON plugin_data TO "${service}";
GRANT SELECT, INSERT ON api_key TO "${service}";
GRANT UPDATE (revoked_at) ON api_key TO "${service}";
GRANT SELECT ON audit_log TO "${service}";
GRANT INSERT (tenant, actor, action, subject, facts) ON audit_log TO "${service}";
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO "${service}";
