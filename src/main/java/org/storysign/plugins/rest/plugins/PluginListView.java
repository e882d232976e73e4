package org.storysign.plugins.rest.plugins;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of plugins by id. {@code nextCursor} is null on the last one. */
public record PluginListView(
        List<PluginSummaryView> plugins, @Nullable String nextCursor) {}
