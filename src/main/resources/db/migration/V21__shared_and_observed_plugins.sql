-- Plugins that the platform shares with all tenants, and plugins that are only looked at while they run. In the manner of V1.

ALTER TABLE plugin ADD COLUMN adopted boolean NOT NULL DEFAULT false, ADD COLUMN observed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN plugin.adopted IS 'its releases are those of the tenant system-shared';
COMMENT ON COLUMN plugin.observed IS 'nothing of what it does counts';
CREATE INDEX plugin_adopters ON plugin (id) WHERE adopted;

ALTER TABLE artifact ALTER COLUMN content DROP NOT NULL;
COMMENT ON COLUMN artifact.content IS 'NULL where an adopted package points at the bytes of the tenant system-shared';
CREATE INDEX artifact_pointers ON artifact (digest) WHERE content IS NULL;

-- Only adopting makes pointers: else whoever knows a digest could read what was never offered.
CREATE POLICY own_bytes ON artifact AS RESTRICTIVE FOR INSERT TO "${service}" WITH CHECK (content IS NOT NULL);

CREATE TABLE shared_release (
    tenant    text COLLATE "C" NOT NULL,
    plugin    text COLLATE "C" NOT NULL,
    version   text COLLATE "C" NOT NULL,
    shared_at timestamptz NOT NULL,
    shared_by text NOT NULL,
    PRIMARY KEY (tenant, plugin, version),
    FOREIGN KEY (tenant, plugin, version) REFERENCES release
);
COMMENT ON TABLE shared_release IS 'releases of the tenant system-shared that are offered to all; those of other tenants count for nothing';

ALTER TABLE shared_release ENABLE ROW LEVEL SECURITY;
ALTER TABLE shared_release FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON shared_release USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));
GRANT SELECT ON shared_release TO "${service}";

-- What must cross tenants, and nothing else: what is offered, adopting it, its bytes for those who adopted it, and offering and withdrawing it. They
-- run as the owner, whom these policies let look; rows of tenants are changed only while the tenant is named, as ever.

CREATE POLICY owner_offers ON shared_release FOR SELECT TO CURRENT_USER USING (tenant = 'system-shared');
CREATE POLICY owner_shares ON artifact FOR SELECT TO CURRENT_USER USING (tenant = 'system-shared' OR content IS NULL);
CREATE POLICY owner_shares ON release_file FOR SELECT TO CURRENT_USER USING (tenant = 'system-shared');
CREATE POLICY owner_finds_adopters ON plugin FOR SELECT TO CURRENT_USER USING (adopted);

