package org.storysign.plugins.plugin;

import java.util.Optional;

/**
 * A plugin that is offered to all tenants.
 *
 * @param release the newest that is offered; {@link Release#installedAt} tells since when
 * @param here what the tenant that looks has under its id
 */
public record SharedOffer(Release release, Optional<Plugin> here) {}
