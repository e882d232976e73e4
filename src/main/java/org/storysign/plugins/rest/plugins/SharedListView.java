package org.storysign.plugins.rest.plugins;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of what the platform shares. */
public record SharedListView(
        List<SharedPluginView> shared, @Nullable String nextCursor) {}