-- The newest offered release of each plugin, by id; installed_at tells since when it is offered.
CREATE FUNCTION shared_offers(later_than text, most int) RETURNS TABLE (
    tenant text, plugin text, version text, package_digest text, module_digest text, manifest text, name text, description text,
    permissions varchar[], scan text, installed_at timestamptz, installed_by text, signatures text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT ON (s.plugin) r.tenant, r.plugin, r.version, r.package_digest, r.module_digest, r.manifest, r.name, r.description,
           r.permissions, r.scan, s.shared_at, 'platform', r.signatures
    FROM shared_release s JOIN release r USING (tenant, plugin, version)
    WHERE s.tenant = 'system-shared' AND s.plugin > later_than
    ORDER BY s.plugin, s.shared_at DESC, s.version DESC LIMIT most
$$;

CREATE FUNCTION shared_is_offered(which_plugin text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM shared_release s WHERE s.tenant = 'system-shared' AND s.plugin = which_plugin) $$;

-- The bytes behind a pointer that the present tenant has.
CREATE FUNCTION shared_content(which_digest text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.content FROM artifact a
    WHERE a.tenant = 'system-shared' AND a.digest = which_digest
      AND EXISTS (SELECT FROM artifact own WHERE own.tenant = current_setting('plugins.tenant', true)
                                             AND own.digest = which_digest AND own.content IS NULL)
$$;

-- Lets the present tenant have a release of system-shared; false when it has one of that version. For the two below.
CREATE FUNCTION shared_point(which_plugin text, which_version text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE named text := current_setting('plugins.tenant');
BEGIN
    IF EXISTS (SELECT FROM release r WHERE r.tenant = named AND r.plugin = which_plugin AND r.version = which_version) THEN
        RETURN false;
    END IF;
    INSERT INTO artifact (tenant, digest, content, facts)
    SELECT named, a.digest, NULL, a.facts FROM artifact a
    WHERE a.tenant = 'system-shared' AND a.digest IN (
        SELECT r.module_digest FROM release r
        WHERE r.tenant = 'system-shared' AND r.plugin = which_plugin AND r.version = which_version
        UNION SELECT f.digest FROM release_file f
        WHERE f.tenant = 'system-shared' AND f.plugin = which_plugin AND f.version = which_version)
      AND NOT EXISTS (SELECT FROM artifact own WHERE own.tenant = named AND own.digest = a.digest);
    INSERT INTO release (tenant, plugin, version, package_digest, module_digest, manifest, name, description, permissions, scan,
                         installed_at, installed_by, signatures)
    SELECT named, r.plugin, r.version, r.package_digest, r.module_digest, r.manifest, r.name, r.description, r.permissions, r.scan,
           clock_timestamp(), 'platform', r.signatures
    FROM release r WHERE r.tenant = 'system-shared' AND r.plugin = which_plugin AND r.version = which_version;
    INSERT INTO release_file (tenant, plugin, version, path, digest)
    SELECT named, f.plugin, f.version, f.path, f.digest
    FROM release_file f WHERE f.tenant = 'system-shared' AND f.plugin = which_plugin AND f.version = which_version;
    RETURN true;
END $$;

-- Adopts an offered release for the plugin that the present tenant has just made; false when it is not offered.
CREATE FUNCTION shared_adopt(which_plugin text, which_version text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM shared_release s
                   WHERE s.tenant = 'system-shared' AND s.plugin = which_plugin AND s.version = which_version)
       AND EXISTS (SELECT FROM plugin p
                   WHERE p.tenant = current_setting('plugins.tenant') AND p.id = which_plugin AND p.adopted)
       AND shared_point(which_plugin, which_version);
END $$;

-- Offers a release. All tenants are locked, so that none adopts the one before meanwhile. Each that adopted the plugin gets it as a release of its
-- own that waits, or takes the place of one that does not serve; with an entry of its audit trail and a step of its catalogue. Answers how many
-- got it; NULL when it was offered already.
CREATE FUNCTION shared_offer(which_plugin text, which_version text, who text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before text := current_setting('plugins.tenant', true);
    which text;
    got int := 0;
BEGIN
    PERFORM 1 FROM tenant ORDER BY tenant FOR NO KEY UPDATE;
    PERFORM change_begin('system-shared');
    IF NOT EXISTS (SELECT FROM release r WHERE r.tenant = 'system-shared' AND r.plugin = which_plugin AND r.version = which_version) THEN
        RAISE EXCEPTION 'the release was removed meanwhile' USING ERRCODE = 'serialization_failure';
    END IF;
    INSERT INTO shared_release (tenant, plugin, version, shared_at, shared_by)
    SELECT 'system-shared', which_plugin, which_version, clock_timestamp(), who
    WHERE NOT EXISTS (SELECT FROM shared_release s
                      WHERE s.tenant = 'system-shared' AND s.plugin = which_plugin AND s.version = which_version);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    FOR which IN SELECT p.tenant FROM plugin p WHERE p.id = which_plugin AND p.adopted ORDER BY 1 LOOP
        PERFORM change_begin(which);
        CONTINUE WHEN NOT shared_point(which_plugin, which_version);
        UPDATE plugin p SET active_version = which_version, revision = p.revision + 1, updated_at = clock_timestamp()
        WHERE p.tenant = which AND p.id = which_plugin AND p.state IN ('installed', 'disabled', 'failed');
        PERFORM change_commit(true, who, 'plugin.share', 'plugin:' || which_plugin,
                              json_build_object('version', which_version)::text);
        got := got + 1;
    END LOOP;
    PERFORM change_begin('system-shared');
    PERFORM change_commit(false, who, 'plugin.share', 'plugin:' || which_plugin,
                          json_build_object('version', which_version, 'tenants', got)::text);
    PERFORM set_config('plugins.tenant', coalesce(before, ''), true);
    RETURN got;
END $$;

-- Offers a plugin no more. Those who adopted it keep it and are told by their audit trail; answers how many, NULL when it was not offered.
CREATE FUNCTION shared_withdraw(which_plugin text, who text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before text := current_setting('plugins.tenant', true);
    which text;
    keep int := 0;
BEGIN
    PERFORM 1 FROM tenant ORDER BY tenant FOR NO KEY UPDATE;
    PERFORM change_begin('system-shared');
    DELETE FROM shared_release s WHERE s.tenant = 'system-shared' AND s.plugin = which_plugin;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    FOR which IN SELECT p.tenant FROM plugin p WHERE p.id = which_plugin AND p.adopted ORDER BY 1 LOOP
        PERFORM change_begin(which);
        PERFORM change_commit(false, who, 'plugin.unshare', 'plugin:' || which_plugin, '{}');
        keep := keep + 1;
    END LOOP;
    PERFORM change_begin('system-shared');
    PERFORM change_commit(false, who, 'plugin.unshare', 'plugin:' || which_plugin, json_build_object('tenants', keep)::text);
    PERFORM set_config('plugins.tenant', coalesce(before, ''), true);
    RETURN keep;
END $$;

-- Shared bytes stay while anybody points at them, also when the plugin is uninstalled where it was shared from.
CREATE FUNCTION shared_keep_bytes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM artifact a WHERE a.digest = OLD.digest AND a.content IS NULL) THEN
        RETURN NULL;
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER shared_keep_bytes BEFORE DELETE ON artifact FOR EACH ROW
    WHEN (OLD.tenant = 'system-shared') EXECUTE FUNCTION shared_keep_bytes();

REVOKE ALL ON FUNCTION shared_offers, shared_is_offered, shared_content, shared_point, shared_adopt, shared_offer, shared_withdraw,
    shared_keep_bytes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shared_offers, shared_is_offered, shared_content, shared_adopt, shared_offer, shared_withdraw, shared_keep_bytes
    TO "${service}";

-- What calls of observed plugins would have come to.

ALTER TABLE invocation ADD COLUMN would text CHECK (would IS JSON OBJECT);
COMMENT ON COLUMN invocation.would IS 'what a call that was only observed would have changed; may hold users'' data';

CREATE OR REPLACE FUNCTION history_write(which_tenant text, calls text, lines text, amounts text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    PERFORM pg_advisory_xact_lock(hashtextextended('history:' || which_tenant, 0));
    INSERT INTO tenant (tenant) VALUES (which_tenant) ON CONFLICT DO NOTHING;
    INSERT INTO invocation (tenant, plugin, id, at, release, kind, name, handler, for_user, dry_run, trace, run_us, wait_us, fuel,
                            peak_memory, host_calls, code, would)
    SELECT which_tenant, c.plugin, c.id, c.at, c.release, c.kind, c.name, c.handler, c.for_user, c.dry_run, c.trace, c.run_us,
           c.wait_us, c.fuel, c.peak_memory, c.host_calls, c.code, c.would
    FROM json_to_recordset(calls::json) AS c(plugin text, id uuid, at timestamptz, release text, kind text, name text, handler text,
                                       for_user boolean, dry_run boolean, trace text, run_us bigint, wait_us bigint, fuel bigint,
                                       peak_memory bigint, host_calls int, code text, would text)
    ON CONFLICT (tenant, id) DO NOTHING;
    INSERT INTO plugin_log (tenant, plugin, invocation, at, level, text)
    SELECT which_tenant, l.plugin, l.invocation, l.at, l.level, l.text
    FROM json_to_recordset(lines::json) AS l(plugin text, invocation uuid, at timestamptz, level smallint, text text);
    INSERT INTO plugin_usage_hour AS u (tenant, plugin, hour, kind, name, amount)
    SELECT which_tenant, a.plugin, a.hour, a.kind, a.name, a.amount
    FROM json_to_recordset(amounts::json) AS a(plugin text, hour timestamptz, kind text, name text, amount bigint)
    ON CONFLICT (tenant, plugin, hour, kind, name) DO UPDATE SET amount = u.amount + excluded.amount;
END $$;

-- What a plugin logged, and would have changed, may hold users' data: it goes with the plugin.
CREATE OR REPLACE FUNCTION plugin_log_forget() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM plugin_log WHERE tenant = OLD.tenant AND plugin = OLD.id;
    DELETE FROM invocation WHERE tenant = OLD.tenant AND plugin = OLD.id AND would IS NOT NULL;
    RETURN NULL;
END $$;

-- To the outside, a plugin that was adopted is one that was installed.
CREATE OR REPLACE FUNCTION webhook_event_type(action text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE action
    WHEN 'plugin.install' THEN 'plugin.installed'
    WHEN 'plugin.adopt' THEN 'plugin.installed'
    WHEN 'plugin.enable' THEN 'plugin.enabled'
    WHEN 'plugin.disable' THEN 'plugin.disabled'
    WHEN 'plugin.quarantine' THEN 'plugin.quarantined'
    WHEN 'plugin.uninstall' THEN 'plugin.uninstalled'
    WHEN 'release.activate' THEN 'release.activated'
    WHEN 'config.change' THEN 'config.changed'
END;

-- Where shared plugins live.
SELECT set_config('plugins.tenant', 'system-shared', true);
INSERT INTO tenant (tenant) VALUES ('system-shared') ON CONFLICT DO NOTHING;
