/** The API as clients meet it: real HTTP, a real database, each test in a tenant of its own. */
@NullMarked
package org.storysign.plugins.rest;

import org.jspecify.annotations.NullMarked;
