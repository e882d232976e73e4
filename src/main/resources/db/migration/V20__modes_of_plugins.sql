-- Whether what a plugin does counts, or is only looked at.
ALTER TABLE plugin ADD COLUMN mode text NOT NULL DEFAULT 'serve' CHECK (mode IN ('serve', 'observe'));
COMMENT ON COLUMN plugin.mode IS 'observe: it runs and is recorded, and changes nothing';
