-- Plugins that the platform offers to every tenant: the service brings their active release into each. In the manner of V1.

CREATE TABLE shared_plugin (
    plugin    text COLLATE "C" PRIMARY KEY,
    tenant    text COLLATE "C" NOT NULL REFERENCES tenant,
    shared_by text NOT NULL,
    shared_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (tenant, plugin) REFERENCES plugin (tenant, id) ON DELETE CASCADE
);
COMMENT ON COLUMN shared_plugin.tenant IS 'whose it is: an id is shared by one tenant at most';

ALTER TABLE shared_plugin ENABLE ROW LEVEL SECURITY;
ALTER TABLE shared_plugin FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON shared_plugin USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));

-- What must cross tenants, and nothing else: which tenants lack what is shared, and how many do. Bytes are read in the name of the tenant that
-- shares, and written in the name of the one that gets them, as ever.

CREATE POLICY owner_reads ON shared_plugin FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_shares ON plugin FOR SELECT TO CURRENT_USER
    USING (EXISTS (SELECT 1 FROM shared_plugin s WHERE s.tenant = plugin.tenant AND s.plugin = plugin.id));

-- A tenant lacks a shared plugin's active release when it has none of that version; but one that has a plugin of this id from elsewhere keeps
-- its own.
CREATE FUNCTION shared_lacking() RETURNS TABLE (tenant text, owner text, plugin text, version text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.tenant, s.tenant, s.plugin, p.active_version
    FROM shared_plugin s
    JOIN plugin p ON p.tenant = s.tenant AND p.id = s.plugin
    CROSS JOIN tenant t
    WHERE t.tenant <> s.tenant
      AND NOT EXISTS (SELECT 1 FROM release own WHERE own.tenant = t.tenant AND own.plugin = s.plugin
                      AND own.version = p.active_version)
      AND (NOT EXISTS (SELECT 1 FROM release other WHERE other.tenant = t.tenant AND other.plugin = s.plugin)
           OR EXISTS (SELECT 1 FROM release before WHERE before.tenant = t.tenant AND before.plugin = s.plugin
                      AND before.installed_by = 'system:shared'))
$$;

CREATE FUNCTION shared_missing(most int) RETURNS TABLE (tenant text, owner text, plugin text, version text)
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT * FROM shared_lacking() ORDER BY random() LIMIT most $$;

-- How many tenants have its active release by sharing, and how many will.
CREATE FUNCTION shared_counts(which_plugin text) RETURNS TABLE (given bigint, missing bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (SELECT count(*) FROM shared_plugin s
            JOIN plugin p ON p.tenant = s.tenant AND p.id = s.plugin
            JOIN release r ON r.plugin = s.plugin AND r.version = p.active_version AND r.tenant <> s.tenant
            WHERE s.plugin = which_plugin AND r.installed_by = 'system:shared'),
           (SELECT count(*) FROM shared_lacking() l WHERE l.plugin = which_plugin)
$$;

CREATE FUNCTION shared_find(which_tenant text, which_plugin text)
RETURNS TABLE (by_whom text, since timestamptz, given bigint, missing bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY SELECT s.shared_by, s.shared_at, c.given, c.missing FROM shared_plugin s, shared_counts(s.plugin) c
    WHERE s.tenant = which_tenant AND s.plugin = which_plugin;
END $$;

REVOKE ALL ON FUNCTION shared_find, shared_lacking, shared_missing, shared_counts FROM PUBLIC;
GRANT SELECT, INSERT, DELETE ON shared_plugin TO "${service}";
GRANT EXECUTE ON FUNCTION shared_find, shared_lacking, shared_missing, shared_counts TO "${service}";
