-- What plugins did: calls, what they logged, and figures by the hour. In the manner of V1. No input, no output, no user's id.

CREATE TABLE invocation (
    tenant      text COLLATE "C" NOT NULL REFERENCES tenant,
    plugin      text COLLATE "C" NOT NULL,
    sequence    bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    id          uuid NOT NULL,
    at          timestamptz NOT NULL,
    release     text NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('hook', 'endpoint', 'call', 'lifecycle')),
    name        text COLLATE "C",
    handler     text NOT NULL,
    for_user    boolean NOT NULL,
    dry_run     boolean NOT NULL,
    trace       text COLLATE "C" CHECK (trace ~ '^[0-9a-f]{32}$'),
    run_us      bigint NOT NULL,
    wait_us     bigint NOT NULL,
    fuel        bigint NOT NULL,
    peak_memory bigint NOT NULL,
    host_calls  int NOT NULL,
    code        text COLLATE "C",
    PRIMARY KEY (tenant, plugin, sequence),
    UNIQUE (tenant, id)
);
COMMENT ON COLUMN invocation.name IS 'the hook''s or the endpoint''s';
COMMENT ON COLUMN invocation.code IS 'of the problem; null when the call went well';
CREATE INDEX invocation_trace ON invocation (tenant, plugin, trace) WHERE trace IS NOT NULL;
CREATE INDEX invocation_failed ON invocation (tenant, plugin, sequence) WHERE code IS NOT NULL;
CREATE INDEX invocation_age ON invocation (tenant, at);

CREATE TABLE plugin_log (
    tenant     text COLLATE "C" NOT NULL REFERENCES tenant,
    plugin     text COLLATE "C" NOT NULL,
    sequence   bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    invocation uuid,
    at         timestamptz NOT NULL,
    level      smallint NOT NULL CHECK (level BETWEEN 0 AND 4),
    text       text NOT NULL,
    PRIMARY KEY (tenant, plugin, sequence)
);
COMMENT ON COLUMN plugin_log.level IS 'trace, debug, info, warn, error';
COMMENT ON COLUMN plugin_log.invocation IS 'null for what the platform says itself';
CREATE INDEX plugin_log_age ON plugin_log (tenant, at);

CREATE TABLE plugin_usage_hour (
    tenant text COLLATE "C" NOT NULL REFERENCES tenant,
    plugin text COLLATE "C" NOT NULL,
    hour   timestamptz NOT NULL,
    kind   text COLLATE "C" NOT NULL,
    name   text COLLATE "C" NOT NULL,
    amount bigint NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (tenant, plugin, hour, kind, name)
);
COMMENT ON COLUMN plugin_usage_hour.name IS 'a problem''s code or a platform function; empty for kinds that need none';
CREATE INDEX plugin_usage_hour_age ON plugin_usage_hour (tenant, hour);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['invocation', 'plugin_log', 'plugin_usage_hour'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant = current_setting(''plugins.tenant'', true)) '
                       'WITH CHECK (tenant = current_setting(''plugins.tenant'', true))', name);
    END LOOP;
END $$;
GRANT SELECT, INSERT, DELETE ON invocation, plugin_log TO "${service}";
GRANT SELECT, INSERT, UPDATE (amount), DELETE ON plugin_usage_hour TO "${service}";

