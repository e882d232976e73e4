-- Hooks that are handled later: the outbox and queue of hook_emit and of POST /hooks/{hook_name}?async=true. An accepted event is a
-- committed row. A worker takes events by a lease and holds no transaction while guests run; a lease that ends gives its event back.

CREATE SEQUENCE event_sequence;

CREATE TABLE event (
    tenant             text COLLATE "C" NOT NULL REFERENCES tenant,
    id                 uuid NOT NULL,
    sequence           bigint NOT NULL,
    hook               text COLLATE "C" NOT NULL,
    plugin             text COLLATE "C" NOT NULL,
    user_id            text,
    ordering_key       text COLLATE "C" CHECK (octet_length(ordering_key) BETWEEN 1 AND 800),
    depth              int NOT NULL CHECK (depth >= 0),
    call               text NOT NULL CHECK (call IS JSON OBJECT),
    catalogue_revision bigint NOT NULL,
    state              text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'working', 'done', 'dead')),
    attempts           int NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    takeable_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    worker             text,
    lease              uuid,
    problem_code       text,
    problem_detail     text,
    created_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at        timestamptz,
    PRIMARY KEY (tenant, id),
    CHECK ((state = 'working') = (lease IS NOT NULL AND worker IS NOT NULL)),
    CHECK ((state IN ('done', 'dead')) = (finished_at IS NOT NULL))
);
COMMENT ON COLUMN event.plugin IS 'who emitted it; empty for the product';
COMMENT ON COLUMN event.sequence IS 'the order of one ordering key; given under the key''s lock, so that commits have the same order';
COMMENT ON COLUMN event.call IS 'what POST /hooks/{hook_name} takes; emptied when the event is done';
COMMENT ON COLUMN event.catalogue_revision IS 'of the tenant when it was accepted: no process whose catalogue is older takes it';
COMMENT ON COLUMN event.takeable_at IS 'while queued, when it is due; while in work, when its lease ends';
CREATE INDEX event_takeable ON event (tenant, takeable_at) WHERE state IN ('queued', 'working');
CREATE INDEX event_open_key ON event (tenant, plugin, ordering_key, sequence)
    WHERE state IN ('queued', 'working') AND ordering_key IS NOT NULL;
CREATE INDEX event_unfinished ON event (tenant, plugin, state) WHERE state <> 'done';
CREATE INDEX event_list ON event (tenant, sequence);
CREATE INDEX event_finished ON event (tenant, state, finished_at) WHERE state IN ('done', 'dead');

ALTER TABLE event ENABLE ROW LEVEL SECURITY;
ALTER TABLE event FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON event USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));

-- Puts the events of one key, as of now, in the order of their commits.
CREATE FUNCTION event_lock_key(which_tenant text, which_plugin text, which_key text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF which_key IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(
            'event:' || which_tenant || ':' || which_plugin || ':' || which_key, 0));
    END IF;
END $$;

-- Accepts an event. outcome: 'done', 'plugin' or 'tenant' (whose limit is reached). A plugin's dead letters count as its own, so that
-- it cannot pile them up; the tenant's limit counts what waits and is in work. Those who put at the same moment do not see each
-- other, so that a limit may be passed by as many as there are.
CREATE FUNCTION event_put(which_tenant text, which_plugin text, new_id uuid, which_hook text, which_user text, which_key text,
                          new_depth int, new_call text, most_of_plugin bigint, most_of_tenant bigint) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE present bigint;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    IF which_plugin <> '' AND most_of_plugin <= (
        SELECT count(*) FROM (SELECT 1 FROM event e WHERE e.tenant = which_tenant AND e.plugin = which_plugin
                              AND e.state <> 'done' LIMIT most_of_plugin) counted) THEN
        RETURN 'plugin';
    END IF;
    IF most_of_tenant <= (
        SELECT count(*) FROM (SELECT 1 FROM event e WHERE e.tenant = which_tenant
                              AND e.state IN ('queued', 'working') LIMIT most_of_tenant) counted) THEN
        RETURN 'tenant';
    END IF;
    SELECT revision INTO present FROM tenant WHERE tenant = which_tenant;
    IF NOT FOUND THEN
        INSERT INTO tenant (tenant) VALUES (which_tenant) ON CONFLICT DO NOTHING;
        present := 0;
    END IF;
    PERFORM event_lock_key(which_tenant, which_plugin, which_key);
    INSERT INTO event (tenant, id, sequence, hook, plugin, user_id, ordering_key, depth, call, catalogue_revision)
    VALUES (which_tenant, new_id, nextval('event_sequence'), which_hook, which_plugin, which_user, which_key, new_depth, new_call,
            present);
    PERFORM pg_notify('storysign_events', '');
    RETURN 'done';
END $$;

-- Leases what is due, at most so many: of each key only its first, and nothing that was accepted under a newer catalogue. What was
-- taken so often that its workers must have died of it becomes a dead letter.
CREATE FUNCTION event_take(which_tenant text, who text, known_revision bigint, most int, lease_ms bigint, most_attempts int)
RETURNS TABLE (id uuid, lease uuid, hook text, plugin text, user_id text, depth int, call text, attempts int)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE moment timestamptz := clock_timestamp();
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    UPDATE event SET state = 'dead', finished_at = moment, worker = NULL, lease = NULL, problem_code = 'event-abandoned',
        problem_detail = 'no process that took it up has come to its end'
    WHERE tenant = which_tenant AND state = 'working' AND takeable_at <= moment AND attempts >= most_attempts;
    RETURN QUERY
    WITH ready AS MATERIALIZED (
        SELECT e.id FROM event e
        WHERE e.tenant = which_tenant AND e.state IN ('queued', 'working') AND e.takeable_at <= moment
          AND e.catalogue_revision <= known_revision
          AND (e.ordering_key IS NULL OR NOT EXISTS (
              SELECT 1 FROM event earlier
              WHERE earlier.tenant = which_tenant AND earlier.plugin = e.plugin AND earlier.ordering_key = e.ordering_key
                AND earlier.state IN ('queued', 'working') AND earlier.sequence < e.sequence))
        ORDER BY e.takeable_at, e.sequence LIMIT most FOR UPDATE OF e SKIP LOCKED)
    UPDATE event e SET state = 'working', attempts = e.attempts + 1, worker = who, lease = gen_random_uuid(),
        takeable_at = moment + lease_ms * interval '1 millisecond'
    FROM ready WHERE e.tenant = which_tenant AND e.id = ready.id
    RETURNING e.id, e.lease, e.hook, e.plugin, e.user_id, e.depth, e.call, e.attempts;
