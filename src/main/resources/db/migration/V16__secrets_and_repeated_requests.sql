-- Secrets of configurations, and requests that are sent again. In the manner of V1.

ALTER TABLE plugin ADD COLUMN config_secrets text NOT NULL DEFAULT '{}' CHECK (config_secrets IS JSON OBJECT);
COMMENT ON COLUMN plugin.config_secrets IS 'what of the configuration is secret: JSON Pointer to sealed text';
