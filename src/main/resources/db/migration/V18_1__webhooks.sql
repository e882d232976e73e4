-- Who is told of changes of plugins, and what is still to be told. In the manner of V1.

CREATE TABLE webhook (
    tenant      text COLLATE "C" NOT NULL REFERENCES tenant,
    id          uuid NOT NULL,
    url         text NOT NULL,
    event_types text[] NOT NULL,
    secret      text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, id)
);
COMMENT ON COLUMN webhook.secret IS 'sealed';

CREATE TABLE webhook_delivery (
    tenant      text COLLATE "C" NOT NULL,
    webhook     uuid NOT NULL,
    id          uuid NOT NULL DEFAULT gen_random_uuid(),
    sequence    bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    event_type  text NOT NULL,
    body        text NOT NULL CHECK (body IS JSON OBJECT),
    state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
    attempts    int NOT NULL DEFAULT 0,
    due_at      timestamptz NOT NULL DEFAULT now(),
    created_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    status      int,
    problem     text,
    PRIMARY KEY (tenant, webhook, id),
    FOREIGN KEY (tenant, webhook) REFERENCES webhook ON DELETE CASCADE
);
COMMENT ON COLUMN webhook_delivery.status IS 'what the last attempt was answered; null when it was not';
CREATE INDEX webhook_delivery_due ON webhook_delivery (tenant, due_at) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_finished ON webhook_delivery (tenant, finished_at) WHERE state <> 'waiting';
CREATE INDEX webhook_delivery_order ON webhook_delivery (tenant, webhook, sequence);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['webhook', 'webhook_delivery'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant = current_setting(''plugins.tenant'', true)) '
                       'WITH CHECK (tenant = current_setting(''plugins.tenant'', true))', name);
    END LOOP;
END $$;
GRANT SELECT, INSERT, DELETE, UPDATE (secret) ON webhook TO "${service}";
GRANT SELECT, INSERT, DELETE, UPDATE (state, attempts, due_at, finished_at, status, problem) ON webhook_delivery TO "${service}";

-- What the outside calls an action of the audit trail; NULL for what is told to nobody.
CREATE FUNCTION webhook_event_type(action text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE action
    WHEN 'plugin.install' THEN 'plugin.installed'
    WHEN 'plugin.enable' THEN 'plugin.enabled'
    WHEN 'plugin.disable' THEN 'plugin.disabled'
    WHEN 'plugin.quarantine' THEN 'plugin.quarantined'
    WHEN 'plugin.uninstall' THEN 'plugin.uninstalled'
    WHEN 'release.activate' THEN 'release.activated'
    WHEN 'config.change' THEN 'config.changed'
END;

-- In the transaction of the change: what is committed will be told, and nothing else; an attempt that has only begun is no change yet.
CREATE FUNCTION webhook_outbox() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told text := webhook_event_type(NEW.action);
BEGIN
    INSERT INTO webhook_delivery (tenant, webhook, event_type, body)
    SELECT w.tenant, w.id, told, json_build_object(
        'type', told,
        'timestamp', to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'data', json_build_object('tenant', NEW.tenant, 'plugin_id', regexp_replace(NEW.subject, '^plugin:', ''),
                                  'audit_sequence', NEW.sequence))::text
    FROM webhook w WHERE w.tenant = NEW.tenant AND told = ANY (w.event_types);
    RETURN NULL;
END $$;
-- The facts are looked at as text: the json type refuses the escape of NUL, which texts of others may have. Inside a text the quotes would be
-- escaped, so that nobody can pass a change off as one that has only begun.
CREATE TRIGGER webhook_outbox AFTER INSERT ON audit_log FOR EACH ROW
    WHEN (NEW.subject LIKE 'plugin:%' AND NEW.facts NOT LIKE '%"phase":"begun"%') EXECUTE FUNCTION webhook_outbox();

-- Takes what is due, at most so many: who took it has the lease's time to settle it, then it is due again.
CREATE FUNCTION webhook_take(which_tenant text, most int, lease_ms bigint)
RETURNS TABLE (webhook uuid, id uuid, attempt int, body text, url text, secret text)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY
    UPDATE webhook_delivery d
    SET attempts = d.attempts + 1, due_at = clock_timestamp() + lease_ms * interval '1 millisecond'
    FROM (SELECT w.webhook, w.id FROM webhook_delivery w
          WHERE w.tenant = which_tenant AND w.state = 'waiting' AND w.due_at <= clock_timestamp()
          ORDER BY w.due_at LIMIT most FOR UPDATE SKIP LOCKED) due, webhook h
    WHERE d.tenant = which_tenant AND d.webhook = due.webhook AND d.id = due.id AND h.tenant = which_tenant AND h.id = d.webhook
    RETURNING d.webhook, d.id, d.attempts, d.body, h.url, h.secret;
END $$;

-- How an attempt ended; nothing changes when another attempt was begun meanwhile. pause_ms: until the next one, when it is to be made.
CREATE FUNCTION webhook_settle(which_tenant text, which_webhook uuid, which uuid, its_attempt int, becomes text, answered int,
                               why text, pause_ms bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    UPDATE webhook_delivery SET
        state = becomes, status = answered, problem = why,
        due_at = clock_timestamp() + pause_ms * interval '1 millisecond',
        finished_at = CASE WHEN becomes <> 'waiting' THEN clock_timestamp() END
    WHERE tenant = which_tenant AND webhook = which_webhook AND id = which AND attempts = its_attempt AND state = 'waiting';
END $$;

CREATE FUNCTION webhook_purge(which_tenant text, keeps_ms bigint, most int) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone int;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    DELETE FROM webhook_delivery d USING (
        SELECT webhook, id FROM webhook_delivery
        WHERE tenant = which_tenant AND state <> 'waiting'
          AND finished_at < clock_timestamp() - keeps_ms * interval '1 millisecond' LIMIT most) old
    WHERE d.tenant = which_tenant AND d.webhook = old.webhook AND d.id = old.id;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

-- What must cross tenants: who has something due.
CREATE POLICY owner_reads ON webhook_delivery FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION webhook_tenants() RETURNS TABLE (tenant text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT DISTINCT tenant FROM webhook_delivery WHERE state = 'waiting' AND due_at <= clock_timestamp() $$;

REVOKE ALL ON FUNCTION webhook_event_type, webhook_outbox, webhook_take, webhook_settle, webhook_purge, webhook_tenants FROM PUBLIC;
GRANT EXECUTE ON FUNCTION webhook_event_type, webhook_outbox, webhook_take, webhook_settle, webhook_purge, webhook_tenants
    TO "${service}";
