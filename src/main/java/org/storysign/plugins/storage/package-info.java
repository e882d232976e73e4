/**
 * PostgreSQL behind everybody's ports, and nobody's business but its own: entities, SQL and migrations live here.
 *
 * <p>A change of the management side is one transaction of {@link org.storysign.plugins.storage.TenantTransactions}: it names its
 * tenant, changes, writes its audit entry, steps the catalogue's revision and tells the other replicas, or none of it. Plugins'
 * data go through functions in the database, one round trip each ({@link org.storysign.plugins.storage.PostgresKeyValueStore}).
 *
 * <p>Every query names the tenant, and row-level security, forced on every table, holds when one forgets to: the service logs in
 * as a role that can neither own nor bypass ({@link org.storysign.plugins.storage.RowSecurityCheck} is red otherwise). Only two
 * functions cross tenants: the revisions for the poll, and the API key whose secret was shown.
 */
@NullMarked
package org.storysign.plugins.storage;

import org.jspecify.annotations.NullMarked;
