/**
 * The catalogue of public faults. A {@link org.storysign.plugins.problem.ProblemCode} has a name, a
 * {@link org.storysign.plugins.problem.Category}, an HTTP status and a title; a
 * {@link org.storysign.plugins.problem.ProblemException} is one occurrence with its facts. This room knows nothing else: not
 * HTTP, not plugins. What untrusted code does is not a problem but a value (a trap, a finding); it becomes a problem only where
 * a client is told.
 */
@NullMarked
package org.storysign.plugins.problem;

import org.jspecify.annotations.NullMarked;