END $$;

-- What became of a leased event: 'done', 'retry', 'postpone' (the attempt does not count) or 'dead'. False when the lease is not in
-- force any more: somebody else has taken the event meanwhile.
CREATE FUNCTION event_settle(which_tenant text, which uuid, which_lease uuid, verdict text, pause_ms bigint, code text, detail text)
RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE moment timestamptz := clock_timestamp();
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    UPDATE event e SET
        state = CASE verdict WHEN 'done' THEN 'done' WHEN 'dead' THEN 'dead' ELSE 'queued' END,
        finished_at = CASE WHEN verdict IN ('done', 'dead') THEN moment END,
        call = CASE WHEN verdict = 'done' THEN '{}' ELSE e.call END,
        attempts = e.attempts - CASE WHEN verdict = 'postpone' THEN 1 ELSE 0 END,
        takeable_at = moment + pause_ms * interval '1 millisecond',
        worker = NULL, lease = NULL, problem_code = code, problem_detail = detail
    WHERE e.tenant = which_tenant AND e.id = which AND e.state = 'working' AND e.lease = which_lease;
    RETURN FOUND;
END $$;

-- Queues dead letters again, at the end of their keys: this one, or those of a hook and a plugin (each may be NULL for any), at most
-- so many. The tenant is named already. Answers how many.
CREATE FUNCTION event_redrive(which uuid, which_hook text, which_plugin text, most int) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    named text := current_setting('plugins.tenant');
    letter event;
    redriven int := 0;
BEGIN
    FOR letter IN SELECT * FROM event e
        WHERE e.tenant = named AND e.state = 'dead' AND (which IS NULL OR e.id = which)
          AND (which_hook IS NULL OR e.hook = which_hook) AND (which_plugin IS NULL OR e.plugin = which_plugin)
        ORDER BY e.sequence LIMIT most FOR UPDATE
    LOOP
        PERFORM event_lock_key(named, letter.plugin, letter.ordering_key);
        UPDATE event e SET state = 'queued', sequence = nextval('event_sequence'), attempts = 0, finished_at = NULL,
            takeable_at = clock_timestamp()
        WHERE e.tenant = named AND e.id = letter.id;
        redriven := redriven + 1;
    END LOOP;
    PERFORM pg_notify('storysign_events', '');
    RETURN redriven;
END $$;

-- outcome: 'done', 'missing' or 'working'. The tenant is named already.
CREATE FUNCTION event_delete(which uuid) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE present text;
BEGIN
    SELECT e.state INTO present FROM event e
    WHERE e.tenant = current_setting('plugins.tenant') AND e.id = which FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'missing';
    ELSIF present = 'working' THEN
        RETURN 'working';
    END IF;
    DELETE FROM event e WHERE e.tenant = current_setting('plugins.tenant') AND e.id = which;
    RETURN 'done';
END $$;

-- One step of the clean-up job: finished events that were kept long enough, at most so many; 0 when none is left.
CREATE FUNCTION event_purge(which_tenant text, keep_done_ms bigint, keep_dead_ms bigint, most int) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone int;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    DELETE FROM event WHERE tenant = which_tenant AND id IN (
        SELECT e.id FROM event e WHERE e.tenant = which_tenant
          AND ((e.state = 'done' AND e.finished_at <= clock_timestamp() - keep_done_ms * interval '1 millisecond')
            OR (e.state = 'dead' AND e.finished_at <= clock_timestamp() - keep_dead_ms * interval '1 millisecond'))
        LIMIT most FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

-- What must cross tenants: which of them have something due, and figures. They run as the owner, whom this policy lets read.

CREATE POLICY owner_reads ON event FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION event_tenants() RETURNS TABLE (tenant text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.tenant FROM tenant t WHERE EXISTS (
        SELECT 1 FROM event e WHERE e.tenant = t.tenant AND e.state IN ('queued', 'working') AND e.takeable_at <= now())
    ORDER BY t.tenant
$$;

-- Of one tenant, or of all when it is NULL.
CREATE FUNCTION event_figures(which_tenant text) RETURNS TABLE (queued bigint, working bigint, dead bigint, oldest_ms bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'working'),
           count(*) FILTER (WHERE state = 'dead'),
           coalesce(greatest(0, (extract(epoch FROM now() - min(created_at) FILTER (WHERE state IN ('queued', 'working'))) * 1000)
                    ::bigint), 0)
    FROM event WHERE state <> 'done' AND (which_tenant IS NULL OR tenant = which_tenant)
$$;

REVOKE ALL ON FUNCTION event_lock_key, event_put, event_take, event_settle, event_redrive, event_delete, event_purge, event_tenants,
    event_figures FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON event TO "${service}";
GRANT USAGE ON SEQUENCE event_sequence TO "${service}";
GRANT EXECUTE ON FUNCTION event_lock_key, event_put, event_take, event_settle, event_redrive, event_delete, event_purge, event_tenants,
    event_figures TO "${service}";
