/**
 * Who stands behind a package. A publisher signs its {@link org.storysign.plugins.signature.PackageStatement}, whose SHA-256 is the package
 * digest, with a {@link org.storysign.plugins.signature.SigningKey}; a {@link org.storysign.plugins.signature.SignatureCheck} finds, by the
 * {@link org.storysign.plugins.signature.TrustedKey}s of a tenant, which publishers did, and asks the
 * {@link org.storysign.plugins.signature.SignaturePolicy} whether that is enough. What is not proved is refused.
 *
 * <p>Why the statement and not its digest? {@code cosign sign-blob} and {@code openssl} sign and verify a file, so authors can use what they
 * have; and one text covers manifest, version, module and, by the manifest's digests, every file. The algorithm is the trusted key's own:
 * what a signature says of itself is never believed. Certificates, transparency logs and anything that needs the network are not asked.
 */
@NullMarked
package org.storysign.plugins.signature;

import org.jspecify.annotations.NullMarked;
