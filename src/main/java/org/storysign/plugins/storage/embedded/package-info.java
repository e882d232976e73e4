/**
 * A real PostgreSQL server started by the service itself, so that one command starts everything. Used under {@code serve} and in
 * tests only; a container is always given a database.
 *
 * <p>{@link org.storysign.plugins.storage.embedded.EmbeddedDatabase} drives the server's own programs ({@code initdb},
 * {@code pg_ctl}) on a {@link org.storysign.plugins.storage.embedded.DataDirectory}: kept between runs, written durably, locked
 * against a second process, reached over 127.0.0.1 with generated passwords only. A server left over by a killed process is
 * recognised ({@link org.storysign.plugins.storage.embedded.LeftoverServer}) and stopped first. Plain Java: it runs before and
 * after Quarkus.
 *
 * <p>Why not the starter that comes with the binaries? It turns durability off, trusts every local user and loses sight of
 * the server when the JVM is killed. See {@code decisions/004-database-roles-and-embedded-server.md}.
 */
@NullMarked
package org.storysign.plugins.storage.embedded;

import org.jspecify.annotations.NullMarked;
