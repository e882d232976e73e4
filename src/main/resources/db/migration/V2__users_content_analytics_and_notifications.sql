-- The platform's services as this database embeds them: the product's users and content, what plugins log about use, and what they
-- tell users. As in migration 1: every table carries the tenant and forces row-level security; what guests do is one function, one
-- statement, one transaction.

CREATE TABLE product_user (
    tenant      text COLLATE "C" NOT NULL REFERENCES tenant,
    user_id     text COLLATE "C" NOT NULL CHECK (length(user_id) BETWEEN 1 AND 200),
    profile     text NOT NULL DEFAULT '{}' CHECK (profile IS JSON OBJECT),
    progress    text NOT NULL DEFAULT '{}' CHECK (progress IS JSON OBJECT),
    preferences text NOT NULL DEFAULT '{}' CHECK (preferences IS JSON OBJECT),
    revision    bigint NOT NULL CHECK (revision > 0),
    PRIMARY KEY (tenant, user_id)
);

-- In which words a text of this language is searched.
CREATE FUNCTION content_words(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
RETURN CASE language
    WHEN 'da' THEN 'danish'::regconfig WHEN 'de' THEN 'german'::regconfig WHEN 'en' THEN 'english'::regconfig
    WHEN 'es' THEN 'spanish'::regconfig WHEN 'fi' THEN 'finnish'::regconfig WHEN 'fr' THEN 'french'::regconfig
    WHEN 'hu' THEN 'hungarian'::regconfig WHEN 'it' THEN 'italian'::regconfig WHEN 'nl' THEN 'dutch'::regconfig
    WHEN 'no' THEN 'norwegian'::regconfig WHEN 'pt' THEN 'portuguese'::regconfig WHEN 'ro' THEN 'romanian'::regconfig
    WHEN 'ru' THEN 'russian'::regconfig WHEN 'sv' THEN 'swedish'::regconfig WHEN 'tr' THEN 'turkish'::regconfig
    ELSE 'simple'::regconfig END;

-- The words of a text as they stand, and as its language bends them: a search without a language finds the former.
CREATE FUNCTION content_vector(language text, title text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
RETURN setweight(to_tsvector('simple'::regconfig, title) || to_tsvector(content_words(language), title), 'A')
    || setweight(to_tsvector('simple'::regconfig, body) || to_tsvector(content_words(language), body), 'B');

CREATE TABLE content (
    tenant     text COLLATE "C" NOT NULL REFERENCES tenant,
    id         text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 200),
    number     bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    kind       text COLLATE "C" NOT NULL,
    language   text COLLATE "C" NOT NULL,
    title      text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    body       text NOT NULL CHECK (octet_length(body) <= 65536),
    user_id    text COLLATE "C" NOT NULL,
    plugin     text COLLATE "C" NOT NULL,
    revision   bigint NOT NULL CHECK (revision > 0),
    created_at timestamptz NOT NULL,
    words      tsvector NOT NULL GENERATED ALWAYS AS (content_vector(language, title, body)) STORED,
    PRIMARY KEY (tenant, id)
);
COMMENT ON COLUMN content.number IS 'the order of creation, for paging';
COMMENT ON COLUMN content.user_id IS 'whose it is; empty for what all of the tenant''s users share';
COMMENT ON COLUMN content.plugin IS 'which plugin made it; empty for the product';
-- No GIN index on the words: @@ is not leakproof, so that no plan may ask an index with it before the policy has chosen the tenant's
-- rows. Measured: 10,000 items of 2 KiB are searched in 13 ms (few fit) to 77 ms (all fit), with such an index or without.
CREATE INDEX content_order ON content (tenant, user_id, number DESC);
CREATE INDEX content_plugin ON content (tenant, plugin) WHERE plugin <> '';

CREATE TABLE analytics_usage (
    tenant text COLLATE "C" NOT NULL REFERENCES tenant,
    plugin text COLLATE "C" NOT NULL,
    day    date NOT NULL,
    events int NOT NULL CHECK (events >= 0),
    PRIMARY KEY (tenant, plugin, day)
);

CREATE TABLE analytics_event (
    tenant     text COLLATE "C" NOT NULL REFERENCES tenant,
    number     bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    plugin     text COLLATE "C" NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    name       text COLLATE "C" NOT NULL,
    properties text NOT NULL CHECK (properties IS JSON OBJECT AND octet_length(properties) <= 4096),
    at         timestamptz NOT NULL,
    PRIMARY KEY (tenant, number)
);
COMMENT ON COLUMN analytics_event.user_id IS 'empty for a call on nobody''s behalf';
CREATE INDEX analytics_event_user ON analytics_event (tenant, user_id, plugin, number DESC);
CREATE INDEX analytics_event_age ON analytics_event (tenant, at);

CREATE TABLE notification (
    tenant     text COLLATE "C" NOT NULL REFERENCES tenant,
    number     bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    plugin     text COLLATE "C" NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('notice', 'toast')),
    level      text NOT NULL CHECK (level IN ('info', 'success', 'warning', 'error')),
    title      text NOT NULL,
    body       text NOT NULL,
    link       text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    read_at    timestamptz,
    PRIMARY KEY (tenant, number)
);
CREATE INDEX notification_user ON notification (tenant, user_id, number DESC);
CREATE INDEX notification_expiry ON notification (tenant, expires_at);

