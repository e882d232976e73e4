-- Installs from a URL, a registry or a directory take a while: an operation is what is known of one. In the manner of V1.

CREATE TABLE operation (
    tenant         text COLLATE "C" NOT NULL REFERENCES tenant,
    id             uuid NOT NULL,
    source         text NOT NULL CHECK (length(source) BETWEEN 1 AND 1000),
    started_by     text NOT NULL,
    state          text NOT NULL CHECK (state IN ('pending', 'running', 'succeeded', 'failed')),
    phase          text NOT NULL CHECK (phase IN ('waiting', 'fetching', 'installing', 'finished')),
    bytes_done     bigint NOT NULL DEFAULT 0 CHECK (bytes_done >= 0),
    bytes_total    bigint CHECK (bytes_total >= 0),
    source_digest  text COLLATE "C",
    plugin         text COLLATE "C",
    version        text COLLATE "C",
    package_digest text COLLATE "C",
    created        boolean,
    problem_code   text,
    problem_detail text,
    problem_errors text CHECK (problem_errors IS JSON ARRAY),
    lease_owner    text,
    lease_ends     timestamptz,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at    timestamptz,
    PRIMARY KEY (tenant, id),
    CHECK ((state IN ('pending', 'running')) = (lease_owner IS NOT NULL AND lease_ends IS NOT NULL)),
    CHECK ((state IN ('succeeded', 'failed')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'succeeded') = (plugin IS NOT NULL AND version IS NOT NULL AND package_digest IS NOT NULL)),
    CHECK ((state = 'failed') = (problem_code IS NOT NULL AND problem_detail IS NOT NULL))
);
COMMENT ON COLUMN operation.source IS 'as people may read it: without a query, never with credentials';
COMMENT ON COLUMN operation.source_digest IS 'what a tag led to, or what the .zip is';
COMMENT ON COLUMN operation.lease_ends IS 'the process at work renews it; when it has passed, that process is gone and the operation has failed';
CREATE INDEX operation_finished ON operation (tenant, finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX operation_unfinished ON operation (tenant, lease_ends) WHERE finished_at IS NULL;

ALTER TABLE operation ENABLE ROW LEVEL SECURITY;
ALTER TABLE operation FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON operation USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));

CREATE FUNCTION operation_begin(which_tenant text, new_id uuid, from_where text, who text, owner text, lease_ms bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    INSERT INTO tenant (tenant) VALUES (which_tenant) ON CONFLICT DO NOTHING;
    INSERT INTO operation (tenant, id, source, started_by, state, phase, lease_owner, lease_ends)
    VALUES (which_tenant, new_id, from_where, who, 'pending', 'waiting', owner,
            clock_timestamp() + lease_ms * interval '1 millisecond');
END $$;

-- How far it is, and that its process lives. False when the lease has passed: then it has failed, whatever comes of it.
CREATE FUNCTION operation_renew(which_tenant text, which uuid, owner text, now_phase text, done bigint, total bigint, resolved text,
                                lease_ms bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE moment timestamptz := clock_timestamp();
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    UPDATE operation SET state = CASE now_phase WHEN 'waiting' THEN 'pending' ELSE 'running' END, phase = now_phase,
        bytes_done = done, bytes_total = total, source_digest = resolved, updated_at = moment,
        lease_ends = moment + lease_ms * interval '1 millisecond'
    WHERE tenant = which_tenant AND id = which AND lease_owner = owner AND lease_ends > moment;
    RETURN FOUND;
END $$;

-- How it ended: with a problem, or with what is there now. False as above.
CREATE FUNCTION operation_finish(which_tenant text, which uuid, owner text, done bigint, total bigint, resolved text, which_plugin text,
                                 which_version text, which_package text, is_new boolean, code text, detail text, errors text)
RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE moment timestamptz := clock_timestamp();
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    UPDATE operation SET state = CASE WHEN code IS NULL THEN 'succeeded' ELSE 'failed' END, phase = 'finished',
        bytes_done = done, bytes_total = total, source_digest = resolved, plugin = which_plugin, version = which_version,
        package_digest = which_package, created = is_new, problem_code = code, problem_detail = detail, problem_errors = errors,
        lease_owner = NULL, lease_ends = NULL, updated_at = moment, finished_at = moment
    WHERE tenant = which_tenant AND id = which AND lease_owner = owner AND lease_ends > moment;
    RETURN FOUND;
END $$;

-- Ends what nobody works on any more. The tenant is named already.
CREATE FUNCTION operation_give_up(which_tenant text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE moment timestamptz := clock_timestamp();
BEGIN
    UPDATE operation SET state = 'failed', phase = 'finished', lease_owner = NULL, lease_ends = NULL, updated_at = moment,
        finished_at = moment, problem_code = 'operation-interrupted',
        problem_detail = 'The process at work on it has ended. A package is there as a whole or not at all: look, or send the same'
                         || ' request again, which is harmless.'
    WHERE tenant = which_tenant AND finished_at IS NULL AND lease_ends <= moment;
END $$;

CREATE FUNCTION operation_find(which_tenant text, which uuid) RETURNS SETOF operation
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    PERFORM operation_give_up(which_tenant);
    RETURN QUERY SELECT * FROM operation WHERE tenant = which_tenant AND id = which;
END $$;

-- One step of the clean-up job: finished operations that were kept long enough, at most so many; 0 when none is left.
CREATE FUNCTION operation_purge(which_tenant text, keep_ms bigint, most int) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone int;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    PERFORM operation_give_up(which_tenant);
    DELETE FROM operation WHERE tenant = which_tenant AND id IN (
        SELECT o.id FROM operation o
        WHERE o.tenant = which_tenant AND o.finished_at <= clock_timestamp() - keep_ms * interval '1 millisecond'
        LIMIT most FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

REVOKE ALL ON FUNCTION operation_begin, operation_renew, operation_finish, operation_give_up, operation_find, operation_purge
    FROM PUBLIC;
GRANT SELECT, INSERT, DELETE ON operation TO "${service}";
GRANT UPDATE (state, phase, bytes_done, bytes_total, source_digest, plugin, version, package_digest, created, problem_code,
              problem_detail, problem_errors, lease_owner, lease_ends, updated_at, finished_at) ON operation TO "${service}";
GRANT EXECUTE ON FUNCTION operation_begin, operation_renew, operation_finish, operation_give_up, operation_find, operation_purge
    TO "${service}";
