package org.storysign.plugins.cli;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.storysign.plugins.platform.AiFunctions;
import org.storysign.plugins.platform.AiLedger;
import org.storysign.plugins.platform.AiService;
import org.storysign.plugins.platform.AiTerms;
import org.storysign.plugins.platform.PlatformFunction;
import org.storysign.plugins.platform.StorageFunctions;
import org.storysign.plugins.platform.TextBudget;

/** The platform on the author's own machine: storage that lasts as long as the command, and no models. */
final class LocalFunctions {

    private LocalFunctions() {}

    static List<PlatformFunction> all() {
        TextBudget budget = new TextBudget(AiLedger.UNLIMITED, AiTerms.USUAL, Clock.systemUTC());
        return Stream.of(
                        new StorageFunctions(new PassingStorage()).all(), new AiFunctions(AiService.NONE, budget).all())
                .flatMap(List::stream)
                .toList();
    }
}
