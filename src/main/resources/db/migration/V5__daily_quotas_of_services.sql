-- How often a plugin has called each of the platform's services on each day of UTC. Processes take from it in portions.

CREATE TABLE service_usage (
    tenant  text COLLATE "C" NOT NULL REFERENCES tenant,
    plugin  text COLLATE "C" NOT NULL,
    service text COLLATE "C" NOT NULL,
    day     date NOT NULL,
    calls   bigint NOT NULL CHECK (calls >= 0),
    PRIMARY KEY (tenant, plugin, service, day)
);
COMMENT ON COLUMN service_usage.calls IS 'calls that processes may make or have made; never above the day''s quota';

ALTER TABLE service_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE service_usage FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON service_usage USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));

-- Gives up to so many calls of what is left of the day's; 0 when nothing is. Days older than 40 are forgotten with a new one.
CREATE FUNCTION quota_take(which_tenant text, which_plugin text, which_service text, which_day date, wanted bigint, most bigint)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE taken bigint; given bigint;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    SELECT calls INTO taken FROM service_usage
    WHERE tenant = which_tenant AND plugin = which_plugin AND service = which_service AND day = which_day FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO tenant (tenant) VALUES (which_tenant) ON CONFLICT DO NOTHING;
        DELETE FROM service_usage
        WHERE tenant = which_tenant AND plugin = which_plugin AND service = which_service AND day < which_day - 40;
        INSERT INTO service_usage VALUES (which_tenant, which_plugin, which_service, which_day, 0) ON CONFLICT DO NOTHING;
        SELECT calls INTO STRICT taken FROM service_usage
        WHERE tenant = which_tenant AND plugin = which_plugin AND service = which_service AND day = which_day FOR UPDATE;
    END IF;
    given := greatest(0, least(wanted, most - taken));
    UPDATE service_usage SET calls = calls + given
    WHERE tenant = which_tenant AND plugin = which_plugin AND service = which_service AND day = which_day AND given > 0;
    RETURN given;
END $$;

REVOKE ALL ON FUNCTION quota_take FROM PUBLIC;
GRANT EXECUTE ON FUNCTION quota_take TO "${service}";
GRANT SELECT, INSERT, UPDATE, DELETE ON service_usage TO "${service}";
