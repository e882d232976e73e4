package org.storysign.plugins.wasm.fuel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a directed graph into its strongly connected components by Tarjan's algorithm, in time linear in its edges and without
 * recursion, since the graph comes from a guest.
 */
final class StrongComponents {

    private static final int UNSEEN = -1;

    private final int[][] successors;
    private final int[] order;
    private final int[] lowest;
    private final boolean[] waiting;
    private final int[] nextSuccessor;
    private final IntStack path;
    private final IntStack unassigned;
    private final List<int[]> components = new ArrayList<>();
    private int seen;

    private StrongComponents(int[][] successors) {
        int nodes = successors.length;
        this.successors = successors;
        this.order = new int[nodes];
        this.lowest = new int[nodes];
        this.waiting = new boolean[nodes];
        this.nextSuccessor = new int[nodes];
        this.path = new IntStack(nodes);
        this.unassigned = new IntStack(nodes);
        Arrays.fill(order, UNSEEN);
    }

    private static final class IntStack {
        private final int[] items;
        private int size;

        IntStack(int capacity) {
            items = new int[capacity];
        }

        void push(int item) {
            items[size++] = item;
        }

        int pop() {
            return items[--size];
        }

        int top() {
            return items[size - 1];
        }

        boolean isEmpty() {
            return size == 0;
        }

        /** The items from the topmost {@code first} up, which are taken off. */
        int[] popDownTo(int first) {
            int from = size - 1;
            while (items[from] != first) {
                from--;
            }
            int[] taken = Arrays.copyOfRange(items, from, size);
            size = from;
            return taken;
        }
    }

    /**
     * The components; one that leads to another stands behind it.
     *
     * @param successors for each node the nodes it leads to
     */
    static List<int[]> of(int[][] successors) {
        StrongComponents search = new StrongComponents(successors);
        for (int node = 0; node < successors.length; node++) {
            if (search.order[node] == UNSEEN) {
                search.searchFrom(node);
            }
        }
        return search.components;
    }

    private void searchFrom(int root) {
        enter(root);
        while (!path.isEmpty()) {
            int node = path.top();
            if (nextSuccessor[node] < successors[node].length) {
                visit(node, successors[node][nextSuccessor[node]++]);
            } else {
                path.pop();
                leave(node);
            }
        }
    }

    private void enter(int node) {
        order[node] = seen;
        lowest[node] = seen;
        seen++;
        waiting[node] = true;
        path.push(node);
        unassigned.push(node);
    }

    private void visit(int node, int successor) {
        if (order[successor] == UNSEEN) {
            enter(successor);
        } else if (waiting[successor]) {
            lowest[node] = Math.min(lowest[node], order[successor]);
        }
    }

    private void leave(int node) {
        if (!path.isEmpty()) {
            lowest[path.top()] = Math.min(lowest[path.top()], lowest[node]);
        }
        if (lowest[node] == order[node]) {
            int[] component = unassigned.popDownTo(node);
            for (int member : component) {
                waiting[member] = false;
            }
            components.add(component);
        }
    }
}
