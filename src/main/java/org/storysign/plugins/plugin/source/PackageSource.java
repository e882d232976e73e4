package org.storysign.plugins.plugin.source;

import java.util.Optional;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.problem.GuestText;

/** Where a package is to be brought from. */
public sealed interface PackageSource {

    /** As people may read it, in operations and the audit trail: without what could be a secret. */
    String text();

    /**
     * A package as one .zip.
     *
     * @param digest of the .zip
     */
    record Url(String url, Digest digest) implements PackageSource {
        @Override
        public String text() {
            int query = url.indexOf('?');
            return query < 0 ? url : url.substring(0, query);
        }
    }

    /**
     * An artifact of a registry.
     *
     * @param credentials the name under which an operator keeps them; empty for none
     */
    record Oci(OciReference reference, Optional<String> credentials) implements PackageSource {
        @Override
        public String text() {
            return "oci://" + reference;
        }
    }

    /** A folder below the directory that an operator named. */
    record Directory(String name) implements PackageSource {
        @Override
        public String text() {
            return "directory " + GuestText.quote(name);
        }
    }
}
