-- The virtual directory of each plugin. In the manner of V1: one call is one statement is one transaction; the usage row is locked
-- first, and files count against the same quotas as keys do.

CREATE TABLE plugin_file (
    tenant      text COLLATE "C" NOT NULL,
    plugin      text COLLATE "C" NOT NULL,
    path        text COLLATE "C" NOT NULL CHECK (octet_length(path) BETWEEN 1 AND 255),
    parent      text COLLATE "C" NOT NULL GENERATED ALWAYS AS (regexp_replace(path, '/?[^/]*$', '')) STORED,
    directory   boolean NOT NULL,
    content     bytea NOT NULL DEFAULT '',
    bytes       bigint NOT NULL GENERATED ALWAYS AS (octet_length(path) + octet_length(content)) STORED,
    modified_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, plugin, path),
    FOREIGN KEY (tenant, plugin) REFERENCES plugin_usage,
    CHECK (NOT directory OR content = '')
);
COMMENT ON COLUMN plugin_file.path IS 'names with slashes between; the directory itself is no row';
-- So that a range of a file is read without the rest of it.
ALTER TABLE plugin_file ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX plugin_file_parent ON plugin_file (tenant, plugin, parent, path);

ALTER TABLE plugin_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE plugin_file FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON plugin_file USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));

