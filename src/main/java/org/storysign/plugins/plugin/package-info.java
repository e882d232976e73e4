/**
 * A plugin's life: {@link org.storysign.plugins.plugin.PluginInstaller} brings a package,
 * {@link org.storysign.plugins.plugin.PluginLifecycle} enables it with grants and consent, configures, disables and removes it;
 * {@link org.storysign.plugins.plugin.PluginReleases} goes from one release to another, and back;
 * {@link org.storysign.plugins.plugin.PluginDiscovery} does the first two for a directory. The truth is behind
 * {@link org.storysign.plugins.plugin.PluginStore}; every process serves from an immutable
 * {@link org.storysign.plugins.plugin.CatalogSnapshot}, replaced as a whole by {@link org.storysign.plugins.plugin.PluginCatalog}.
 *
 * <p>Why is enabling a state with a lease? Compiling and {@code initialize} take time and may be cut short by the death of the process. So the
 * intention is stored first, what was done is committed only if nobody changed the plugin meanwhile, and whatever is left behind
 * leads back to disabled. No transaction is held while a plugin runs.
 *
 * <p>Why is consent a hash? It names exactly one offer: this package, these grants, this level. Agreeing to one offer can never be taken for
 * agreeing to another.
 *
 * <p>Why is a release's standing computed, not stored? It depends on what the plugin is given now. What it takes to go to a release is asked when
 * somebody looks, and again when they go.
 */
@NullMarked
package org.storysign.plugins.plugin;

import org.jspecify.annotations.NullMarked;
