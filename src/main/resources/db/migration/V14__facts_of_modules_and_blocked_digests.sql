-- What is known of modules, and digests that must not run. In the manner of V1.

ALTER TABLE artifact ADD COLUMN facts text CHECK (facts IS JSON OBJECT);
COMMENT ON COLUMN artifact.facts IS 'what was found by looking at a module''s bytes; NULL for files, and until somebody asks for modules from before';
GRANT UPDATE (facts) ON artifact TO "${service}";

-- For reports, which sum them up.
CREATE INDEX audit_log_denials ON audit_log (tenant, subject) WHERE action = 'platform.denied';

-- A tenant's own, or under '*' everybody's, also of tenants to come.
CREATE TABLE blocked_digest (
    tenant     text COLLATE "C" NOT NULL,
    digest     text COLLATE "C" NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
    reason     text NOT NULL,
    blocked_by text NOT NULL,
    blocked_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, digest)
);
COMMENT ON TABLE blocked_digest IS 'digests of packages or modules that must not run';

ALTER TABLE blocked_digest ENABLE ROW LEVEL SECURITY;
ALTER TABLE blocked_digest FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON blocked_digest USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));

CREATE INDEX release_package_anywhere ON release (package_digest);
CREATE INDEX release_module_anywhere ON release (module_digest);

-- Stops what runs of a digest in the present tenant, and makes every change of it that is on its way fail, by the step of its revision. What is
-- being enabled with another release goes on. Answers which plugins are concerned.
CREATE FUNCTION block_stop(which_digest text, why text) RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    named text := current_setting('plugins.tenant');
    concerned text[];
BEGIN
    SELECT array_agg(DISTINCT r.plugin ORDER BY r.plugin) INTO concerned FROM release r
    WHERE r.tenant = named AND (r.package_digest = which_digest OR r.module_digest = which_digest);
    UPDATE plugin p SET
        revision = p.revision + 1,
        updated_at = clock_timestamp(),
        state = CASE WHEN active.blocked AND p.state IN ('enabling', 'enabled', 'quarantined') THEN 'failed' ELSE p.state END,
        state_reason = CASE WHEN active.blocked AND p.state IN ('enabling', 'enabled', 'quarantined')
                            THEN which_digest || ' is blocked: ' || why ELSE p.state_reason END,
        lease_owner = CASE WHEN active.blocked THEN NULL ELSE p.lease_owner END,
        lease_ends = CASE WHEN active.blocked THEN NULL ELSE p.lease_ends END
    FROM (SELECT r.tenant, r.plugin, r.version,
                 r.package_digest = which_digest OR r.module_digest = which_digest AS blocked FROM release r
          WHERE r.tenant = named) active
    WHERE p.tenant = named AND p.id = ANY (concerned)
      AND active.plugin = p.id AND active.version = p.active_version
      AND (active.blocked OR p.state <> 'enabling');
    RETURN coalesce(concerned, '{}');
END $$;

-- What must cross tenants, and nothing else: blocking and unblocking everywhere, and the list of what is blocked everywhere. They run as the
-- owner, whom these policies let find and lock; rows of tenants are changed only while the tenant is named, as ever.

CREATE POLICY owner_everywhere ON blocked_digest TO CURRENT_USER USING (tenant = '*') WITH CHECK (tenant = '*');
CREATE POLICY owner_finds ON release FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_locks ON tenant FOR UPDATE TO CURRENT_USER USING (true);

CREATE FUNCTION blocked_everywhere() RETURNS SETOF blocked_digest
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT * FROM blocked_digest WHERE tenant = '*' $$;

-- Answers the tenants concerned; NULL when it was blocked everywhere already. All tenants are locked, so that nothing begins meanwhile that
-- has not seen it. Each tenant concerned gets its entry of the audit trail, a step of its catalogue and a notice to all processes; the tenant
-- that was named by who does it gets an entry in any case.
CREATE FUNCTION block_everywhere(which_digest text, why text, who text, named text) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before text := current_setting('plugins.tenant', true);
    which text;
    stopped text[];
    concerned text[] := '{}';
BEGIN
    PERFORM 1 FROM tenant ORDER BY tenant FOR NO KEY UPDATE;
    INSERT INTO blocked_digest VALUES ('*', which_digest, why, who, clock_timestamp()) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    FOR which IN SELECT DISTINCT r.tenant FROM release r
                 WHERE r.package_digest = which_digest OR r.module_digest = which_digest ORDER BY 1 LOOP
        PERFORM change_begin(which);
        stopped := block_stop(which_digest, why);
        PERFORM change_commit(true, who, 'digest.block', 'digest:' || which_digest,
                              json_build_object('reason', why, 'everywhere', true, 'plugins', stopped)::text);
        concerned := concerned || which;
    END LOOP;
    IF named <> ALL (concerned) THEN
        PERFORM change_begin(named);
        PERFORM change_commit(false, who, 'digest.block', 'digest:' || which_digest,
                              json_build_object('reason', why, 'everywhere', true, 'plugins', concerned[1:0])::text);
    END IF;
    PERFORM set_config('plugins.tenant', coalesce(before, ''), true);
    RETURN concerned;
END $$;

CREATE FUNCTION unblock_everywhere(which_digest text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH gone AS (DELETE FROM blocked_digest WHERE tenant = '*' AND digest = which_digest RETURNING 1)
      SELECT count(*) > 0 FROM gone $$;

REVOKE ALL ON FUNCTION block_stop, blocked_everywhere, block_everywhere, unblock_everywhere FROM PUBLIC;
GRANT EXECUTE ON FUNCTION block_stop, blocked_everywhere, block_everywhere, unblock_everywhere TO "${service}";
GRANT SELECT, INSERT, DELETE ON blocked_digest TO "${service}";
