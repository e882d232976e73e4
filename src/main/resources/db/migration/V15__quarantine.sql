-- When a quarantined plugin is tried again, and how often it was quarantined lately.
ALTER TABLE plugin ADD COLUMN retry_at timestamptz;
ALTER TABLE plugin ADD COLUMN quarantines int NOT NULL DEFAULT 0 CHECK (quarantines >= 0);
COMMENT ON COLUMN plugin.quarantines IS 'since it last served long enough without failing';
