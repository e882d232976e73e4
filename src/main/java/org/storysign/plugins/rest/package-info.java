/**
 * The management API: thin resources under {@code /api/plugins} that know HTTP and nothing else. A resource turns a request into one
 * use case and its answer into a view; every fault leaves through {@link org.storysign.plugins.rest.http.ProblemMapper}.
 *
 * <p>How HTTP is spoken is in {@code rest.http}; the resources stand beside what they are about: {@code rest.plugins},
 * {@code rest.hooks}, {@code rest.services}, {@code rest.administration}.
 *
 * <p>Nothing here runs guests or waits for them on an event loop: use cases return {@code Uni}s or futures.
 */
@NullMarked
package org.storysign.plugins.rest;

import org.jspecify.annotations.NullMarked;
