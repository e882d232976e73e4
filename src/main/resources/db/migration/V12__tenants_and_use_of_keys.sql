-- What tenants may do, and when keys were used last. In the manner of V1.

ALTER TABLE api_key ADD COLUMN last_used_at timestamptz;
GRANT UPDATE (last_used_at) ON api_key TO "${service}";

CREATE TABLE tenant_policy (
    tenant        text COLLATE "C" PRIMARY KEY REFERENCES tenant,
    usual_level   text NOT NULL CHECK (usual_level IN ('minimal', 'standard', 'strict', 'isolated')),
    loosest_level text NOT NULL CHECK (loosest_level IN ('minimal', 'standard', 'strict', 'isolated')),
    never_granted text[] NOT NULL,
    most_plugins  int CHECK (most_plugins >= 0),
    revision      bigint NOT NULL CHECK (revision > 0)
);
COMMENT ON TABLE tenant_policy IS 'tenants without a row are under the usual policy';

ALTER TABLE tenant_policy ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_policy FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tenant_policy USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));
GRANT SELECT, INSERT, UPDATE (usual_level, loosest_level, never_granted, most_plugins, revision) ON tenant_policy TO "${service}";

-- The platform's list of tenants, a page at a time: their names and ages, and nothing that is theirs.
CREATE FUNCTION tenant_page(later_than text, most int) RETURNS TABLE (tenant text, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT tenant, created_at FROM tenant WHERE tenant > later_than ORDER BY tenant LIMIT most $$;

CREATE FUNCTION tenant_there(which text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM tenant WHERE tenant = which) $$;

REVOKE ALL ON FUNCTION tenant_page(text, int), tenant_there(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenant_page(text, int), tenant_there(text) TO "${service}";

-- The tenant of those who never name one is always there.
SELECT set_config('plugins.tenant', 'default', true);
INSERT INTO tenant (tenant) VALUES ('default') ON CONFLICT DO NOTHING;
