/**
 * Replicas agree: {@link org.storysign.plugins.cluster.CatalogFollower} learns from the {@link org.storysign.plugins.cluster.ChangeFeed} that a
 * tenant's catalogue changed, by a hint that carries only an id and may be lost, and by polling revisions, which are the truth.
 */
@NullMarked
package org.storysign.plugins.cluster;

import org.jspecify.annotations.NullMarked;
