package org.storysign.plugins.architecture.broken.rest;

import java.sql.Connection;
import org.storysign.plugins.architecture.broken.problem.Fault;

/** Beside the connection, a fault: with {@code SeesTheTop} that closes a cycle. */
public record OpensConnections(Connection connection, Fault fault) {}
