-- What a plugin has used of text models on each day of UTC: tokens, and money in millionths of the operator's currency. What a
-- prompt may come to is added before the model is asked and replaced by what it came to afterwards.

CREATE TABLE ai_usage (
    tenant text COLLATE "C" NOT NULL REFERENCES tenant,
    plugin text COLLATE "C" NOT NULL,
    day    date NOT NULL,
    tokens bigint NOT NULL CHECK (tokens >= 0),
    micros bigint NOT NULL CHECK (micros >= 0),
    PRIMARY KEY (tenant, plugin, day)
);

ALTER TABLE ai_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE ai_usage FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON ai_usage USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));

-- Adds, when the sums stay within the limits; answers whether it did. Years of days are kept: they are few and say what was paid.
CREATE FUNCTION ai_reserve(which_tenant text, which_plugin text, which_day date, add_tokens bigint, add_micros bigint,
                           most_tokens bigint, most_micros bigint)
RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    INSERT INTO tenant (tenant) VALUES (which_tenant) ON CONFLICT DO NOTHING;
    INSERT INTO ai_usage VALUES (which_tenant, which_plugin, which_day, 0, 0) ON CONFLICT DO NOTHING;
    UPDATE ai_usage SET tokens = tokens + add_tokens, micros = micros + add_micros
    WHERE tenant = which_tenant AND plugin = which_plugin AND day = which_day
      AND add_tokens <= most_tokens - tokens AND add_micros <= most_micros - micros;
    RETURN FOUND;
END $$;

CREATE FUNCTION ai_settle(which_tenant text, which_plugin text, which_day date, more_tokens bigint, more_micros bigint)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    UPDATE ai_usage SET tokens = greatest(0, tokens + more_tokens), micros = greatest(0, micros + more_micros)
    WHERE tenant = which_tenant AND plugin = which_plugin AND day = which_day;
END $$;

REVOKE ALL ON FUNCTION ai_reserve, ai_settle FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ai_reserve, ai_settle TO "${service}";
GRANT SELECT, INSERT, UPDATE ON ai_usage TO "${service}";
