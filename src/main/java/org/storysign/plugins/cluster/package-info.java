/** Replicas agree: a process learns that a tenant's catalogue changed by a NOTIFY that carries only an id, and by polling revisions. */
@NullMarked
package org.storysign.plugins.cluster;

import org.jspecify.annotations.NullMarked;
