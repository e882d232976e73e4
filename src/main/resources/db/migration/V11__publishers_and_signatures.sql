-- Who is trusted to sign packages, and what they signed. In the manner of V1.

CREATE TABLE publisher_key (
    tenant      text COLLATE "C" NOT NULL REFERENCES tenant,
    fingerprint text COLLATE "C" NOT NULL CHECK (fingerprint ~ '^sha256:[0-9a-f]{64}$'),
    publisher   text COLLATE "C" NOT NULL,
    pem         text NOT NULL,
    valid_from  timestamptz NOT NULL,
    expires_at  timestamptz,
    revoked_at  timestamptz,
    added_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant, fingerprint)
);
COMMENT ON TABLE publisher_key IS 'keys stay when they are revoked, so that what they signed is told apart from what nobody signed';

ALTER TABLE publisher_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE publisher_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON publisher_key USING (tenant = current_setting('plugins.tenant', true))
    WITH CHECK (tenant = current_setting('plugins.tenant', true));
GRANT SELECT, INSERT, UPDATE (revoked_at) ON publisher_key TO "${service}";

ALTER TABLE release ADD COLUMN signatures text NOT NULL DEFAULT '[]' CHECK (signatures IS JSON ARRAY);
COMMENT ON COLUMN release.signatures IS 'Sigstore bundles over the package statement, as they came; more may come later';
GRANT UPDATE (signatures) ON release TO "${service}";
