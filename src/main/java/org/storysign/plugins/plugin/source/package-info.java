/**
 * Packages that the service brings itself: from a URL with a digest, a registry of OCI artifacts, or a folder of the operator's. {@link
 * org.storysign.plugins.plugin.source.PackageFetch} gets the bytes; from then on they go the way of every upload. {@link
 * org.storysign.plugins.plugin.source.SourceInstaller} does so in the background, and an {@link
 * org.storysign.plugins.plugin.source.Operation} is what people see of it.
 *
 * <p>Everything is off until an operator lists servers or names a directory: a service that fetches what it is told to is a way into the
 * network it stands in.
 *
 * <p>Why a reader of registries of our own, and ORAS only for pushing? See {@code decisions/015-sources.md}.
 */
@NullMarked
package org.storysign.plugins.plugin.source;

import org.jspecify.annotations.NullMarked;
