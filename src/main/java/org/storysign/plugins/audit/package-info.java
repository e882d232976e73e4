/**
 * What an entry of the audit trail is. There is no "write an entry" operation on purpose: every port that changes something
 * takes the {@link org.storysign.plugins.audit.AuditEntry} along and writes it in the same transaction, so that neither can
 * exist without the other. Plain values; the hash chain is kept by the storage adapter.
 */
@NullMarked
package org.storysign.plugins.audit;

import org.jspecify.annotations.NullMarked;