-- One batch of one process; each argument is a JSON array. The lock lets the sequences of a tenant become visible in their order, so that who reads on from the
-- last one passes nothing over; it also orders the locks of usage rows.
CREATE FUNCTION history_write(which_tenant text, calls text, lines text, amounts text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    PERFORM pg_advisory_xact_lock(hashtextextended('history:' || which_tenant, 0));
    INSERT INTO tenant (tenant) VALUES (which_tenant) ON CONFLICT DO NOTHING;
    INSERT INTO invocation (tenant, plugin, id, at, release, kind, name, handler, for_user, dry_run, trace, run_us, wait_us, fuel,
                            peak_memory, host_calls, code)
    SELECT which_tenant, c.plugin, c.id, c.at, c.release, c.kind, c.name, c.handler, c.for_user, c.dry_run, c.trace, c.run_us,
           c.wait_us, c.fuel, c.peak_memory, c.host_calls, c.code
    FROM json_to_recordset(calls::json) AS c(plugin text, id uuid, at timestamptz, release text, kind text, name text, handler text,
                                       for_user boolean, dry_run boolean, trace text, run_us bigint, wait_us bigint, fuel bigint,
                                       peak_memory bigint, host_calls int, code text)
    ON CONFLICT (tenant, id) DO NOTHING;
    INSERT INTO plugin_log (tenant, plugin, invocation, at, level, text)
    SELECT which_tenant, l.plugin, l.invocation, l.at, l.level, l.text
    FROM json_to_recordset(lines::json) AS l(plugin text, invocation uuid, at timestamptz, level smallint, text text);
    INSERT INTO plugin_usage_hour AS u (tenant, plugin, hour, kind, name, amount)
    SELECT which_tenant, a.plugin, a.hour, a.kind, a.name, a.amount
    FROM json_to_recordset(amounts::json) AS a(plugin text, hour timestamptz, kind text, name text, amount bigint)
    ON CONFLICT (tenant, plugin, hour, kind, name) DO UPDATE SET amount = u.amount + excluded.amount;
END $$;

-- One step of the clean-up: what is too old, and what a plugin has too much of; at most about so many rows. 0 when nothing is left.
CREATE FUNCTION history_purge(which_tenant text, keeps_ms bigint, keeps_usage_ms bigint, keeps_calls int, keeps_lines int, most int)
RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone int := 0;
    step int;
    eldest timestamptz := clock_timestamp() - keeps_ms * interval '1 millisecond';
    which_plugin text;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    DELETE FROM invocation i USING (
        SELECT plugin, sequence FROM invocation WHERE tenant = which_tenant AND at < eldest LIMIT most) old
    WHERE i.tenant = which_tenant AND i.plugin = old.plugin AND i.sequence = old.sequence;
    GET DIAGNOSTICS step = ROW_COUNT;
    gone := gone + step;
    DELETE FROM plugin_log l USING (
        SELECT plugin, sequence FROM plugin_log WHERE tenant = which_tenant AND at < eldest LIMIT most) old
    WHERE l.tenant = which_tenant AND l.plugin = old.plugin AND l.sequence = old.sequence;
    GET DIAGNOSTICS step = ROW_COUNT;
    gone := gone + step;
    DELETE FROM plugin_usage_hour u USING (
        SELECT ctid FROM plugin_usage_hour
        WHERE tenant = which_tenant AND hour < clock_timestamp() - keeps_usage_ms * interval '1 millisecond' LIMIT most) old
    WHERE u.ctid = old.ctid;
    GET DIAGNOSTICS step = ROW_COUNT;
    gone := gone + step;
    -- Who did nothing in the last two hours did not grow over its bounds since the last time.
    FOR which_plugin IN
        SELECT DISTINCT plugin FROM plugin_usage_hour
        WHERE tenant = which_tenant AND hour > clock_timestamp() - interval '2 hours' LOOP
        DELETE FROM invocation i
        WHERE i.tenant = which_tenant AND i.plugin = which_plugin AND i.sequence <= (
            SELECT sequence FROM invocation WHERE tenant = which_tenant AND plugin = which_plugin
            ORDER BY sequence DESC OFFSET keeps_calls LIMIT 1);
        GET DIAGNOSTICS step = ROW_COUNT;
        gone := gone + step;
        DELETE FROM plugin_log l
        WHERE l.tenant = which_tenant AND l.plugin = which_plugin AND l.sequence <= (
            SELECT sequence FROM plugin_log WHERE tenant = which_tenant AND plugin = which_plugin
            ORDER BY sequence DESC OFFSET keeps_lines LIMIT 1);
        GET DIAGNOSTICS step = ROW_COUNT;
        gone := gone + step;
    END LOOP;
    RETURN gone;
END $$;

-- What a plugin logged may hold users' data: it goes with the plugin.
CREATE FUNCTION plugin_log_forget() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM plugin_log WHERE tenant = OLD.tenant AND plugin = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER plugin_log_forget AFTER DELETE ON plugin FOR EACH ROW EXECUTE FUNCTION plugin_log_forget();

REVOKE ALL ON FUNCTION history_write, history_purge, plugin_log_forget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION history_write, history_purge, plugin_log_forget TO "${service}";
