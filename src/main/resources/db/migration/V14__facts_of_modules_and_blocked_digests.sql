-- What is known of modules, and digests that must not run. In the manner of V1.

ALTER TABLE artifact ADD COLUMN facts text CHECK (facts IS JSON OBJECT);
COMMENT ON COLUMN artifact.facts IS 'what was found by looking at a module''s bytes; NULL for files, and until somebody asks for modules from before';
GRANT UPDATE (facts) ON artifact TO "${service}";
