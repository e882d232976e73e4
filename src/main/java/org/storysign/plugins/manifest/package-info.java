/**
 * What a plugin says about itself: {@link org.storysign.plugins.manifest.PluginManifest}, read strictly from {@code manifest.json}
 * by {@code ManifestReader}, which reports every violation at once.
 */
@NullMarked
package org.storysign.plugins.manifest;

import org.jspecify.annotations.NullMarked;
