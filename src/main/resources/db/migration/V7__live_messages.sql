-- Messages on their way to the live connections of users, read by every process and kept for a minute. In the manner of V1.

CREATE TABLE live_message (
    tenant   text COLLATE "C" NOT NULL REFERENCES tenant,
    sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    id       uuid NOT NULL,
    plugin   text COLLATE "C" NOT NULL,
    user_id  text COLLATE "C" CHECK (length(user_id) BETWEEN 1 AND 200),
    channel  text COLLATE "C",
    payload  text NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant, sequence),
    CHECK (user_id IS NOT NULL OR channel IS NOT NULL)
);
COMMENT ON COLUMN live_message.user_id IS 'null for everybody who listens to the channel';
CREATE INDEX live_message_age ON live_message (at);

ALTER TABLE live_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE live_message FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON live_message USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));

-- The lock makes sequences become visible in their order: a reader that has seen one has seen all before it.
CREATE FUNCTION live_publish(which_tenant text, which_id uuid, which_plugin text, which_user text, which_channel text,
                             which_payload text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE number bigint;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    INSERT INTO tenant (tenant) VALUES (which_tenant) ON CONFLICT DO NOTHING;
    PERFORM pg_advisory_xact_lock(7239001);
    INSERT INTO live_message (tenant, id, plugin, user_id, channel, payload)
    VALUES (which_tenant, which_id, which_plugin, which_user, which_channel, which_payload) RETURNING sequence INTO number;
    PERFORM pg_notify('storysign_live', which_tenant || ' ' || number);
END $$;

-- These cross tenants, for the processes, which serve them all: they run as the owner, whom these policies let.
CREATE POLICY owner_reads ON live_message FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_deletes ON live_message FOR DELETE TO CURRENT_USER USING (true);

CREATE FUNCTION live_after(after bigint, most int) RETURNS SETOF live_message
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT * FROM live_message WHERE sequence > after ORDER BY sequence LIMIT most
$$;

CREATE FUNCTION live_position() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(max(sequence), 0) FROM live_message
$$;

CREATE FUNCTION live_purge() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM live_message WHERE at < clock_timestamp() - interval '1 minute'
$$;

REVOKE ALL ON FUNCTION live_publish, live_after, live_position, live_purge FROM PUBLIC;
GRANT SELECT, INSERT ON live_message TO "${service}";
GRANT EXECUTE ON FUNCTION live_publish, live_after, live_position, live_purge TO "${service}";
