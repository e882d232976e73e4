package org.storysign.plugins.hook;

import java.time.Clock;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.sandbox.Sandbox;

/** What every chain needs to run. */
record ChainHost(Sandbox sandbox, PluginCatalog catalog, Clock clock) {}
