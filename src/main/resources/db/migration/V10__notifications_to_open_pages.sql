-- Notifications and toasts reach open pages too, as live messages. In the manner of V1.

ALTER TABLE live_message ADD COLUMN kind text COLLATE "C" NOT NULL DEFAULT 'message'
    CHECK (kind IN ('message', 'notification', 'toast')),
    ADD CHECK (kind = 'message' OR user_id IS NOT NULL);
COMMENT ON COLUMN live_message.kind IS 'what the payload is: what a plugin made, or one of its notices';

-- What a page is told is kept and published in one transaction: a page that heard of a notification finds it.
CREATE OR REPLACE FUNCTION notification_add(which_tenant text, which_plugin text, which_user text, new_kind text, new_level text,
                                            new_title text, new_body text, new_link text, lives_ms bigint, most int)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    added notification;
    place bigint;
BEGIN
    PERFORM service_tenant(which_tenant);
    INSERT INTO notification (tenant, plugin, user_id, kind, level, title, body, link, created_at, expires_at)
    VALUES (which_tenant, which_plugin, which_user, new_kind, new_level, new_title, new_body, new_link,
            clock_timestamp(), clock_timestamp() + lives_ms * interval '1 millisecond')
    RETURNING * INTO added;
    DELETE FROM notification n USING (
        SELECT number FROM notification
        WHERE tenant = which_tenant AND user_id = which_user AND plugin = which_plugin AND kind = new_kind
        ORDER BY number DESC OFFSET most) old
    WHERE n.tenant = which_tenant AND n.number = old.number;
    PERFORM pg_advisory_xact_lock(7239001);
    INSERT INTO live_message (tenant, id, plugin, user_id, kind, payload)
    VALUES (which_tenant, gen_random_uuid(), which_plugin, which_user,
            CASE new_kind WHEN 'toast' THEN 'toast' ELSE 'notification' END,
            json_build_object('id', added.number::text, 'level', new_level, 'title', new_title, 'body', new_body,
                              'link', nullif(new_link, ''))::text)
    RETURNING sequence INTO place;
    PERFORM pg_notify('storysign_live', which_tenant || ' ' || place);
    RETURN added.number;
END $$;
