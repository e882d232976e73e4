/**
 * A plugin's life: installed from a package, enabled with grants, disabled, uninstalled; and the catalogue of what is enabled
 * now. The truth is behind {@link org.storysign.plugins.plugin.PluginStore}; every process serves from an immutable
 * {@link org.storysign.plugins.plugin.CatalogSnapshot}.
 */
@NullMarked
package org.storysign.plugins.plugin;

import org.jspecify.annotations.NullMarked;