CREATE FUNCTION file_find(which_tenant text, which_plugin text, which_path text)
RETURNS TABLE (name text, directory boolean, size bigint, modified_at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    IF which_path = '' THEN
        RETURN QUERY SELECT '', true, 0::bigint, to_timestamp(0);
        RETURN;
    END IF;
    RETURN QUERY SELECT regexp_replace(f.path, '^.*/', ''), f.directory, octet_length(f.content)::bigint, f.modified_at
    FROM plugin_file f WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND f.path = which_path;
END $$;

-- No row says that there is no such directory; one without a name that it is there.
CREATE FUNCTION file_list(which_tenant text, which_plugin text, which_path text)
RETURNS TABLE (name text, directory boolean, size bigint, modified_at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT NULL::text, f.directory, 0::bigint, f.modified_at FROM file_find(which_tenant, which_plugin, which_path) f;
    RETURN QUERY SELECT regexp_replace(f.path, '^.*/', ''), f.directory, octet_length(f.content)::bigint, f.modified_at
    FROM plugin_file f WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND f.parent = which_path ORDER BY f.path;
END $$;

-- Bytes from a place on; at most so many.
CREATE FUNCTION file_read(which_tenant text, which_plugin text, which_path text, place bigint, most int)
RETURNS TABLE (directory boolean, content bytea)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('plugins.tenant', which_tenant, true);
    RETURN QUERY SELECT f.directory, CASE WHEN place >= octet_length(f.content) THEN ''::bytea
                                          ELSE substring(f.content FROM place::int + 1 FOR most) END
    FROM plugin_file f WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND f.path = which_path;
END $$;

-- Puts a file or directory in its place, new or not, within the quotas: 'done' or 'quota'. The usage row is locked already.
CREATE FUNCTION file_put(which_tenant text, which_plugin text, which_path text, is_directory boolean, new_content bytea,
                         most_keys bigint, most_bytes bigint) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    usage plugin_usage;
    old_bytes bigint;
    added_keys int;
    added_bytes bigint;
BEGIN
    SELECT * INTO STRICT usage FROM plugin_usage WHERE tenant = which_tenant AND plugin = which_plugin;
    SELECT bytes INTO old_bytes FROM plugin_file WHERE tenant = which_tenant AND plugin = which_plugin AND path = which_path;
    added_keys := CASE WHEN old_bytes IS NULL THEN 1 ELSE 0 END;
    added_bytes := octet_length(which_path) + octet_length(new_content) - coalesce(old_bytes, 0);
    IF (added_keys > 0 AND usage.keys + added_keys > most_keys) OR (added_bytes > 0 AND usage.bytes + added_bytes > most_bytes) THEN
        -- What has expired does not count.
        IF data_expire(which_tenant, which_plugin, 2147483647) > 0 THEN
            RETURN file_put(which_tenant, which_plugin, which_path, is_directory, new_content, most_keys, most_bytes);
        END IF;
        RETURN 'quota';
    END IF;
    INSERT INTO plugin_file AS f (tenant, plugin, path, directory, content, modified_at)
    VALUES (which_tenant, which_plugin, which_path, is_directory, new_content, clock_timestamp())
    ON CONFLICT (tenant, plugin, path) DO UPDATE SET content = excluded.content, modified_at = excluded.modified_at;
    UPDATE plugin_usage SET keys = keys + added_keys, bytes = bytes + added_bytes
    WHERE tenant = which_tenant AND plugin = which_plugin;
    RETURN 'done';
END $$;

-- what: 'create' (place 0 keeps, 1 empties, 2 refuses one that is there), 'write' (at place), 'append', 'resize' (to place),
-- 'make-directory'. outcome: 'done', 'missing', 'exists', 'directory', 'not-directory', 'large' or 'quota'.
CREATE FUNCTION file_write(which_tenant text, which_plugin text, which_path text, what text, place bigint, added bytea,
                           largest bigint, most_keys bigint, most_bytes bigint)
RETURNS TABLE (outcome text, size bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    stored plugin_file;
    there boolean;
    begins bigint := place;
    next bytea := '';
BEGIN
    PERFORM data_usage_lock(which_tenant, which_plugin);
    SELECT * INTO stored FROM plugin_file f WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND f.path = which_path;
    there := FOUND;
    IF what IN ('create', 'make-directory') THEN
        IF there AND (what = 'make-directory' OR place = 2) THEN
            RETURN QUERY SELECT 'exists', 0::bigint; RETURN;
        ELSIF there AND stored.directory THEN
            RETURN QUERY SELECT 'directory', 0::bigint; RETURN;
        ELSIF there AND place = 0 THEN
            RETURN QUERY SELECT 'done', octet_length(stored.content)::bigint; RETURN;
        ELSIF NOT there THEN
            outcome := file_folder(which_tenant, which_plugin, which_path);
            IF outcome <> 'done' THEN
                RETURN QUERY SELECT outcome, 0::bigint; RETURN;
            END IF;
        END IF;
    ELSIF NOT there THEN
        RETURN QUERY SELECT 'missing', 0::bigint; RETURN;
    ELSIF stored.directory THEN
        RETURN QUERY SELECT 'directory', 0::bigint; RETURN;
    ELSE
        IF what = 'append' THEN
            begins := octet_length(stored.content);
        END IF;
        IF begins > largest OR begins + octet_length(added) > largest THEN
            RETURN QUERY SELECT 'large', 0::bigint; RETURN;
        END IF;
        next := substring(stored.content FROM 1 FOR begins::int);
        IF octet_length(next) < begins THEN
            next := next || decode(repeat('00', (begins - octet_length(next))::int), 'hex');
        END IF;
        IF what <> 'resize' THEN
            next := next || added || substring(stored.content FROM (begins + octet_length(added))::int + 1);
        END IF;
    END IF;
    outcome := file_put(which_tenant, which_plugin, which_path, what = 'make-directory', next, most_keys, most_bytes);
    RETURN QUERY SELECT outcome, octet_length(next)::bigint;
END $$;

-- Whether what a path is in is there: 'done', 'missing' or 'not-directory'.
CREATE FUNCTION file_folder(which_tenant text, which_plugin text, which_path text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE is_directory boolean;
BEGIN
    SELECT f.directory INTO is_directory
    FROM file_find(which_tenant, which_plugin, regexp_replace(which_path, '/?[^/]*$', '')) f;
    RETURN CASE WHEN is_directory IS NULL THEN 'missing' WHEN is_directory THEN 'done' ELSE 'not-directory' END;
END $$;

-- what: 'file' or 'directory', which must be empty.
CREATE FUNCTION file_remove(which_tenant text, which_plugin text, which_path text, what text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE stored plugin_file;
BEGIN
    PERFORM data_usage_lock(which_tenant, which_plugin);
    SELECT * INTO stored FROM plugin_file f WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND f.path = which_path;
    IF NOT FOUND THEN
        RETURN 'missing';
    ELSIF stored.directory AND what = 'file' THEN
        RETURN 'directory';
    ELSIF NOT stored.directory AND what = 'directory' THEN
        RETURN 'not-directory';
    ELSIF EXISTS (SELECT FROM plugin_file f WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND f.parent = which_path) THEN
        RETURN 'not-empty';
    END IF;
    DELETE FROM plugin_file f WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND f.path = which_path;
    UPDATE plugin_usage SET keys = keys - 1, bytes = bytes - stored.bytes WHERE tenant = which_tenant AND plugin = which_plugin;
    RETURN 'done';
END $$;

-- With everything below it. 'invalid': into itself, or a path would be too long.
CREATE FUNCTION file_rename(which_tenant text, which_plugin text, which_path text, new_path text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    stored plugin_file;
    target plugin_file;
    longest int;
    below int;
    folder text;
BEGIN
    PERFORM data_usage_lock(which_tenant, which_plugin);
    SELECT * INTO stored FROM plugin_file f WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND f.path = which_path;
    IF NOT FOUND THEN
        RETURN 'missing';
    ELSIF new_path = which_path THEN
        RETURN 'done';
    ELSIF new_path = '' OR starts_with(new_path, which_path || '/') THEN
        RETURN 'invalid';
    END IF;
    folder := file_folder(which_tenant, which_plugin, new_path);
    IF folder <> 'done' THEN
        RETURN folder;
    END IF;
    SELECT max(octet_length(f.path)), count(*) INTO longest, below FROM plugin_file f
    WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND (f.path = which_path OR starts_with(f.path, which_path || '/'));
    SELECT * INTO target FROM plugin_file f WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND f.path = new_path;
    IF FOUND THEN
        IF target.directory AND NOT stored.directory THEN
            RETURN 'directory';
        ELSIF NOT target.directory AND stored.directory THEN
            RETURN 'not-directory';
        ELSIF EXISTS (SELECT FROM plugin_file f WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND f.parent = new_path) THEN
            RETURN 'not-empty';
        END IF;
    END IF;
    IF longest + octet_length(new_path) - octet_length(which_path) > 255 THEN
        RETURN 'invalid';
    END IF;
    DELETE FROM plugin_file f WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND f.path = new_path;
    UPDATE plugin_file f SET path = new_path || substring(f.path FROM length(which_path) + 1)
    WHERE f.tenant = which_tenant AND f.plugin = which_plugin AND (f.path = which_path OR starts_with(f.path, which_path || '/'));
    UPDATE plugin_usage SET
        keys = keys - CASE WHEN target.path IS NULL THEN 0 ELSE 1 END,
        bytes = bytes - coalesce(target.bytes, 0) + below * (octet_length(new_path) - octet_length(which_path))
    WHERE tenant = which_tenant AND plugin = which_plugin;
    RETURN 'done';
END $$;

-- As in migration 2, and the plugin's files.
CREATE OR REPLACE FUNCTION data_clear(which_tenant text, which_plugin text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE before plugin_usage := data_usage_lock(which_tenant, which_plugin);
BEGIN
    DELETE FROM plugin_data WHERE tenant = which_tenant AND plugin = which_plugin;
    DELETE FROM plugin_file WHERE tenant = which_tenant AND plugin = which_plugin;
    UPDATE plugin_usage SET keys = 0, bytes = 0 WHERE tenant = which_tenant AND plugin = which_plugin;
    DELETE FROM notification WHERE tenant = which_tenant AND plugin = which_plugin;
    PERFORM analytics_clear(which_tenant, which_plugin);
    RETURN before.keys;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON plugin_file TO "${service}";
REVOKE ALL ON FUNCTION file_find, file_list, file_read, file_put, file_write, file_folder, file_remove, file_rename FROM PUBLIC;
GRANT EXECUTE ON FUNCTION file_find, file_list, file_read, file_put, file_write, file_folder, file_remove, file_rename TO "${service}";
