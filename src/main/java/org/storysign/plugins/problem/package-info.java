/**
 * The catalogue of public faults. A {@link org.storysign.plugins.problem.ProblemCode} has a name, a
 * {@link org.storysign.plugins.problem.Category}, an HTTP status and a title; a
 * {@link org.storysign.plugins.problem.ProblemException} is one occurrence with its facts. A document somebody else wrote is read by {@link org.storysign.plugins.problem.StrictJson} and
 * {@link org.storysign.plugins.problem.JsonFields}, so that manifests, grants and hook calls are refused in the same words, every
 * {@link org.storysign.plugins.problem.Violation} at once. This room knows nothing else: not HTTP, not plugins. What untrusted code does is not a problem but a value (a trap, a finding); it becomes a problem only where
 * a client is told.
 */
@NullMarked
package org.storysign.plugins.problem;

import org.jspecify.annotations.NullMarked;
