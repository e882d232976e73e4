package org.storysign.plugins.rest.plugins;

import java.util.List;

/** A plugin's releases, oldest first. */
public record ReleaseListView(List<ReleaseView> releases) {}
