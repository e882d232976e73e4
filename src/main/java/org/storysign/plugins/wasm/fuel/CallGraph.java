package org.storysign.plugins.wasm.fuel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.storysign.plugins.wasm.FunctionType;

/**
 * Who may call whom. Nodes are the defined functions, by index behind the imports, and behind them one for each different type of
 * function: a function that calls through the table by a type leads to the type's node, which leads to every function of that type
 * to which a reference exists. Imported functions are no nodes, because the host never calls back into the guest.
 */
final class CallGraph {

    private final int functions;
    private final int[][] callees;

    /**
     * Reads the graph of a module.
     *
     * @param surveys one a defined function
     * @param referenced indices of functions to which a reference exists, so that a table may hold them
     */
    CallGraph(SourceModule module, List<BodySurvey> surveys, BitSet referenced) {
        functions = surveys.size();
        int[] nodeOfType = nodesOfTypes(module.types());
        List<List<Integer>> callees = new ArrayList<>();
        surveys.forEach(survey -> callees.add(calleesOf(survey, module.importedFunctions(), nodeOfType)));
        module.types().forEach(type -> callees.add(new ArrayList<>()));
        referenced.stream()
                .filter(function -> function >= module.importedFunctions())
                .forEach(function -> callees.get(nodeOfType[module.typeIndexOf(function)])
                        .add(function - module.importedFunctions()));
        this.callees = callees.stream().map(CallGraph::toArray).toArray(int[][]::new);
    }

    /** The node of each type, by the type's index; equal types have the same. */
    private int[] nodesOfTypes(List<FunctionType> types) {
        Map<FunctionType, Integer> first = new HashMap<>();
        return IntStream.range(0, types.size())
                .map(type -> functions + first.computeIfAbsent(types.get(type), added -> type))
                .toArray();
    }

    private static List<Integer> calleesOf(BodySurvey survey, int imports, int[] nodeOfType) {
        List<Integer> callees = new ArrayList<>();
        survey.callees().stream().filter(callee -> callee >= imports).forEach(callee -> callees.add(callee - imports));
        survey.indirectTypes().forEach(type -> callees.add(nodeOfType[type]));
        return callees;
    }

    private static int[] toArray(List<Integer> nodes) {
        return nodes.stream().mapToInt(Integer::intValue).toArray();
    }

    int nodes() {
        return callees.length;
    }

    boolean isFunction(int node) {
        return node < functions;
    }

    int[] callees(int node) {
        return callees[node];
    }

    /** The graph's strongly connected components, callees before callers. */
    List<int[]> components() {
        return StrongComponents.of(callees);
    }
}
