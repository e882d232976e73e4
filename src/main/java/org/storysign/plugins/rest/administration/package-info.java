/** What an installation's keepers look at and hand out: keys, the audit trail, the state of the service, what permissions mean. */
@NullMarked
package org.storysign.plugins.rest.administration;

import org.jspecify.annotations.NullMarked;
