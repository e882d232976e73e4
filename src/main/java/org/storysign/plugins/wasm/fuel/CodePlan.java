package org.storysign.plugins.wasm.fuel;

import java.util.List;

/**
 * What becomes of a function's code: where it is charged, and what of it is left out because no control ever arrives there.
 *
 * @param charges in the order of their positions, the entry's first
 * @param gaps in the order of their positions; no charge stands in one
 * @param branchesToFunction whether a branch, other than a {@code return}, leads to the function's own label
 */
record CodePlan(List<Charge> charges, List<Gap> gaps, boolean branchesToFunction) {

    CodePlan {
        charges = List.copyOf(charges);
        gaps = List.copyOf(gaps);
    }

    /**
     * Instructions to leave out, blocks in them as a whole.
     *
     * @param from offset of the first
     * @param to offset behind the last
     * @param behindEnd whether they stand behind an {@code end}, where validation does not see that they cannot be reached
     */
    record Gap(int from, int to, boolean behindEnd) {}
}
