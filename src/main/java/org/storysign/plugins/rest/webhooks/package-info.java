/** Webhooks: which services are told of changes of plugins, and what became of telling them. */
@NullMarked
package org.storysign.plugins.rest.webhooks;

import org.jspecify.annotations.NullMarked;
