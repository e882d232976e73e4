package org.storysign.plugins.wasm.fuel;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which functions count the depth of calls, and by how much. All that can call themselves again, directly or through others, do.
 * The others can only stand in chains that end; such a chain of up to {@link FrameWeight#UNCOUNTED_UNITS} goes uncounted, and each
 * counted function pays for the heaviest uncounted chain below it together with its own frame. So the sum of what the functions on
 * the stack pay, and one uncounted chain at its bottom, is never less than the weight of all frames.
 */
final class DepthPlan {

    private final CallGraph graph;
    private final long[] frames;
    private final long[] counted;
    private final long[] uncountedChain;

    private DepthPlan(CallGraph graph, long[] frames) {
        this.graph = graph;
        this.frames = frames;
        this.counted = new long[graph.nodes()];
        this.uncountedChain = new long[graph.nodes()];
        graph.components().forEach(this::plan);
    }

    /** The plan of a module; see {@link CallGraph} for the parameters. */
    static DepthPlan of(SourceModule module, List<BodySurvey> surveys, BitSet referenced) {
        long[] frames = IntStream.range(0, surveys.size())
                .mapToLong(
                        function -> FrameWeight.of(module.bodies().get(function).locals()
                                + surveys.get(function).highestStack()))
                .toArray();
        return new DepthPlan(new CallGraph(module, surveys, referenced), frames);
    }

    /** What a defined function pays for while it runs; 0 when it is not counted. */
    long weightOf(int definedFunction) {
        return counted[definedFunction];
    }

    private void plan(int[] component) {
        boolean callsItself = component.length > 1 || contains(graph.callees(component[0]), component[0]);
        for (int node : component) {
            if (!graph.isFunction(node)) {
                uncountedChain[node] = chainBelow(node);
            }
        }
        for (int node : component) {
            if (graph.isFunction(node)) {
                planFunction(node, callsItself);
            }
        }
    }

    private void planFunction(int function, boolean callsItself) {
        long weight = frames[function] + chainBelow(function);
        if (callsItself || weight > FrameWeight.UNCOUNTED_UNITS) {
            counted[function] = weight;
        } else {
            uncountedChain[function] = weight;
        }
    }

    /** The heaviest uncounted chain that begins at a callee. Callees in the same component are all counted. */
    private long chainBelow(int node) {
        return Arrays.stream(graph.callees(node))
                .mapToLong(callee -> uncountedChain[callee])
                .max()
                .orElse(0);
    }

    private static boolean contains(int[] nodes, int wanted) {
        return Arrays.stream(nodes).anyMatch(node -> node == wanted);
    }
}