-- For erasing a user: what all of a tenant's plugins keep for them.
CREATE INDEX plugin_data_user ON plugin_data (tenant, user_id) WHERE user_id <> '';

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['product_user', 'content', 'analytics_usage', 'analytics_event', 'notification'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant = current_setting(''plugins.tenant'', true)) '
                       'WITH CHECK (tenant = current_setting(''plugins.tenant'', true))', name);
    END LOOP;
END $$;

-- Names the tenant for this transaction, and makes it known if it is new.
CREATE FUNCTION service_tenant(which_tenant text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    INSERT INTO tenant (tenant) VALUES (which_tenant) ON CONFLICT DO NOTHING;
END $$;

-- Users.

CREATE FUNCTION user_find(which_tenant text, which_user text) RETURNS SETOF product_user
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY SELECT * FROM product_user u WHERE u.tenant = which_tenant AND u.user_id = which_user;
END $$;

-- NULL for profile, progress or preferences leaves them. condition: -1 always, 0 only when new, else only at this revision.
-- outcome: 'done' or 'condition'.
CREATE FUNCTION user_put(which_tenant text, which_user text, new_profile text, new_progress text, new_preferences text,
                         condition bigint)
RETURNS TABLE (outcome text, new_revision bigint, created boolean)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE present product_user;
BEGIN
    PERFORM service_tenant(which_tenant);
    -- A row that two make at once is made by one; the other waits here and then finds it.
    INSERT INTO product_user (tenant, user_id, profile, progress, preferences, revision)
    SELECT which_tenant, which_user, coalesce(new_profile, '{}'), coalesce(new_progress, '{}'),
           coalesce(new_preferences, '{}'), 1
    WHERE condition <= 0
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
        RETURN QUERY SELECT 'done', 1::bigint, true;
        RETURN;
    END IF;
    SELECT * INTO present FROM product_user WHERE tenant = which_tenant AND user_id = which_user FOR UPDATE;
    IF present.revision IS NULL OR condition = 0 OR (condition > 0 AND present.revision <> condition) THEN
        RETURN QUERY SELECT 'condition', 0::bigint, false;
        RETURN;
    END IF;
    UPDATE product_user SET profile = coalesce(new_profile, profile), progress = coalesce(new_progress, progress),
           preferences = coalesce(new_preferences, preferences), revision = present.revision + 1
    WHERE tenant = which_tenant AND user_id = which_user;
    RETURN QUERY SELECT 'done', present.revision + 1, false;
END $$;

-- Puts each member of the patch in the place of the preference of that name; null takes it away. condition as above.
-- outcome: 'done', 'condition' or 'bytes' (they would have become larger than that).
CREATE FUNCTION user_prefer(which_tenant text, which_user text, patch text, condition bigint, most_bytes int)
RETURNS TABLE (outcome text, new_revision bigint, merged text)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE present product_user; result text;
BEGIN
    PERFORM service_tenant(which_tenant);
    IF condition <= 0 THEN
        INSERT INTO product_user (tenant, user_id, revision) VALUES (which_tenant, which_user, 1) ON CONFLICT DO NOTHING;
    END IF;
    SELECT * INTO present FROM product_user WHERE tenant = which_tenant AND user_id = which_user FOR UPDATE;
    IF present.revision IS NULL OR (condition > 0 AND present.revision <> condition) THEN
        RETURN QUERY SELECT 'condition', 0::bigint, '';
        RETURN;
    END IF;
    SELECT coalesce(jsonb_object_agg(key, value), '{}')::text INTO result
    FROM jsonb_each(present.preferences::jsonb || patch::jsonb) WHERE value <> 'null';
    IF octet_length(result) > most_bytes THEN
        RETURN QUERY SELECT 'bytes', 0::bigint, '';
        RETURN;
    END IF;
    UPDATE product_user SET preferences = result, revision = present.revision + 1
    WHERE tenant = which_tenant AND user_id = which_user;
    RETURN QUERY SELECT 'done', present.revision + 1, result;
END $$;

-- Content. A user sees what is theirs and what all share.

CREATE FUNCTION content_get(which_tenant text, which_user text, which_id text) RETURNS SETOF content
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY SELECT * FROM content c
    WHERE c.tenant = which_tenant AND c.id = which_id AND (which_user IS NULL OR c.user_id IN ('', which_user));
END $$;

-- The newest first, before that number; of the body what an excerpt shows.
CREATE FUNCTION content_page(which_tenant text, which_user text, which_kind text, before bigint, most int)
RETURNS TABLE (number bigint, id text, kind text, language text, title text, body text, user_id text, plugin text,
               revision bigint, created_at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY SELECT c.number, c.id, c.kind, c.language, c.title, left(c.body, 200), c.user_id, c.plugin, c.revision,
                        c.created_at FROM content c
    WHERE c.tenant = which_tenant AND c.user_id IN ('', which_user) AND (which_kind IS NULL OR c.kind = which_kind)
      AND c.number < before
    ORDER BY c.number DESC LIMIT most;
END $$;

-- What fits the words best first, after that many; words as people type them: "a phrase", or, -without.
CREATE FUNCTION content_find(which_tenant text, which_user text, which_kind text, which_language text, wanted text,
                             skipped bigint, most int)
RETURNS TABLE (number bigint, id text, kind text, language text, title text, body text, user_id text, plugin text,
               revision bigint, created_at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    config regconfig := content_words(which_language);
    query tsquery := websearch_to_tsquery('simple'::regconfig, wanted) || websearch_to_tsquery(config, wanted);
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY SELECT c.number, c.id, c.kind, c.language, c.title, left(c.body, 200), c.user_id, c.plugin, c.revision,
                        c.created_at FROM content c
    WHERE c.tenant = which_tenant AND c.user_id IN ('', which_user) AND (which_kind IS NULL OR c.kind = which_kind)
      AND (which_language = '' OR c.language = which_language) AND c.words @@ query
    ORDER BY ts_rank(c.words, query) DESC, c.number DESC OFFSET skipped LIMIT most;
END $$;

-- A plugin's item, for a user; false when the plugin has made as many as it may.
CREATE FUNCTION content_create(which_tenant text, which_plugin text, which_user text, new_id text, new_kind text,
                               new_language text, new_title text, new_body text, most bigint)
RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM service_tenant(which_tenant);
    PERFORM pg_advisory_xact_lock(hashtextextended('content:' || which_tenant || ':' || which_plugin, 0));
    IF (SELECT count(*) FROM content c WHERE c.tenant = which_tenant AND c.plugin = which_plugin) >= most THEN
        RETURN false;
    END IF;
    INSERT INTO content (tenant, id, kind, language, title, body, user_id, plugin, revision, created_at)
    VALUES (which_tenant, new_id, new_kind, new_language, new_title, new_body, which_user, which_plugin, 1,
            clock_timestamp());
    RETURN true;
END $$;

-- The product's item. condition: -1 always, 0 only when new, else only at this revision. outcome: 'done' or 'condition'.
CREATE FUNCTION content_put(which_tenant text, which_id text, new_user text, new_kind text, new_language text,
                            new_title text, new_body text, condition bigint)
RETURNS TABLE (outcome text, new_revision bigint, created boolean)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE present bigint;
BEGIN
    PERFORM service_tenant(which_tenant);
    INSERT INTO content (tenant, id, kind, language, title, body, user_id, plugin, revision, created_at)
    SELECT which_tenant, which_id, new_kind, new_language, new_title, new_body, new_user, '', 1, clock_timestamp()
    WHERE condition <= 0
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
        RETURN QUERY SELECT 'done', 1::bigint, true;
        RETURN;
    END IF;
    SELECT c.revision INTO present FROM content c WHERE c.tenant = which_tenant AND c.id = which_id FOR UPDATE;
    IF present IS NULL OR condition = 0 OR (condition > 0 AND present <> condition) THEN
        RETURN QUERY SELECT 'condition', 0::bigint, false;
        RETURN;
    END IF;
    UPDATE content c SET kind = new_kind, language = new_language, title = new_title, body = new_body,
           user_id = new_user, revision = present + 1
    WHERE c.tenant = which_tenant AND c.id = which_id;
    RETURN QUERY SELECT 'done', present + 1, false;
END $$;

-- outcome: 'done', 'condition' or 'missing'.
CREATE FUNCTION content_delete(which_tenant text, which_id text, condition bigint)
RETURNS TABLE (outcome text, old_revision bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE present bigint;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    SELECT c.revision INTO present FROM content c WHERE c.tenant = which_tenant AND c.id = which_id FOR UPDATE;
    IF condition > 0 AND present IS DISTINCT FROM condition THEN
        RETURN QUERY SELECT 'condition', 0::bigint;
    ELSIF present IS NULL THEN
        RETURN QUERY SELECT 'missing', 0::bigint;
    ELSE
        DELETE FROM content c WHERE c.tenant = which_tenant AND c.id = which_id;
        RETURN QUERY SELECT 'done', present;
    END IF;
END $$;

-- Analytics. Events are only ever added: the service may insert and read them; they go by age, with their user or
-- with their plugin, by the three functions that run as the owner (row-level security is forced on it too).

-- False when the plugin has logged as many today (UTC) as it may.
CREATE FUNCTION analytics_append(which_tenant text, which_plugin text, which_user text, new_name text, new_properties text,
                                 most_a_day int)
RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
BEGIN
    PERFORM service_tenant(which_tenant);
    INSERT INTO analytics_usage AS u (tenant, plugin, day, events) VALUES (which_tenant, which_plugin, today, 1)
    ON CONFLICT (tenant, plugin, day) DO UPDATE SET events = u.events + 1 WHERE u.events < most_a_day;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO analytics_event (tenant, plugin, user_id, name, properties, at)
    VALUES (which_tenant, which_plugin, which_user, new_name, new_properties, clock_timestamp());
    RETURN true;
END $$;

-- What a plugin logged for a user, the newest first, before that number.
CREATE FUNCTION analytics_page(which_tenant text, which_plugin text, which_user text, which_name text, before bigint, most int)
RETURNS TABLE (number bigint, name text, properties text, at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY SELECT e.number, e.name, e.properties, e.at FROM analytics_event e
    WHERE e.tenant = which_tenant AND e.plugin = which_plugin AND e.user_id = which_user
      AND (which_name IS NULL OR e.name = which_name) AND e.number < before
    ORDER BY e.number DESC LIMIT most;
END $$;

CREATE FUNCTION analytics_expire(which_tenant text, days int, most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone int;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    DELETE FROM analytics_usage WHERE tenant = which_tenant AND day < (now() AT TIME ZONE 'UTC')::date - greatest(days, 1);
    DELETE FROM analytics_event e USING (
        SELECT number FROM analytics_event
        WHERE tenant = which_tenant AND at < clock_timestamp() - greatest(days, 1) * interval '1 day' LIMIT most) old
    WHERE e.tenant = which_tenant AND e.number = old.number;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

CREATE FUNCTION analytics_erase(which_tenant text, which_user text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone bigint;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    DELETE FROM analytics_event WHERE tenant = which_tenant AND user_id = which_user AND which_user <> '';
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

-- Notifications.

-- Keeps one and forgets the oldest of this kind that the plugin told this user beyond so many. Answers its number.
CREATE FUNCTION notification_add(which_tenant text, which_plugin text, which_user text, new_kind text, new_level text,
                                 new_title text, new_body text, new_link text, lives_ms bigint, most int)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE added bigint;
BEGIN
    PERFORM service_tenant(which_tenant);
    INSERT INTO notification (tenant, plugin, user_id, kind, level, title, body, link, created_at, expires_at)
    VALUES (which_tenant, which_plugin, which_user, new_kind, new_level, new_title, new_body, new_link,
            clock_timestamp(), clock_timestamp() + lives_ms * interval '1 millisecond')
    RETURNING number INTO added;
    DELETE FROM notification n USING (
        SELECT number FROM notification
        WHERE tenant = which_tenant AND user_id = which_user AND plugin = which_plugin AND kind = new_kind
        ORDER BY number DESC OFFSET most) old
    WHERE n.tenant = which_tenant AND n.number = old.number;
    RETURN added;
END $$;

CREATE FUNCTION notification_page(which_tenant text, which_user text, only_unread boolean, before bigint, most int)
RETURNS SETOF notification
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY SELECT * FROM notification n
    WHERE n.tenant = which_tenant AND n.user_id = which_user AND n.number < before
      AND n.expires_at > clock_timestamp() AND (NOT only_unread OR n.read_at IS NULL)
    ORDER BY n.number DESC LIMIT most;
END $$;

-- Whether there is such a one. What was read stays read since then.
CREATE FUNCTION notification_read(which_tenant text, which_user text, which_number bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    UPDATE notification SET read_at = coalesce(read_at, clock_timestamp())
    WHERE tenant = which_tenant AND user_id = which_user AND number = which_number AND expires_at > clock_timestamp();
    RETURN FOUND;
END $$;

CREATE FUNCTION notification_expire(which_tenant text, most int) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone int;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    DELETE FROM notification n USING (
        SELECT number FROM notification WHERE tenant = which_tenant AND expires_at <= clock_timestamp() LIMIT most) old
    WHERE n.tenant = which_tenant AND n.number = old.number;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

-- All that is kept about one user, across plugins and services.

-- A page of it: so many documents (one JSON object each), but none more once they have 8 MiB together. part: 'analytics',
-- 'content', 'data', 'notification' or 'user'.
CREATE FUNCTION user_export(which_tenant text, which_user text, skipped bigint, most int)
RETURNS TABLE (part text, document text)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY
    WITH parts (kind, place, json) AS (
        SELECT 'user', '', json_build_object('profile', u.profile::json, 'progress', u.progress::json,
                                             'preferences', u.preferences::json)::text
        FROM product_user u WHERE u.tenant = which_tenant AND u.user_id = which_user
        UNION ALL
        SELECT 'data', d.plugin || '/' || d.key,
               json_build_object('plugin', d.plugin, 'key', d.key, 'value', d.value::json)::text
        FROM plugin_data d WHERE d.tenant = which_tenant AND d.user_id = which_user AND d.user_id <> ''
          AND (d.expires_at IS NULL OR d.expires_at > clock_timestamp())
        UNION ALL
        SELECT 'content', c.id, json_build_object('id', c.id, 'plugin', nullif(c.plugin, ''), 'kind', c.kind,
                                                  'language', c.language, 'title', c.title, 'text', c.body,
                                                  'created_at', c.created_at)::text
        FROM content c WHERE c.tenant = which_tenant AND c.user_id = which_user AND c.user_id <> ''
        UNION ALL
        SELECT 'analytics', lpad(e.number::text, 19, '0'),
               json_build_object('plugin', e.plugin, 'name', e.name, 'properties', e.properties::json, 'at', e.at)::text
        FROM analytics_event e WHERE e.tenant = which_tenant AND e.user_id = which_user AND e.user_id <> ''
        UNION ALL
        SELECT 'notification', lpad(n.number::text, 19, '0'),
               json_build_object('plugin', n.plugin, 'kind', n.kind, 'level', n.level, 'title', n.title, 'body', n.body,
                                 'link', nullif(n.link, ''), 'created_at', n.created_at, 'read_at', n.read_at)::text
        FROM notification n WHERE n.tenant = which_tenant AND n.user_id = which_user AND n.expires_at > clock_timestamp()),
    page AS (SELECT p.kind, p.place, p.json FROM parts p ORDER BY p.kind, p.place OFFSET skipped LIMIT most),
    sized AS (SELECT p.kind, p.place, p.json,
                     sum(octet_length(p.json)) OVER (ORDER BY p.kind, p.place) - octet_length(p.json) AS before FROM page p)
    SELECT z.kind, z.json FROM sized z WHERE z.before <= 8388608 ORDER BY z.kind, z.place;
END $$;

-- Removes all of it; answers how much of each there was. Plugins' usage is put right for each in the order of their names.
CREATE FUNCTION user_erase(which_tenant text, which_user text)
RETURNS TABLE (users bigint, keys bigint, items bigint, events bigint, notices bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE which_plugin text; gone_keys bigint; gone_bytes bigint;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    IF which_user = '' THEN
        RAISE EXCEPTION 'a user has a name';
    END IF;
    keys := 0;
    FOR which_plugin IN SELECT DISTINCT d.plugin FROM plugin_data d
                        WHERE d.tenant = which_tenant AND d.user_id = which_user ORDER BY d.plugin LOOP
        PERFORM data_usage_lock(which_tenant, which_plugin);
        WITH gone AS (DELETE FROM plugin_data d
                      WHERE d.tenant = which_tenant AND d.plugin = which_plugin AND d.user_id = which_user RETURNING d.bytes)
        SELECT count(*), coalesce(sum(bytes), 0) INTO gone_keys, gone_bytes FROM gone;
        UPDATE plugin_usage u SET keys = u.keys - gone_keys, bytes = u.bytes - gone_bytes
        WHERE u.tenant = which_tenant AND u.plugin = which_plugin;
        keys := keys + gone_keys;
    END LOOP;
    DELETE FROM product_user u WHERE u.tenant = which_tenant AND u.user_id = which_user;
    GET DIAGNOSTICS users = ROW_COUNT;
    DELETE FROM content c WHERE c.tenant = which_tenant AND c.user_id = which_user;
    GET DIAGNOSTICS items = ROW_COUNT;
    DELETE FROM notification n WHERE n.tenant = which_tenant AND n.user_id = which_user;
    GET DIAGNOSTICS notices = ROW_COUNT;
    events := analytics_erase(which_tenant, which_user);
    RETURN NEXT;
END $$;

-- What a plugin logged, when it goes: whoever comes under its name must not read it.
CREATE FUNCTION analytics_clear(which_tenant text, which_plugin text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone bigint;
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    DELETE FROM analytics_event WHERE tenant = which_tenant AND plugin = which_plugin;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

-- As in migration 1, and what the plugin logged and told; content it made belongs to the users.
CREATE OR REPLACE FUNCTION data_clear(which_tenant text, which_plugin text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE before plugin_usage := data_usage_lock(which_tenant, which_plugin);
BEGIN
    DELETE FROM plugin_data WHERE tenant = which_tenant AND plugin = which_plugin;
    UPDATE plugin_usage SET keys = 0, bytes = 0 WHERE tenant = which_tenant AND plugin = which_plugin;
    DELETE FROM notification WHERE tenant = which_tenant AND plugin = which_plugin;
    PERFORM analytics_clear(which_tenant, which_plugin);
    RETURN before.keys;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON product_user, content, notification TO "${service}";
GRANT SELECT, INSERT, UPDATE ON analytics_usage TO "${service}";
GRANT SELECT, INSERT ON analytics_event TO "${service}";
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO "${service}";
