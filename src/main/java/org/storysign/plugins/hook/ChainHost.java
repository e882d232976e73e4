package org.storysign.plugins.hook;

import java.time.Clock;
import org.storysign.plugins.plugin.RunningCalls;
import org.storysign.plugins.plugin.history.InvocationLog;
import org.storysign.plugins.sandbox.Sandbox;

/** What every chain needs to run. */
record ChainHost(Sandbox sandbox, RunningCalls calls, Clock clock, InvocationLog log) {}
