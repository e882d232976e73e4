/** What tests share: fixtures, and the service under test with its database. */
@NullMarked
package org.storysign.plugins.kit;

import org.jspecify.annotations.NullMarked;
