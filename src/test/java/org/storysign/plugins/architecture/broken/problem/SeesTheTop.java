package org.storysign.plugins.architecture.broken.problem;

import org.storysign.plugins.architecture.broken.rest.OpensConnections;

record SeesTheTop(OpensConnections top) {}
