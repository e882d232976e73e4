/**
 * Plugins over HTTP: bring one ({@link org.storysign.plugins.rest.plugins.PackagesResource}), look at them
 * ({@link org.storysign.plugins.rest.plugins.PluginsResource}), turn them on and off, configure them, read and write their data, call
 * one of their exports. Views say what is stored; nothing that a plugin wrote is interpreted.
 */
@NullMarked
package org.storysign.plugins.rest.plugins;

import org.jspecify.annotations.NullMarked;
