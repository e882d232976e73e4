-- Who loads which module: written before a process begins, so that a module which kills whoever loads it is known by what it leaves.

CREATE TABLE load_attempt (
    tenant     text COLLATE "C" NOT NULL REFERENCES tenant,
    module     text COLLATE "C" NOT NULL,
    process    uuid NOT NULL,
    renewed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant, module, process)
);
COMMENT ON COLUMN load_attempt.renewed_at IS 'the process at work renews it every two seconds; when it stands still, that process is dead';

ALTER TABLE load_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE load_attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON load_attempt USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));

-- How many processes died at the module; when those are fewer than most_deaths, the attempt is noted.
CREATE FUNCTION load_begin(which_tenant text, which_module text, which_process uuid, dead_after_ms bigint, forgotten_after_ms bigint,
                           most_deaths int) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE moment timestamptz := clock_timestamp(); deaths int;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    DELETE FROM load_attempt
    WHERE tenant = which_tenant AND renewed_at <= moment - forgotten_after_ms * interval '1 millisecond';
    SELECT count(*) INTO deaths FROM load_attempt
    WHERE tenant = which_tenant AND module = which_module AND process <> which_process
        AND renewed_at <= moment - dead_after_ms * interval '1 millisecond';
    IF deaths < most_deaths THEN
        INSERT INTO load_attempt (tenant, module, process, renewed_at) VALUES (which_tenant, which_module, which_process, moment)
        ON CONFLICT (tenant, module, process) DO UPDATE SET renewed_at = moment;
    END IF;
    RETURN deaths;
END $$;

CREATE FUNCTION load_renew(which_tenant text, which_module text, which_process uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    UPDATE load_attempt SET renewed_at = clock_timestamp()
    WHERE tenant = which_tenant AND module = which_module AND process = which_process;
END $$;

-- Takes away the process's note, and of others those that have stood still for so long; with 0 all, with none (NULL) no other.
CREATE FUNCTION load_end(which_tenant text, which_module text, which_process uuid, dead_after_ms bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    DELETE FROM load_attempt
    WHERE tenant = which_tenant AND module = which_module
        AND (process = which_process OR renewed_at <= clock_timestamp() - dead_after_ms * interval '1 millisecond');
END $$;

REVOKE ALL ON FUNCTION load_begin, load_renew, load_end FROM PUBLIC;
GRANT SELECT, INSERT, DELETE ON load_attempt TO "${service}";
GRANT UPDATE (renewed_at) ON load_attempt TO "${service}";
GRANT EXECUTE ON FUNCTION load_begin, load_renew, load_end TO "${service}";
