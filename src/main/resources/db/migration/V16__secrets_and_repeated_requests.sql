-- Secrets of configurations, and requests that are sent again. In the manner of V1.

ALTER TABLE plugin ADD COLUMN config_secrets text NOT NULL DEFAULT '{}' CHECK (config_secrets IS JSON OBJECT);
COMMENT ON COLUMN plugin.config_secrets IS 'what of the configuration is secret: JSON Pointer to sealed text';

-- Requests with an Idempotency-Key. Neither the key nor the answer can be read here: the answer is encrypted with what the key gives.
CREATE TABLE repeated_request (
    tenant      text COLLATE "C" NOT NULL REFERENCES tenant,
    principal   text COLLATE "C" NOT NULL,
    key_hash    text COLLATE "C" NOT NULL CHECK (key_hash ~ '^[0-9a-f]{64}$'),
    fingerprint text COLLATE "C" NOT NULL,
    attempt     uuid NOT NULL,
    lease_ends  timestamptz NOT NULL,
    answer      text,
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant, principal, key_hash)
);
COMMENT ON COLUMN repeated_request.answer IS 'null until the request has ended';
CREATE INDEX repeated_request_expiry ON repeated_request (tenant, expires_at);

ALTER TABLE repeated_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE repeated_request FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON repeated_request USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON repeated_request TO "${service}";

-- outcome: 'begun', 'running' (elsewhere, its lease not over), 'another' (the key came with another request) or 'ended'.
CREATE FUNCTION request_begin(which_tenant text, who text, which_key text, asked text, this_attempt uuid,
                              lasts_ms bigint, lives_ms bigint)
RETURNS TABLE (outcome text, answer text)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    present timestamptz := clock_timestamp();
    known repeated_request;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    INSERT INTO tenant (tenant) VALUES (which_tenant) ON CONFLICT DO NOTHING;
    INSERT INTO repeated_request AS r (tenant, principal, key_hash, fingerprint, attempt, lease_ends, expires_at)
    VALUES (which_tenant, who, which_key, asked, this_attempt, present + lasts_ms * interval '1 millisecond',
            present + lives_ms * interval '1 millisecond')
    ON CONFLICT (tenant, principal, key_hash) DO UPDATE
        SET fingerprint = excluded.fingerprint, attempt = excluded.attempt, lease_ends = excluded.lease_ends,
            expires_at = excluded.expires_at, answer = NULL
        WHERE r.expires_at <= present
           OR (r.answer IS NULL AND r.lease_ends <= present AND r.fingerprint = excluded.fingerprint)
    RETURNING * INTO known;
    IF FOUND THEN
        RETURN QUERY SELECT 'begun', NULL::text;
        RETURN;
    END IF;
    SELECT * INTO STRICT known FROM repeated_request r
    WHERE r.tenant = which_tenant AND r.principal = who AND r.key_hash = which_key;
    RETURN QUERY SELECT CASE WHEN known.fingerprint <> asked THEN 'another'
                             WHEN known.answer IS NULL THEN 'running'
                             ELSE 'ended' END,
                        CASE WHEN known.fingerprint = asked THEN known.answer END;
END $$;

CREATE FUNCTION request_end(which_tenant text, who text, which_key text, this_attempt uuid, its_answer text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    UPDATE repeated_request SET answer = its_answer
    WHERE tenant = which_tenant AND principal = who AND key_hash = which_key AND attempt = this_attempt;
END $$;

CREATE FUNCTION request_forget(which_tenant text, who text, which_key text, this_attempt uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    DELETE FROM repeated_request
    WHERE tenant = which_tenant AND principal = who AND key_hash = which_key AND attempt = this_attempt AND answer IS NULL;
END $$;

CREATE FUNCTION request_purge(which_tenant text, most int) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone int;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    DELETE FROM repeated_request r USING (
        SELECT principal, key_hash FROM repeated_request
        WHERE tenant = which_tenant AND expires_at <= clock_timestamp() LIMIT most) old
    WHERE r.tenant = which_tenant AND r.principal = old.principal AND r.key_hash = old.key_hash;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

REVOKE ALL ON FUNCTION request_begin, request_end, request_forget, request_purge FROM PUBLIC;
GRANT EXECUTE ON FUNCTION request_begin, request_end, request_forget, request_purge TO "${service}";
