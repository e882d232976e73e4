package org.storysign.plugins.differential;

import java.util.List;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;

/**
 * What one way of running a module says about it.
 *
 * @param memory a hash of its memory at the end
 * @param globals its own globals at the end; empty where they cannot be seen
 * @param fuel what it used; 0 where it was not metered
 */
record Opinion(List<Long> results, Stop stop, int memory, List<Long> globals, long fuel) {

    static Opinion of(Run run) {
        return new Opinion(run.results(), run.stop(), run.memory(), run.globals(), run.fuel());
    }

    Opinion withoutFuel() {
        return new Opinion(results, stop, memory, globals, 0);
    }

    Opinion withoutGlobals() {
        return new Opinion(results, stop, memory, List.of(), fuel);
    }
}
